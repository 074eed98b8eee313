using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>What the simulation's hot path and Kubernetes' stated limits ask for.</summary>
public class HotPathTests
{
    [Test]
    public void Deciding_and_counting_work_allocate_nothing([ValueSource(typeof(ProxyModeNames), nameof(ProxyModeNames.All))] string mode)
    {
        RandomCluster random = RandomCluster.Make(3, mode);
        NodeSnapshot snapshot = random.Snapshot();
        Packet[] packets = random.Packets(200);
        long Rules()
        {
            long rules = 0;
            foreach (Packet packet in packets)
            {
                Decision decision = snapshot.Decide(packet);
                rules += snapshot.WorkOf(decision, 0).DispatchRules;
            }
            return rules;
        }
        Rules();

        long before = GC.GetAllocatedBytesForCurrentThread();
        long rules = Rules();
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.That(allocated, Is.Zero);
        Assert.That(rules, mode == ProxyModeNames.Iptables ? Is.GreaterThan(0) : Is.Zero);
    }

    [Test]
    public void Five_thousand_nodes_share_one_table()
    {
        Node[] nodes = [.. Enumerable.Range(0, 5_000).Select(i => Given.Node($"node-{i}", $"192.{i / 65_536}.{i / 256}.{i % 256}", $"zone-{i % 3}"))];
        Cluster cluster = Given.Cluster(nodes, Enumerable.Range(0, 200).Select(i => (
            Given.Service($"dock-{i}", $"10.96.{i / 250}.{i % 250}").Internally(TrafficPolicy.Local),
            Enumerable.Range(0, 20).Select(e => Given.Ready($"10.1.{i}.{e}", $"node-{(i * 20) + e}")).ToArray())));
        ServiceTable table = ServiceTable.Compile(cluster);
        NodeSnapshot[] snapshots = new NodeSnapshot[nodes.Length];

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < nodes.Length; i++)
            snapshots[i] = ProxyModeList.BuiltIn.Program(table, nodes[i], cluster.KubeProxy, IptablesBackend.Nft, (ulong)i);
        long perNode = (GC.GetAllocatedBytesForCurrentThread() - before) / nodes.Length;

        Assert.That(perNode, Is.LessThan(2_000), "bytes a node, which may not grow with the Services");
        Assert.That(snapshots[45].Decide(Given.Packet("10.1.0.1", "10.96.0.2")).Endpoints.Count, Is.EqualTo(1));
        Assert.That(snapshots[45].Decide(Given.Packet("10.1.0.1", "10.96.0.3")).Verdict, Is.EqualTo(Verdict.Drop));
    }
}
