using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>The hops that the requests of a workload take, in the words of the Kubernetes documentation.</summary>
internal static class WorkloadPath
{
    /// <summary>The path of a workload.</summary>
    /// <param name="target">Where its requests go.</param>
    /// <param name="client">One of its clients.</param>
    /// <param name="prepared">The cluster, and the names of hosts outside it.</param>
    /// <param name="isRelayed">Whether the pods that it reaches are those of an HTTP router, which sends the requests on.</param>
    public static ImmutableArray<PathHop> Of(Target target, Source client, PreparedScenario prepared, bool isRelayed)
    {
        PathHop sender = client.Node == Topology.None ? new(PathHopKind.Client, "client")
            : client.Pod >= 0 ? new(PathHopKind.ClientPod, "pod")
            : new(PathHopKind.ClientNode, "node");
        ImmutableArray<PathHop> lookup = target.Name is not null && client.Node >= 0 ? [new(PathHopKind.Dns, "DNS")] : [];
        ImmutableArray<PathHop> hops = [sender, .. lookup, .. FromTarget(target, client, prepared)];
        return isRelayed ? [.. hops[..^1], new(PathHopKind.Router, hops[^1].Text + " of the router"), new(PathHopKind.Endpoint, "pod")] : hops;
    }

    private static ImmutableArray<PathHop> FromTarget(Target target, Source client, PreparedScenario prepared)
    {
        Service? service = target.Service;
        if (service is null)
            return target.Destinations.Length > 1 ? ThroughClusterIP
                : target.Addresses.IsEmpty ? [new(PathHopKind.Nowhere, "nowhere")]
                : prepared.NameOfOutside(target.Addresses[0].Address) is var text && text == target.Addresses[0].Address.ToString()
                    ? [new(PathHopKind.Address, text)]
                    : [new(PathHopKind.ExternalHost, text)];
        if (service.ExternalName is { } host)
            return [new(PathHopKind.Cname, $"CNAME {host}"), new(PathHopKind.ExternalHost, "external host")];
        if (service.IsHeadless)
            return [new(PathHopKind.HeadlessEndpoint, "pod, directly")];
        if (client.Node >= 0 && target.Addresses.Any(address => service.ClusterIPs.Contains(address.Address)))
            return ThroughClusterIP;
        LoadBalancerTraits? balancer = LoadBalancerOf(service, target.Port, prepared.Cluster);
        PathHop[] machine = balancer is null ? [] : [new(PathHopKind.LoadBalancer, balancer.Name)];
        return balancer?.Pods is null ? [.. machine, .. ThroughNode(service, target.Port)] : [.. machine, new(PathHopKind.Endpoint, "pod")];
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
    private static LoadBalancerTraits? LoadBalancerOf(Service service, ServicePort? port, Cluster cluster)
    {
        if (service.Type != ServiceType.LoadBalancer || port is null)
            return null;
        LoadBalancerTraits traits = LoadBalancerTraits.Of(cluster.Cloud, service, port, cluster.LoadBalancersSendToPods);
        return traits.IsMachine ? traits : null;
    }
}
