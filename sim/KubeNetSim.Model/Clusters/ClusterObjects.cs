using System.Collections.Immutable;

namespace KubeNetSim.Model.Clusters;

/// <summary>The objects that a user's files hold, as given: what controllers start from. Lists keep the order of the files.</summary>
public sealed record ClusterObjects
{
    /// <summary>Names of the namespaces given.</summary>
    public ImmutableArray<ObjectMeta> Namespaces { get; init; } = [];

    /// <summary>Nodes given; empty lets <see cref="ClusterSettings"/> make them.</summary>
    public ImmutableArray<Node> Nodes { get; init; } = [];

    /// <summary>Deployments, ReplicaSets, StatefulSets, DaemonSets.</summary>
    public ImmutableArray<PodController> Controllers { get; init; } = [];

    /// <summary>Pods given: bare ones, and those of a live cluster.</summary>
    public ImmutableArray<Pod> Pods { get; init; } = [];

    /// <summary>Services.</summary>
    public ImmutableArray<Service> Services { get; init; } = [];

    /// <summary>EndpointSlices given: used as they are.</summary>
    public ImmutableArray<EndpointSlice> EndpointSlices { get; init; } = [];

    /// <summary>Endpoints given, for Services without a selector.</summary>
    public ImmutableArray<Endpoints> Endpoints { get; init; } = [];

    /// <summary>Ingresses, Gateways and their routes.</summary>
    public HttpObjects Http { get; init; } = new();

    /// <summary>Blocks of networking.k8s.io/v1 ServiceCIDR objects; empty for the default.</summary>
    public ImmutableArray<Cidr> ServiceCidrs { get; init; } = [];

    /// <summary>kube-proxy's configuration; null where no document gives one.</summary>
    public KubeProxyConfiguration? KubeProxy { get; init; }

    /// <summary>The configuration of cluster DNS; empty where no document gives one.</summary>
    public DnsConfiguration Dns { get; init; } = new();
}
