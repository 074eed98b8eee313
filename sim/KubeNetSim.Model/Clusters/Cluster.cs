using System.Collections.Immutable;

namespace KubeNetSim.Model.Clusters;

/// <summary>
/// A cluster once every controller has caught up: pods placed and addressed, Services with their cluster IPs, node ports and load
/// balancer addresses, EndpointSlices packed. Immutable; a change makes a new one.
/// </summary>
public sealed record Cluster
{
    /// <summary>Nodes, in the order given or made. An index into this list names a node everywhere in the simulator.</summary>
    public required ImmutableArray<Node> Nodes { get; init; }

    /// <summary>Pods, Pending ones included. An index into this list names a pod everywhere in the simulator.</summary>
    public required ImmutableArray<Pod> Pods { get; init; }

    /// <summary>Controllers given, for scaling while time runs.</summary>
    public ImmutableArray<PodController> Controllers { get; init; } = [];

    /// <summary>Services with everything allocated.</summary>
    public required ImmutableArray<Service> Services { get; init; }

    /// <summary>EndpointSlices: those given and those the controller made.</summary>
    public required ImmutableArray<EndpointSlice> EndpointSlices { get; init; }

    /// <summary>Namespaces given, with their labels; others exist without.</summary>
    public ImmutableArray<ObjectMeta> Namespaces { get; init; } = [];

    /// <summary>The pods that Gateways and Ingress controllers run as.</summary>
    public HttpRouterSettings HttpRouters { get; init; } = new();

    /// <summary>Ingresses, Gateways and their routes.</summary>
    public HttpObjects Http { get; init; } = new();

    /// <summary>kube-proxy's configuration on every node.</summary>
    public required KubeProxyConfiguration KubeProxy { get; init; }

    /// <summary>Blocks that cluster IPs come from, at most one a family.</summary>
    public required ImmutableArray<Cidr> ServiceCidrs { get; init; }

    /// <summary>Blocks that pod addresses come from, at most one a family.</summary>
    public required ImmutableArray<Cidr> PodCidrs { get; init; }

    /// <summary>Blocks that addresses of load balancers come from; empty where the cluster has no load balancers of its own.</summary>
    public ImmutableArray<Cidr> LoadBalancerCidrs { get; init; } = [];

    /// <summary>The provider of load balancers.</summary>
    public required CloudProvider Cloud { get; init; }

    /// <summary>Whether load balancers of a cloud send to pods wherever they can, and not to nodes.</summary>
    public bool LoadBalancersSendToPods { get; init; }

    /// <summary>Events of the controllers: pods that do not fit, load balancers that stay pending, hints withdrawn.</summary>
    public ImmutableArray<ClusterEvent> Events { get; init; } = [];

    /// <summary>Defaults that were used because no document sets the value.</summary>
    public ImmutableArray<DefaultTaken> Defaults { get; init; } = [];
}

/// <summary>An event as <c>kubectl get events</c> shows it.</summary>
/// <param name="Kind">Kind of the object that it is about: Service, Pod or Node.</param>
/// <param name="Namespace">The object's namespace; empty for a Node.</param>
/// <param name="Name">The object's name.</param>
/// <param name="IsWarning">Whether its type is Warning rather than Normal.</param>
/// <param name="Reason">CamelCase reason, for example FailedScheduling.</param>
/// <param name="Message">A sentence.</param>
public sealed record ClusterEvent(string Kind, string Namespace, string Name, bool IsWarning, string Reason, string Message)
{
    /// <summary>Kind and name, for example <c>Service shop/web</c>.</summary>
    public string Object => Namespace.Length == 0 ? $"{Kind} {Name}" : $"{Kind} {Namespace}/{Name}";
}

/// <summary>A value that the files do not say and the simulator therefore chose.</summary>
/// <param name="What">What was chosen, for example <c>nodes</c>.</param>
/// <param name="Value">The value, for example <c>3, one in each of zone-a, zone-b, zone-c</c>.</param>
public sealed record DefaultTaken(string What, string Value);
