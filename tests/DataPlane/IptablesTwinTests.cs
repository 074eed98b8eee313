using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>The router against the rules it says it stands for: two ways to the same answer that share no code.</summary>
public class IptablesTwinTests
{
    private const int Clusters = 600;
    private const int PacketsEach = 60;

    [Test]
    public void The_router_sends_every_packet_where_the_rules_do()
    {
        Dictionary<Verdict, int> seen = [];
        for (int seed = 0; seed < Clusters; seed++)
        {
            RandomCluster random = RandomCluster.Make(seed, ProxyModeNames.Iptables);
            NodeSnapshot snapshot = random.Snapshot();
            IptablesWalker walker = new(snapshot);
            foreach (Packet packet in random.Packets(PacketsEach))
            {
                Decision decision = snapshot.Decide(packet);
                seen[decision.Verdict] = seen.GetValueOrDefault(decision.Verdict) + 1;
                Assert.That(Fate.Told(decision, packet), Is.EqualTo(Fate.Told(walker.Walk(packet))), $"seed {seed}, {packet}");
            }
        }
        Assert.That(seen.Keys, Is.EquivalentTo(Enum.GetValues<Verdict>()), "every verdict has been met");
        Assert.That(seen.Values, Is.All.GreaterThan(50));
    }

    [Test]
    public void The_work_is_the_number_of_rules_that_the_packet_meets()
    {
        for (int seed = 0; seed < Clusters; seed++)
        {
            RandomCluster random = RandomCluster.Make(seed, ProxyModeNames.Iptables);
            NodeSnapshot snapshot = random.Snapshot();
            IptablesWalker walker = new(snapshot);
            foreach (Packet packet in random.Packets(PacketsEach))
            {
                Decision decision = snapshot.Decide(packet);
                foreach ((int endpoint, Fate fate) in walker.Walk(packet).Index())
                {
                    Work work = snapshot.WorkOf(decision, endpoint);
                    Assert.That((work.DispatchRules, work.EndpointRules), Is.EqualTo((fate.DispatchRules, fate.ChoiceRules)), $"seed {seed}, {packet}, {decision.Reason}");
                }
            }
        }
    }

    [Test]
    public void Lists_are_as_long_as_the_rules_written_also_where_policies_are_local()
    {
        for (int seed = 0; seed < Clusters; seed++)
        {
            RandomCluster random = RandomCluster.Make(seed, ProxyModeNames.Iptables);
            IptablesSnapshot snapshot = (IptablesSnapshot)random.Snapshot();
            IpFamily family = random.Cluster.ServiceCidrs[0].Family;
            IptablesRules rules = new(snapshot, family);
            ILookup<(string, string), IptablesRule> written = rules.Dispatch()
                .Concat(snapshot.Services.Ports.Where(port => port.Family == family).SelectMany(rules.OfPort)).ToLookup(rule => (rule.Table, rule.Chain));

            ListLengths lists = snapshot.ListsOf(family);

            Assert.That(lists.NatServices + lists.NodePortJumps, Is.EqualTo(written[("nat", "KUBE-SERVICES")].Count()), $"seed {seed}");
            Assert.That(lists.NatNodePorts, Is.EqualTo(written[("nat", "KUBE-NODEPORTS")].Count()), $"seed {seed}");
            Assert.That(lists.Services, Is.EqualTo(written[("filter", "KUBE-SERVICES")].Count()), $"seed {seed}");
            Assert.That(lists.External, Is.EqualTo(written[("filter", "KUBE-EXTERNAL-SERVICES")].Count()), $"seed {seed}");
            Assert.That(lists.Firewall, Is.EqualTo(written[("filter", "KUBE-PROXY-FIREWALL")].Count()), $"seed {seed}");
        }
    }
}
