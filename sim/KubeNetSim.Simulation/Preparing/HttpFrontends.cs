namespace KubeNetSim.Simulation.Preparing;

/// <summary>A router, and the Service that leads to its pods.</summary>
/// <param name="Router">What the pods do with requests.</param>
/// <param name="Service">The Service.</param>
internal sealed record HttpFrontend(HttpRouter Router, Service Service);

/// <summary>
/// The Gateways and Ingress controllers of a cluster, as clients find them: by name, by address, or by a host that they have a rule for.
/// </summary>
internal sealed class HttpFrontends
{
    private readonly Dictionary<string, HttpFrontend> _gateways = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HttpFrontend> _ingresses = new(StringComparer.Ordinal);
    private readonly List<HttpFrontend> _all = [];

    public HttpFrontends(Cluster cluster)
    {
        if (cluster.Http.IsEmpty)
            return;
        HttpRouters routers = HttpRouters.Compile(cluster);
        foreach (Gateway gateway in cluster.Http.Gateways)
            if (routers.OfGateway(gateway.Meta.FullName) is { } router && RouterObjects.ServiceOf(gateway, cluster) is { } service)
                Add(_gateways, gateway.Meta.FullName, new HttpFrontend(router, service));
        foreach (Ingress ingress in cluster.Http.Ingresses)
            if (IngressClasses.ClassOf(ingress, cluster.Http) is { } name && routers.OfIngress(ingress.Meta.FullName) is { } router
                && RouterObjects.ServiceOf(name, cluster) is { } service)
                Add(_ingresses, ingress.Meta.FullName, _all.FirstOrDefault(frontend => frontend.Router == router) ?? new HttpFrontend(router, service));
    }

    /// <summary>What a workload names itself; null, and why, where there is no such thing.</summary>
    public HttpFrontend? Named(Workload workload, out string? why)
    {
        why = null;
        if (workload.Gateway is null && workload.Ingress is null)
            return null;
        if ((workload.Gateway is { } gateway ? _gateways.GetValueOrDefault(gateway) : _ingresses.GetValueOrDefault(workload.Ingress!)) is { } frontend)
            return frontend;
        why = workload.Gateway is not null ? $"there is no Gateway {workload.Gateway} with a Service" : $"there is no Ingress {workload.Ingress} that a controller serves";
        return null;
    }

    /// <summary>The router whose Service is called, by any of its names.</summary>
    public HttpFrontend? Of(Service? service) => service is null ? null : _all.FirstOrDefault(frontend => frontend.Service == service);

    /// <summary>The router that has a rule for a request, or at least for its host; null where none has.</summary>
    public HttpFrontend? For(HttpRequest request) => _all.FirstOrDefault(frontend => frontend.Router.Decide(request).Rule is not null)
        ?? _all.FirstOrDefault(frontend => KnowsHost(frontend.Router.Decide(request), request.Host));

    private static bool KnowsHost(HttpDecision decision, string host) =>
        decision.Listener is { Hostname.Length: > 0 }
        || decision.Lost.Any(lost => lost.Rule.Hostname.Length > 0 && Hostnames.Covers(lost.Rule.Hostname, host));

    private void Add(Dictionary<string, HttpFrontend> named, string name, HttpFrontend frontend)
    {
        named.TryAdd(name, frontend);
        if (!_all.Contains(frontend))
            _all.Add(frontend);
    }
}
