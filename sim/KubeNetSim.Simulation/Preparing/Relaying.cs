using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>What the pods of a Gateway or an Ingress controller do with the requests of one workload.</summary>
internal sealed record Relaying
{
    /// <summary>The router's decision, the same for every request of the workload.</summary>
    public required HttpDecision Decision { get; init; }

    /// <summary>Its pods.</summary>
    public required ImmutableArray<int> Pods { get; init; }

    /// <summary>The calls that its pods make, as workloads of their own.</summary>
    public required ImmutableArray<PreparedWorkload> Calls { get; init; }

    /// <summary>The call that each outcome of the decision makes; -1 where the router answers by itself.</summary>
    public required ImmutableArray<int> CallOfOutcome { get; init; }

    /// <summary>The calls that copies make, and the share of requests that are copied.</summary>
    public ImmutableArray<(int Call, double Share)> Copies { get; init; } = [];
}

/// <summary>A port of a Service whose endpoints a router's pods watch, to call them without the cluster IP.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Port">Its port.</param>
internal sealed record WatchedPort(Service Service, ServicePort Port)
{
    /// <summary>The endpoints that are ready now, in the order of the slices.</summary>
    public IEnumerable<Destination> EndpointsIn(Cluster cluster) =>
        from slice in cluster.EndpointSlices
        where slice.ServiceName == Service.Meta.Name && slice.Meta.Namespace == Service.Meta.Namespace && slice.Family == FamilyIn(cluster)
        from port in slice.Ports
        where port.Name == Port.Name && port.Protocol == Port.Protocol
        from endpoint in slice.Endpoints
        where endpoint.IsReady && endpoint.Addresses.Length > 0
        select new Destination(endpoint.Addresses[0], port.Port ?? Port.TargetPort, Port.Protocol);

    private IpFamily FamilyIn(Cluster cluster) => Service.ClusterIPs.IsEmpty ? cluster.ServiceCidrs[0].Family : Service.ClusterIPs[0].Family;
}
