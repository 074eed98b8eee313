using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>The hops that the requests of a workload take, in the words of the Kubernetes documentation.</summary>
internal static class WorkloadPath
{
    /// <summary>The path of a workload.</summary>
    /// <param name="target">Where its requests go.</param>
    /// <param name="client">One of its clients.</param>
    /// <param name="cluster">The cluster.</param>
    /// <param name="isRelayed">Whether the pods that it reaches are those of an HTTP router, which sends the requests on.</param>
    public static ImmutableArray<PathHop> Of(Target target, Source client, Cluster cluster, bool isRelayed)
    {
        PathHop sender = client.Node == Topology.None ? new(PathHopKind.Client, "client")
            : client.Pod >= 0 ? new(PathHopKind.ClientPod, "pod")
            : new(PathHopKind.ClientNode, "node");
        ImmutableArray<PathHop> lookup = target.Name is not null && client.Node >= 0 ? [new(PathHopKind.Dns, "DNS")] : [];
        ImmutableArray<PathHop> hops = [sender, .. lookup, .. FromTarget(target, client, cluster)];
        return isRelayed ? [.. hops[..^1], new(PathHopKind.Router, hops[^1].Text + " of the router"), new(PathHopKind.Endpoint, "pod")] : hops;
    }

    private static ImmutableArray<PathHop> FromTarget(Target target, Source client, Cluster cluster)
    {
        Service? service = target.Service;
        if (service is null)
            return target.Destinations.Length > 1 ? ThroughClusterIP
                : target.Addresses.IsEmpty ? [new(PathHopKind.Nowhere, "nowhere")]
                : [new(PathHopKind.Address, target.Addresses[0].Address.ToString())];
        if (service.ExternalName is { } host)
            return [new(PathHopKind.Cname, $"CNAME {host}"), new(PathHopKind.ExternalHost, "external host")];
        if (service.IsHeadless)
            return [new(PathHopKind.HeadlessEndpoint, "pod, directly")];
        if (client.Node >= 0 && target.Addresses.Any(address => service.ClusterIPs.Contains(address.Address)))
            return ThroughClusterIP;
        return [.. LoadBalancerOf(service, cluster), .. ThroughNode(service, target.Port)];
    }

    private static ImmutableArray<PathHop> ThroughClusterIP =>
        [new(PathHopKind.ClusterIP, "cluster IP"), new(PathHopKind.Dnat, "DNAT on the client's node"), new(PathHopKind.Endpoint, "pod")];

    private static ImmutableArray<PathHop> ThroughNode(Service service, ServicePort? port)
    {
        PathHop node = port is { NodePort: > 0 } ? new(PathHopKind.NodePort, $"node:{port.NodePort}") : new(PathHopKind.ServiceNode, "node");
        return service.ExternalTrafficPolicy == TrafficPolicy.Local
            ? [node, new(PathHopKind.LocalDnat, "DNAT"), new(PathHopKind.Endpoint, "pod on that node")]
            : [node, new(PathHopKind.DnatAndSnat, "DNAT, SNAT"), new(PathHopKind.Endpoint, "pod on any node")];
    }

    // Minikube and MetalLB give an address of the node network: traffic comes to a node directly.
    private static ImmutableArray<PathHop> LoadBalancerOf(Service service, Cluster cluster) =>
        service.Type != ServiceType.LoadBalancer || cluster.Cloud is CloudProvider.None or CloudProvider.Minikube or CloudProvider.Metallb
            ? [] : [new(PathHopKind.LoadBalancer, LoadBalancerTraits.Of(cluster.Cloud).Name)];
}
