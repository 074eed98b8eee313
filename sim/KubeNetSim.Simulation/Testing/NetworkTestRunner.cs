using System.Collections.Immutable;
using System.Diagnostics;

namespace KubeNetSim.Simulation.Testing;

/// <summary>Runs NetworkTests with the router that simulations use.</summary>
public static class NetworkTestRunner
{
    /// <summary>Runs every case of a document, in order.</summary>
    /// <param name="test">The document.</param>
    /// <param name="modes">The proxy modes that are known; null for those of kube-proxy.</param>
    public static ImmutableArray<NetworkTestResult> Run(NetworkTest test, ProxyModeList? modes = null)
    {
        Cluster cluster = ClusterOf(test);
        ServiceTable services = ServiceTable.Compile(cluster);
        DnsTable dns = DnsTable.Compile(cluster, DnsTable.DefaultDomain, test.Objects.Namespaces.Select(space => space.Name));
        HttpRouters routers = HttpRouters.Compile(cluster);
        return
        [
            .. test.Cases.Select(item => ResultOf(test, item, item switch
            {
                NetworkTestCase.PacketCase packet => PacketJudge.Judge(packet, cluster, services, modes ?? ProxyModeList.BuiltIn),
                NetworkTestCase.LookupCase lookup => LookupJudge.Judge(lookup, dns),
                NetworkTestCase.RequestCase request => RequestJudge.Judge(request, routers),
                _ => throw new UnreachableException($"There is no case {item.GetType().Name}"),
            })),
        ];
    }

    private static NetworkTestResult ResultOf(NetworkTest test, NetworkTestCase item, Judgement judgement) =>
        new(test.File, $"{test.Name}: {item.Name}", item.Position, judgement.Expectations, judgement.Obstacle);

    // Objects written in the test are what the proxy sees: an unset clusterCIDR then means that nothing is known to be local, and only a
    // ServiceCIDR object bounds the cluster addresses.
    private static Cluster ClusterOf(NetworkTest test)
    {
        Cluster cluster = ControlPlane.Reconcile(test.Objects, test.Settings).Cluster;
        return !test.TakesObjectsAsTheyStand ? cluster : cluster with
        {
            ServiceCidrs = test.Objects.ServiceCidrs,
            KubeProxy = cluster.KubeProxy with { ClusterCidrs = cluster.KubeProxy.ClusterCidrs ?? [] },
        };
    }
}
