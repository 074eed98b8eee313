using System.Collections.Immutable;
using System.Diagnostics;
using KubeNetSim.DataPlane;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>How a case of a NetworkTest came out.</summary>
/// <param name="File">File of the document.</param>
/// <param name="Name">Name of the document and of the case.</param>
/// <param name="Passed">Whether it is as expected.</param>
/// <param name="Expected">What was expected, in one line.</param>
/// <param name="Actual">What there was, in one line.</param>
/// <param name="Message">Where it differs; empty where it does not.</param>
/// <param name="Position">Where the case stands.</param>
public sealed record NetworkTestResult(string File, string Name, bool Passed, string Expected, string Actual, string Message, SourcePosition Position);

/// <summary>Runs NetworkTests with the router that simulations use.</summary>
public static class NetworkTestRunner
{
    /// <summary>Runs every case of a document, in order.</summary>
    public static ImmutableArray<NetworkTestResult> Run(NetworkTest test)
    {
        Cluster cluster = ClusterOf(test);
        ServiceTable services = ServiceTable.Compile(cluster);
        DnsTable dns = DnsTable.Compile(cluster, DnsTable.DefaultDomain, test.Objects.Namespaces.Select(space => space.Name));
        HttpRouters routers = HttpRouters.Compile(cluster);
        return
        [
            .. test.Cases.Select(item => Judge(test, item, item switch
            {
                NetworkTestCase.PacketCase packet => PacketJudge.Judge(packet, cluster, services),
                NetworkTestCase.LookupCase lookup => LookupJudge.Judge(lookup, dns),
                NetworkTestCase.RequestCase request => RequestJudge.Judge(request, routers),
                _ => throw new UnreachableException($"There is no case {item.GetType().Name}"),
            })),
        ];
    }

    private static NetworkTestResult Judge(NetworkTest test, NetworkTestCase item, Judgement judgement) => new(
        test.File, $"{test.Name}: {item.Name}", judgement.Message.Length == 0, judgement.Expected, judgement.Actual, judgement.Message, item.Position);

    // Objects written in the test are what the proxy sees: an unset clusterCIDR then means that nothing is known to be local, and only a
    // ServiceCIDR object bounds the cluster addresses.
    private static Cluster ClusterOf(NetworkTest test)
    {
        Cluster cluster = ControlPlane.Reconcile(test.Objects, new ClusterSettings { SystemServices = false }).Cluster;
        return !test.TakesObjectsAsTheyStand ? cluster : cluster with
        {
            ServiceCidrs = test.Objects.ServiceCidrs,
            KubeProxy = cluster.KubeProxy with { ClusterCidrs = cluster.KubeProxy.ClusterCidrs ?? [] },
        };
    }
}

/// <summary>What was expected and what there was; a message where they differ.</summary>
internal sealed record Judgement(string Expected, string Actual, string Message);
