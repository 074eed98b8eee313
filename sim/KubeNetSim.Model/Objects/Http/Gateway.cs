using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>A gateway.networking.k8s.io/v1 GatewayClass: which controller makes the Gateways of a class.</summary>
/// <param name="Meta">Name.</param>
/// <param name="ControllerName">Name of the controller, for example <c>example.com/gateway</c>.</param>
public sealed record GatewayClass(ObjectMeta Meta, string ControllerName);

/// <summary>A gateway.networking.k8s.io/v1 Gateway: where requests come in.</summary>
public sealed record Gateway
{
    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary><c>gatewayClassName</c>.</summary>
    public required string ClassName { get; init; }

    /// <summary>Its own listeners in manifest order.</summary>
    public ImmutableArray<Listener> Listeners { get; init; } = [];

    /// <summary>Listeners of the ListenerSets that it takes, in the order of precedence.</summary>
    public ImmutableArray<Listener> AddedListeners { get; init; } = [];

    /// <summary>Its own listeners, and those of ListenerSets.</summary>
    public ImmutableArray<Listener> AllListeners => AddedListeners.IsEmpty ? Listeners : [.. Listeners, .. AddedListeners];

    /// <summary><c>allowedListeners.namespaces.from</c>: namespaces whose ListenerSets it takes.</summary>
    public RouteNamespaces ListenersFrom { get; init; } = RouteNamespaces.None;

    /// <summary>The labels that those namespaces must have; for <see cref="RouteNamespaces.Selector"/>.</summary>
    public LabelSelector? ListenersSelector { get; init; }

    /// <summary>Addresses asked for.</summary>
    public ImmutableArray<GatewayAddress> Addresses { get; init; } = [];

    /// <summary><c>infrastructure.labels</c>: labels of whatever is made for this Gateway.</summary>
    public ImmutableSortedDictionary<string, string> InfrastructureLabels { get; init; } = ObjectMeta.NoLabels;

    /// <summary><c>infrastructure.annotations</c>: annotations of whatever is made for this Gateway.</summary>
    public ImmutableSortedDictionary<string, string> InfrastructureAnnotations { get; init; } = ObjectMeta.NoLabels;
}

/// <summary>An address of a Gateway.</summary>
/// <param name="Type">IPAddress, Hostname, or a type of the implementation's own.</param>
/// <param name="Value">The address; empty lets the implementation choose.</param>
public sealed record GatewayAddress(string Type, string Value);

/// <summary>The values of a listener's <c>tls.mode</c>.</summary>
public enum TlsMode
{
    /// <summary>TLS ends at the Gateway.</summary>
    Terminate,

    /// <summary>TLS ends at the backend; the Gateway reads no more than the server name.</summary>
    Passthrough,
}

/// <summary>The values of <c>allowedRoutes.namespaces.from</c> and <c>allowedListeners.namespaces.from</c>.</summary>
public enum RouteNamespaces
{
    /// <summary>The Gateway's own namespace.</summary>
    Same,

    /// <summary>Every namespace.</summary>
    All,

    /// <summary>Namespaces with certain labels.</summary>
    Selector,

    /// <summary>No namespace.</summary>
    None,
}

/// <summary>A port of a Gateway that takes requests, for all hosts or for some.</summary>
public sealed record Listener
{
    /// <summary>The ListenerSet that adds it; null for a Gateway's own.</summary>
    public ObjectMeta? Set { get; init; }

    /// <summary>Name, unique in the Gateway or in the ListenerSet.</summary>
    public required string Name { get; init; }

    /// <summary>Host name, <c>*.</c> and a host name for one or more labels more, or empty for every host.</summary>
    public string Hostname { get; init; } = "";

    /// <summary>Port, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>HTTP, HTTPS, TLS, TCP or UDP; others are not supported.</summary>
    public required string Protocol { get; init; }

    /// <summary>Whether the Gateway or the backend terminates TLS.</summary>
    public TlsMode TlsMode { get; init; }

    /// <summary>Where the certificates are.</summary>
    public ImmutableArray<ObjectReference> CertificateRefs { get; init; } = [];

    /// <summary><c>tls.options</c>, by which implementations have certificates of their own named, for example.</summary>
    public ImmutableSortedDictionary<string, string> TlsOptions { get; init; } = ObjectMeta.NoLabels;

    /// <summary>Namespaces whose routes may attach.</summary>
    public RouteNamespaces From { get; init; } = RouteNamespaces.Same;

    /// <summary>The labels that those namespaces must have; for <see cref="RouteNamespaces.Selector"/>.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>Kinds of routes that may attach, with their group; none for all that the protocol has.</summary>
    public ImmutableArray<RouteGroupKind> Kinds { get; init; } = [];
}

/// <summary>A kind of route.</summary>
/// <param name="Group">API group.</param>
/// <param name="Kind">Kind.</param>
public sealed record RouteGroupKind(string Group, string Kind);

/// <summary>A name of another object.</summary>
/// <param name="Group">API group; empty for the core.</param>
/// <param name="Kind">Kind.</param>
/// <param name="Namespace">Namespace; that of the referring object where none is written.</param>
/// <param name="Name">Name.</param>
public sealed record ObjectReference(string Group, string Kind, string Namespace, string Name)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Namespace}/{Name}";
}

/// <summary>A gateway.networking.k8s.io ReferenceGrant: objects of its namespace that others may name from theirs.</summary>
/// <param name="Meta">Name and namespace.</param>
/// <param name="From">The objects that may refer: group, kind and namespace.</param>
/// <param name="To">To what: group, kind, and name or empty for all.</param>
public sealed record ReferenceGrant(
    ObjectMeta Meta, ImmutableArray<(string Group, string Kind, string Namespace)> From,
    ImmutableArray<(string Group, string Kind, string Name)> To);

/// <summary>What must be known of a Secret: whether it could be a certificate.</summary>
/// <param name="Meta">Name and namespace.</param>
/// <param name="HoldsCertificate">Whether it has a certificate and a key in PEM form (type kubernetes.io/tls).</param>
public sealed record Secret(ObjectMeta Meta, bool HoldsCertificate);
