using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Network;

/// <summary>How a kind of backend serves.</summary>
/// <param name="ServiceTime">How long one request keeps a worker busy.</param>
/// <param name="Concurrency">Requests worked on at a time; 0 for any number.</param>
/// <param name="QueueBound">Requests that may wait; null for any number.</param>
/// <param name="StartupTime">How long a new pod takes to become ready.</param>
internal sealed record Serving(Distribution ServiceTime, int Concurrency, int? QueueBound, Distribution StartupTime)
{
    /// <summary>How a pod that this backend of a scenario selects serves.</summary>
    public static Serving Of(Backend backend) =>
        new(DurationOf(backend.ServiceTime), backend.Concurrency, backend.QueueBound, DurationOf(backend.StartupTime));

    /// <summary>The same, with every request taking the mean.</summary>
    public Serving Steady() => this with { ServiceTime = Distribution.Constant(ServiceTime.Mean) };

    /// <summary>How a CoreDNS pod serves.</summary>
    public static Serving Dns(NetworkProfile network) =>
        new(Distribution.Exponential(network.DnsServiceTimeNs), network.DnsWorkers, null, DurationOf(Backend.Default.StartupTime));

    /// <summary>How the pod of a Gateway or an Ingress controller serves.</summary>
    public static Serving Router(HttpRouterSettings settings) =>
        new(DurationOf(settings.ServiceTime), settings.Concurrency, null, DurationOf(Backend.Default.StartupTime));

    /// <summary>How a host outside the cluster serves: it has room for everybody.</summary>
    public static Serving Outside(NetworkProfile network) =>
        new(Distribution.Exponential(network.ExternalServiceTimeNs), 0, null, Distribution.Constant(0));

    /// <summary>The engine's distribution that a scenario names.</summary>
    public static Distribution DurationOf(DistributionSpec spec) => spec.Kind switch
    {
        DistributionKind.Constant => Distribution.Constant(spec.MeanNs),
        DistributionKind.Exponential => Distribution.Exponential(spec.MeanNs),
        DistributionKind.Lognormal => Distribution.Lognormal(spec.MeanNs, spec.Cv),
        DistributionKind.Gamma => Distribution.Gamma(spec.MeanNs, spec.Cv),
        DistributionKind.Weibull => Distribution.Weibull(spec.MeanNs, spec.Cv),
        DistributionKind.Pareto => Distribution.Pareto(spec.MeanNs, spec.Cv),
        DistributionKind.Empirical => Distribution.Empirical(spec.ValuesNs),
        _ => throw new System.Diagnostics.UnreachableException($"distribution {spec.Kind}"),
    };
}

/// <summary>Which pods serve how: the first backend of the scenario that selects a pod says so.</summary>
internal sealed class ServingTable
{
    private readonly ImmutableArray<(Backend Backend, Serving Serving)> _backends;
    private readonly Serving _dns;
    private readonly Service? _dnsService;
    private readonly Serving _router;
    private readonly Service[] _routers;

    /// <summary>Reads the backends of a scenario.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="dnsService">The Service of cluster DNS; null where there is none.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="isSteady">Whether every request takes the mean, as a trace wants it.</param>
    public ServingTable(Scenario scenario, Service? dnsService, Cluster cluster, bool isSteady)
    {
        Serving Made(Serving serving) => isSteady ? serving.Steady() : serving;

        _backends = [.. scenario.Backends.Select(backend => (backend, Made(Serving.Of(backend))))];
        _dns = Made(Serving.Dns(scenario.Network));
        _dnsService = dnsService;
        _router = Made(Serving.Router(cluster.HttpRouters));
        _routers = cluster.Http.IsEmpty ? [] : [.. cluster.Services.Where(service => RouterObjects.IsRouter(service) || cluster.HttpRouters.IsRouterService(service.Meta.FullName))];
        Default = Made(Serving.Of(Backend.Default));
        Outside = Made(Serving.Outside(scenario.Network));
    }

    /// <summary>How endpoints serve that nothing is said of.</summary>
    public Serving Default { get; }

    /// <summary>
    /// How kube-proxy answers health checks. That it takes 100 us is an assumption: it formats a few bytes, on a machine with other work.
    /// </summary>
    public Serving Proxy { get; } = new(Distribution.Constant(100_000), 0, null, Distribution.Constant(0));

    /// <summary>How hosts outside serve.</summary>
    public Serving Outside { get; }

    /// <summary>How a pod serves.</summary>
    public Serving Of(Pod pod)
    {
        foreach ((Backend backend, Serving serving) in _backends)
            if ((backend.Namespace is null || backend.Namespace == pod.Meta.Namespace) && backend.Selector.Matches(pod.Meta.Labels))
                return serving;
        return Selects(_dnsService, pod) ? _dns : _routers.Any(router => Selects(router, pod)) ? _router : Default;
    }

    private static bool Selects(Service? service, Pod pod) =>
        service?.Selector is { } selector && pod.Meta.Namespace == service.Meta.Namespace && selector.Matches(pod.Meta.Labels);
}
