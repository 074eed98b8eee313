using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>A discovery.k8s.io/v1 EndpointSlice, given or made by the controller.</summary>
public sealed record EndpointSlice
{
    /// <summary>The label that ties a slice to its Service.</summary>
    public const string ServiceNameLabel = "kubernetes.io/service-name";

    /// <summary>The label that says which controller writes the slice; others leave it alone.</summary>
    public const string ManagedByLabel = "endpointslice.kubernetes.io/managed-by";

    /// <summary>The label of slices of headless Services.</summary>
    public const string HeadlessLabel = "service.kubernetes.io/headless";

    /// <summary>How many endpoints the controller puts into one slice (kube-controller-manager --max-endpoints-per-slice).</summary>
    public const int MaxEndpoints = 100;

    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>Family of its addresses; null for addressType FQDN, which the proxy ignores.</summary>
    public IpFamily? Family { get; init; } = IpFamily.IPv4;

    /// <summary>Ports that every endpoint of the slice has.</summary>
    public ImmutableArray<EndpointPort> Ports { get; init; } = [];

    /// <summary>The endpoints.</summary>
    public ImmutableArray<Endpoint> Endpoints { get; init; } = [];

    /// <summary>Name of the Service it belongs to; empty where the label is missing.</summary>
    public string ServiceName => Meta.Labels.GetValueOrDefault(ServiceNameLabel, "");
}

/// <summary>A port of an EndpointSlice, matched to a Service's port by name.</summary>
/// <param name="Name">Name; empty for the only port of a Service.</param>
/// <param name="Port">Port at the endpoint; null means all ports, which the proxy skips.</param>
/// <param name="Protocol">Transport protocol.</param>
/// <param name="AppProtocol">Application protocol; null where unset.</param>
public sealed record EndpointPort(string Name, int? Port, Protocol Protocol, string? AppProtocol = null);

/// <summary>An endpoint of a slice. An unset condition has the meaning that the API gives it: ready unless it says false.</summary>
public sealed record Endpoint
{
    /// <summary>Its addresses; consumers use the first (k8s.io/api discovery/v1).</summary>
    public ImmutableArray<IpAddress> Addresses { get; init; } = [];

    /// <summary><c>conditions.ready</c>; null counts as true.</summary>
    public bool? Ready { get; init; }

    /// <summary><c>conditions.serving</c>; null counts as true, whatever the others say.</summary>
    public bool? Serving { get; init; }

    /// <summary><c>conditions.terminating</c>; null counts as false.</summary>
    public bool? Terminating { get; init; }

    /// <summary>Node that it is on; null where unset (then it is local to no node).</summary>
    public string? NodeName { get; init; }

    /// <summary>Zone that it is in; null where unset.</summary>
    public string? Zone { get; init; }

    /// <summary>Host name for DNS; null where unset.</summary>
    public string? Hostname { get; init; }

    /// <summary>The pod behind it as <c>namespace/name</c>; null where it is no pod.</summary>
    public string? PodName { get; init; }

    /// <summary>Zones whose nodes should use it (<c>hints.forZones</c>); empty where unset.</summary>
    public ImmutableArray<string> ZoneHints { get; init; } = [];

    /// <summary>Nodes that should use it (<c>hints.forNodes</c>); empty where unset.</summary>
    public ImmutableArray<string> NodeHints { get; init; } = [];

    /// <summary>Effective ready condition.</summary>
    public bool IsReady => Ready ?? true;

    /// <summary>
    /// Effective serving condition. The API said once that consumers should take ready for it where it is unset; kube-proxy never did
    /// (pkg/proxy/endpointslicecache.go), and the API says now what it does.
    /// </summary>
    public bool IsServing => Serving ?? true;

    /// <summary>Effective terminating condition.</summary>
    public bool IsTerminating => Terminating ?? false;
}

/// <summary>A core/v1 Endpoints object, mirrored into slices by the EndpointSliceMirroring controller.</summary>
public sealed record Endpoints
{
    /// <summary>Name (that of its Service), namespace.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>Its subsets: addresses and the ports they have.</summary>
    public ImmutableArray<EndpointSubset> Subsets { get; init; } = [];
}

/// <summary>Addresses that have the same ports.</summary>
/// <param name="Addresses">Ready and not-ready endpoints; <see cref="Endpoint.Ready"/> says which.</param>
/// <param name="Ports">Ports.</param>
public sealed record EndpointSubset(ImmutableArray<Endpoint> Addresses, ImmutableArray<EndpointPort> Ports);
