using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>A backend of a rule, resolved.</summary>
public sealed record HttpBackend
{
    /// <summary><c>namespace/name</c> of the Service, or what was written instead of one.</summary>
    public required string Name { get; init; }

    /// <summary>The Service and its port, or why there is none.</summary>
    public required ResolvedBackend Resolved { get; init; }

    /// <summary>Its share of requests is this among the weights of all.</summary>
    public int Weight { get; init; } = 1;

    /// <summary>Whether a pod behind it is ready, or it stands for a host elsewhere.</summary>
    public required bool HasEndpoints { get; init; }

    /// <summary>What is done to requests that go to it.</summary>
    public ImmutableArray<RouteFilter> Filters { get; init; } = [];

    /// <summary>Who gets copies of requests that go to it: the other backend and the share of them.</summary>
    public ImmutableArray<(HttpBackend Backend, double Share)> Mirrors { get; init; } = [];

    /// <summary><c>namespace/name</c>, and the port where it is known.</summary>
    public override string ToString() => Resolved.Port is { } port ? $"{Name}:{port.Port}" : Name;
}

/// <summary>Makes backends: which Services exist, and which of them have a pod that is ready.</summary>
internal sealed class HttpBackends
{
    private readonly BackendResolution _references;
    private readonly HashSet<(string Namespace, string Name)> _served;

    public HttpBackends(Cluster cluster)
    {
        _references = new BackendResolution(cluster);
        _served =
        [
            .. cluster.EndpointSlices.Where(slice => slice.Endpoints.Any(endpoint => endpoint.IsReady))
                .Select(slice => (slice.Meta.Namespace, slice.ServiceName)),
        ];
    }

    public HttpBackend Of(Route route, BackendReference reference) => Of(
        $"{reference.Object.Namespace}/{reference.Object.Name}", _references.Resolve(route, reference), reference.Weight) with
    { Filters = reference.Filters, Mirrors = MirrorsOf(route, reference.Filters) };

    /// <summary>Who gets copies by the filters of a rule or of a backend, and of what share.</summary>
    public ImmutableArray<(HttpBackend Backend, double Share)> MirrorsOf(Route route, ImmutableArray<RouteFilter> filters) =>
        [.. filters.OfType<RouteFilter.Mirror>().Select(mirror => (Of(route, mirror.Backend), mirror.Share))];

    public HttpBackend Of(Ingress ingress, IngressBackend backend) => Of(
        backend.Resource ?? $"{ingress.Meta.Namespace}/{backend.ServiceName}", _references.Resolve(ingress, backend), 1);

    private HttpBackend Of(string name, ResolvedBackend resolved, int weight) => new()
    {
        Name = name,
        Resolved = resolved,
        Weight = weight,
        HasEndpoints = resolved.Service is { Meta: { } meta, Type: var type } && (type == ServiceType.ExternalName || _served.Contains((meta.Namespace, meta.Name))),
    };
}
