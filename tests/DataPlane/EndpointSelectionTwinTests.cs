using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>The compiled selection of endpoints against the rules of pkg/proxy/topology.go, written down once more for a single node.</summary>
public class EndpointSelectionTwinTests
{
    [Test]
    public void Every_node_gets_the_endpoints_that_the_rules_give_it()
    {
        int narrowed = 0;
        for (int seed = 0; seed < 1_000; seed++)
        {
            Cluster cluster = RandomCluster.Make(seed, ProxyModeNames.Iptables).Cluster;
            foreach (ServicePortEntry port in ServiceTable.Compile(cluster).Ports)
                for (int node = 0; node < cluster.Nodes.Length; node++)
                {
                    Endpoint[] all = [.. cluster.EndpointSlices.Where(slice => slice.ServiceName == port.Service.Meta.Name && slice.Family == port.Family)
                        .SelectMany(slice => slice.Endpoints).DistinctBy(endpoint => endpoint.Addresses[0])];
                    ClusterIndex names = ClusterIndex.Of(cluster);
                    EndpointSet chosen = port.Selection.Cluster(node, names.ZoneOf(cluster.Nodes[node].Zone));

                    Assert.That(Addresses(chosen), Is.EqualTo(Ordered(FromCluster(all, cluster.Nodes[node]))), $"seed {seed}, {port}, node {node}");
                    if (port.UsesLocalEndpoints)
                        Assert.That(Addresses(port.Selection.Local(node)), Is.EqualTo(Ordered(FromNode(all, cluster.Nodes[node]))), $"seed {seed}, {port}, node {node}");
                    if (chosen.Count < port.Endpoints.Count)
                        narrowed++;
                }
        }
        Assert.That(narrowed, Is.GreaterThan(100), "hints have been met");
    }

    private static IEnumerable<Endpoint> FromCluster(Endpoint[] all, Node node)
    {
        Endpoint[] ready = [.. all.Where(endpoint => endpoint.IsReady)];
        if (ready.Length == 0)
            return all.Where(endpoint => endpoint.IsServing && endpoint.IsTerminating);
        bool everyNode = ready.All(endpoint => endpoint.NodeHints.Length > 0);
        bool everyZone = ready.All(endpoint => endpoint.ZoneHints.Length > 0);
        if (everyNode && ready.Any(endpoint => endpoint.NodeHints.Contains(node.Meta.Name)))
            return ready.Where(endpoint => endpoint.NodeHints.Contains(node.Meta.Name));
        if (everyZone && ready.Any(endpoint => endpoint.ZoneHints.Contains(node.Zone)))
            return ready.Where(endpoint => endpoint.ZoneHints.Contains(node.Zone));
        return ready;
    }

    private static IEnumerable<Endpoint> FromNode(Endpoint[] all, Node node)
    {
        Endpoint[] here = [.. all.Where(endpoint => endpoint.NodeName == node.Meta.Name)];
        return here.Any(endpoint => endpoint.IsReady)
            ? here.Where(endpoint => endpoint.IsReady)
            : here.Where(endpoint => endpoint.IsServing && endpoint.IsTerminating);
    }

    // kube-proxy sorts endpoints as texts of address and port.
    private static string[] Ordered(IEnumerable<Endpoint> endpoints) =>
        [.. endpoints.Select(endpoint => endpoint.Addresses[0].ToString())
            .OrderBy(address => address.Contains(':') ? $"[{address}]:80" : $"{address}:80", StringComparer.Ordinal)];

    private static string[] Addresses(EndpointSet set) => [.. set.ToList().Select(endpoint => endpoint.Address.ToString())];
}
