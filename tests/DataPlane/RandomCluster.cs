using CsCheck;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>A small cluster with any of the features of a Service, and a node of it. The same seed makes the same cluster.</summary>
/// <param name="Seed">What it was made from.</param>
/// <param name="Cluster">The cluster.</param>
/// <param name="Node">The node that is asked.</param>
internal sealed record RandomCluster(int Seed, Cluster Cluster, int Node)
{
    public static RandomCluster Make(int seed, string mode)
    {
        Cluster cluster = Drawn(ClusterGenerator.Clusters(mode), seed);
        return new RandomCluster(seed, cluster, seed % cluster.Nodes.Length);
    }

    public NodeSnapshot Snapshot() =>
        ProxyModeList.BuiltIn.Program(ServiceTable.Compile(Cluster), Cluster.Nodes[Node], Cluster.KubeProxy, IptablesBackend.Nft, dispatchSeed: 11);

    /// <summary>Packets that are likely to hit a Service.</summary>
    public Packet[] Packets(int count)
    {
        NodeSnapshot snapshot = Snapshot();
        return Drawn(PacketGenerator.Packets(Cluster, Cluster.Nodes[Node], snapshot.SourceOf).Array[count], Seed);
    }

    /// <summary>The families that the node has addresses of.</summary>
    public IEnumerable<IpFamily> Families => Cluster.Nodes[Node].InternalAddresses.Select(address => address.Family).Distinct();

    private static T Drawn<T>(Gen<T> generator, int seed) => generator.Single(_ => true, $"{seed:D12}");
}
