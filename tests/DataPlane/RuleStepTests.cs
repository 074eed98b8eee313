using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>Explanations of decisions: they name rules that exist, and add up.</summary>
public class RuleStepTests
{
    [Test]
    public void Steps_quote_the_rules_of_the_node_and_add_up_to_the_work([ValueSource(typeof(ProxyModeNames), nameof(ProxyModeNames.All))] string mode)
    {
        for (int seed = 0; seed < 150; seed++)
        {
            RandomCluster random = RandomCluster.Make(seed, mode);
            NodeSnapshot snapshot = random.Snapshot();
            string listing = string.Join('\n', RuleListing.Of(snapshot));
            foreach ((int i, Packet packet) in random.Packets(40).Index())
            {
                Decision decision = snapshot.Decide(packet);
                int endpoint = Math.Max(0, (i % Math.Max(1, decision.Endpoints.Count)) - 1);
                bool byAffinity = decision.AffinityTimeoutNs > 0 && i % 2 == 0;
                IReadOnlyList<RuleStep> steps = RuleStep.Of(snapshot, packet, decision, endpoint, byAffinity);

                Assert.That(Sum(steps), Is.EqualTo(snapshot.WorkOf(decision, endpoint, byAffinity)), $"seed {seed}, {packet}");
                foreach (RuleStep step in steps.Where(step => mode != ProxyModeNames.Ipvs || step.Where == "ipvs"))
                    Assert.That(listing.Contains(step.Rule, StringComparison.Ordinal), Is.True, $"seed {seed}, {packet}, {step}");
            }
        }
    }

    [Test]
    public void In_iptables_mode_a_client_from_outside_goes_by_EXT_SVL_and_SEP()
    {
        string chains = Chains(ProxyModeNames.Iptables, Dock.Externally(TrafficPolicy.Local), Given.Packet(Given.World, "192.0.2.1", 30_080));

        Assert.That(chains, Is.EqualTo("nat KUBE-SERVICES, nat KUBE-NODEPORTS, nat KUBE-EXT, nat KUBE-SVL, nat KUBE-SEP"));
    }

    [Test]
    public void In_iptables_mode_a_pod_goes_by_SVC_and_is_masqueraded_only_where_it_reaches_itself()
    {
        Assert.That(Chains(ProxyModeNames.Iptables, Dock, Given.Packet("10.1.1.9", "10.96.0.1", from: PacketSource.Pod)),
            Is.EqualTo("nat KUBE-SERVICES, nat KUBE-SVC, nat KUBE-SEP"));
        Assert.That(Chains(ProxyModeNames.Iptables, Dock, Given.Packet("10.1.1.1", "10.96.0.1", from: PacketSource.Pod)),
            Is.EqualTo("nat KUBE-SERVICES, nat KUBE-SVC, nat KUBE-SEP, nat KUBE-SEP, nat KUBE-POSTROUTING"));
    }

    [Test]
    public void In_nftables_mode_a_client_from_outside_goes_by_map_external_service_and_endpoint()
    {
        string chains = Chains(ProxyModeNames.Nftables, Dock, Given.Packet(Given.World, "192.0.2.1", 30_080));

        Assert.That(chains, Is.EqualTo("map service-nodeports, external, external, service, endpoint, masquerading"));
    }

    [Test]
    public void In_ipvs_mode_a_virtual_and_a_real_server_are_named()
    {
        Cluster cluster = Harbor(Dock);
        AtNode node = AtNode.With(ProxyModeNames.Ipvs, cluster);
        Packet packet = Given.Packet("10.1.1.9", "10.96.0.1", from: PacketSource.Pod);

        IReadOnlyList<RuleStep> steps = RuleStep.Of(node.Snapshot, packet, node.Snapshot.Decide(packet), 0);

        Assert.That(string.Join('\n', steps.Select(step => step.Rule)),
            Is.EqualTo("-A -t 10.96.0.1:80 -s rr\n-a -t 10.96.0.1:80 -r 10.1.1.1:8080 -m -w 1"));
    }

    private static readonly Service Dock = Given.Service("dock", "10.96.0.1", nodePort: 30_080);

    private static Cluster Harbor(Service service) =>
        Given.Cluster([Given.Node("pier-1", "192.0.2.1", pods: "10.1.1.0/24")], (service, [Given.Ready("10.1.1.1", "pier-1")]));

    // The names without their hashes.
    private static string Chains(string mode, Service service, Packet packet)
    {
        AtNode node = AtNode.With(mode, Harbor(service));
        return string.Join(", ", RuleStep.Of(node.Snapshot, packet, node.Snapshot.Decide(packet), 0).Select(step =>
            Regex.Replace(step.Where, "-([A-Z2-7]{16}|[A-Z2-7]{8}-.*)$", "")));
    }

    private static Work Sum(IEnumerable<RuleStep> steps) => steps.Aggregate(default(Work), (sum, step) => new Work(
        sum.DispatchRules + step.Work.DispatchRules,
        sum.EndpointRules + step.Work.EndpointRules,
        sum.Lookups + step.Work.Lookups,
        sum.Translated || step.Work.Translated));
}
