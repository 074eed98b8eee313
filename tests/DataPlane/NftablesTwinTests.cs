using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>The router against the nftables table that it says it stands for.</summary>
public class NftablesTwinTests
{
    private const int Clusters = 600;
    private const int PacketsEach = 60;

    [Test]
    public void The_router_sends_every_packet_where_the_table_does()
    {
        Dictionary<Verdict, int> seen = [];
        for (int seed = 0; seed < Clusters; seed++)
        {
            RandomCluster random = RandomCluster.Make(seed, ProxyModeNames.Nftables);
            NodeSnapshot snapshot = random.Snapshot();
            NftablesWalker walker = new(snapshot);
            foreach (Packet packet in random.Packets(PacketsEach))
            {
                Decision decision = snapshot.Decide(packet);
                seen[decision.Verdict] = seen.GetValueOrDefault(decision.Verdict) + 1;
                Assert.That(Fate.Told(decision, packet), Is.EqualTo(Fate.Told(walker.Walk(packet))), $"seed {seed}, {packet}");
            }
        }
        Assert.That(seen.Keys, Is.EquivalentTo(Enum.GetValues<Verdict>().Except([Verdict.Accept])), "every verdict of this mode has been met");
        Assert.That(seen.Values, Is.All.GreaterThan(50));
    }

    [Test]
    public void The_work_is_the_number_of_look_ups_that_the_packet_takes()
    {
        for (int seed = 0; seed < Clusters; seed++)
        {
            RandomCluster random = RandomCluster.Make(seed, ProxyModeNames.Nftables);
            NodeSnapshot snapshot = random.Snapshot();
            NftablesWalker walker = new(snapshot);
            foreach (Packet packet in random.Packets(PacketsEach))
            {
                Decision decision = snapshot.Decide(packet);
                foreach ((int endpoint, Fate fate) in walker.Walk(packet).Index())
                    Assert.That(snapshot.WorkOf(decision, endpoint).Lookups, Is.EqualTo(fate.Lookups), $"seed {seed}, {packet}, {decision.Reason}");
            }
        }
    }
}
