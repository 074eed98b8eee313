using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>The kinds of routes of the Gateway API.</summary>
public enum RouteKind
{
    /// <summary>HTTP requests.</summary>
    HTTPRoute,

    /// <summary>gRPC calls, which are HTTP/2 requests with the path <c>/service/method</c>.</summary>
    GRPCRoute,

    /// <summary>TLS connections by their server name.</summary>
    TLSRoute,

    /// <summary>TCP connections by their port.</summary>
    TCPRoute,

    /// <summary>UDP datagrams by their port.</summary>
    UDPRoute,
}

/// <summary>A route of the Gateway API, of any kind: to which Gateways it belongs, and what it does with their requests.</summary>
public sealed record Route
{
    /// <summary>The API group of Gateways and routes.</summary>
    public const string Group = "gateway.networking.k8s.io";

    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary>Its kind.</summary>
    public required RouteKind Kind { get; init; }

    /// <summary>The Gateways it wants to attach to.</summary>
    public ImmutableArray<ParentReference> ParentRefs { get; init; } = [];

    /// <summary>Hosts it is for, <c>*.</c> allowed; none for all hosts of the listener.</summary>
    public ImmutableArray<string> Hostnames { get; init; } = [];

    /// <summary>Its rules in manifest order.</summary>
    public ImmutableArray<RouteRule> Rules { get; init; } = [];

    /// <summary>Whether it routes by host name.</summary>
    public bool HasHostnames => Kind is RouteKind.HTTPRoute or RouteKind.GRPCRoute or RouteKind.TLSRoute;
}

/// <summary>What a route wants to attach to.</summary>
/// <param name="Object">A Gateway, as a rule.</param>
/// <param name="SectionName">Name of one listener; null for all.</param>
/// <param name="Port">Port of the listeners; null for all.</param>
public sealed record ParentReference(ObjectReference Object, string? SectionName, int? Port);

/// <summary>One rule of a route.</summary>
public sealed record RouteRule
{
    /// <summary>Its name; empty where it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>It applies where one of these matches; none matches everything.</summary>
    public ImmutableArray<RouteMatch> Matches { get; init; } = [];

    /// <summary>What is done to requests and responses.</summary>
    public ImmutableArray<RouteFilter> Filters { get; init; } = [];

    /// <summary>The backends, by weight.</summary>
    public ImmutableArray<BackendReference> BackendRefs { get; init; } = [];

    /// <summary>Longest time of a whole request [ns]; null or 0 for no limit.</summary>
    public long? RequestTimeoutNs { get; init; }

    /// <summary>Longest time of one request to a backend [ns]; null or 0 for no limit.</summary>
    public long? BackendTimeoutNs { get; init; }
}

/// <summary>A backend of a rule.</summary>
/// <param name="Object">The Service, as a rule.</param>
/// <param name="Port">Its port; 0 where none is written.</param>
/// <param name="Weight">Its share of the rule's requests is this among the weights of all; from 0.</param>
/// <param name="Filters">What is done to requests that go to it.</param>
public sealed record BackendReference(ObjectReference Object, int Port, int Weight, ImmutableArray<RouteFilter> Filters);

/// <summary>Conditions of a request that must hold together.</summary>
public sealed record RouteMatch
{
    /// <summary>Its path; null for every path.</summary>
    public PathMatch? Path { get; init; }

    /// <summary>Its HTTP method; null for every method.</summary>
    public string? Method { get; init; }

    /// <summary>The gRPC service and method; null for every call.</summary>
    public GrpcMatch? Grpc { get; init; }

    /// <summary>Its headers; names of any case.</summary>
    public ImmutableArray<NamedMatch> Headers { get; init; } = [];

    /// <summary>Its query parameters.</summary>
    public ImmutableArray<NamedMatch> QueryParams { get; init; } = [];
}

/// <summary>How a path is compared.</summary>
public enum PathMatchType
{
    /// <summary>The path and nothing else, case included.</summary>
    Exact,

    /// <summary>By elements between slashes.</summary>
    PathPrefix,

    /// <summary>A regular expression that the whole path must match.</summary>
    RegularExpression,
}

/// <summary>A condition on a path.</summary>
/// <param name="Type">How it is compared.</param>
/// <param name="Value">With what.</param>
public sealed record PathMatch(PathMatchType Type, string Value);

/// <summary>A condition on a gRPC call.</summary>
/// <param name="Service">Full name of the service; null for every service.</param>
/// <param name="Method">Method; null for every method.</param>
/// <param name="IsExpression">Whether both are regular expressions.</param>
public sealed record GrpcMatch(string? Service, string? Method, bool IsExpression);

/// <summary>A condition on a header or a query parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its value.</param>
/// <param name="IsExpression">Whether the value is a regular expression.</param>
public sealed record NamedMatch(string Name, string Value, bool IsExpression);
