using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Preparing;

/// <summary>
/// Prepares what a router's pods do with the requests of a workload: their decision, and a workload for the calls to each backend.
/// </summary>
internal sealed class RelayPreparation(PreparedScenario prepared, Func<WorkloadSource.Pods, ImmutableArray<Source>> podsOf)
{
    /// <summary>
    /// How long a proxy waits for a backend where no rule says so (nginx proxy_read_timeout and proxy_connect_timeout: 60 s).
    /// </summary>
    private const long PatienceNs = 60_000_000_000;

    /// <summary>Connections that a pod may have open to one endpoint: in effect no bound.</summary>
    private const int MostConnections = 10_000;

    /// <summary>How long a connection to a backend is kept without use (nginx upstream keepalive_timeout: 60 s).</summary>
    private const long IdleNs = 60_000_000_000;

    private HttpRouterSettings Settings => prepared.Cluster.HttpRouters;

    /// <summary>The relaying of a workload's requests.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="frontend">The router that its requests come to.</param>
    /// <param name="request">Such a request.</param>
    /// <param name="pods">The router's pods.</param>
    public Relaying Of(Workload workload, HttpFrontend frontend, HttpRequest request, ImmutableArray<int> pods)
    {
        HttpDecision decision = frontend.Router.Decide(request);
        List<PreparedWorkload> calls = [];
        int CallTo(HttpBackend backend)
        {
            string name = CallName(workload, backend);
            int known = calls.FindIndex(call => call.Spec.Name == name);
            if (known < 0)
                calls.Add(Call(workload, name, frontend.Service, backend, decision));
            return known < 0 ? calls.Count - 1 : known;
        }

        ImmutableArray<int> outcomes = [.. decision.Outcomes.Select(outcome => outcome.Backend is { } backend ? CallTo(backend) : -1)];
        return new Relaying
        {
            Decision = decision,
            Pods = pods,
            CallOfOutcome = outcomes,
            Copies = [.. decision.Mirrors.Where(mirror => mirror is { Share: > 0, Backend: { Resolved.IsValid: true, HasEndpoints: true } }).Select(mirror => (CallTo(mirror.Backend), mirror.Share))],
            Calls = [.. calls],
        };
    }

    private static string CallName(Workload workload, HttpBackend backend) => $"{workload.Name} -> {backend}";

    // A proxy keeps the address of a name until its record ends, so that its look-ups are few and left out here.
    private IpAddress AddressOf(Service service) =>
        service.ExternalName is { } host ? prepared.OutsideNames.AddressOf(host) : service.ClusterIPs[0];

    private PreparedWorkload Call(Workload workload, string name, Service router, HttpBackend backend, HttpDecision decision)
    {
        (Service service, ServicePort port) = (backend.Resolved.Service!, backend.Resolved.Port!);
        WorkloadSource.Pods pods = new(router.Meta.Namespace, router.Selector ?? new LabelSelector());
        WatchedPort? watched = service.ExternalName is not null || (Settings.UsesClusterIP && !service.ClusterIPs.IsEmpty) ? null : new WatchedPort(service, port);
        string scheme = port.Protocol == Protocol.UDP ? "udp" : "http";
        return new PreparedWorkload
        {
            Spec = workload with
            {
                Name = name,
                From = pods,
                To = new WorkloadTarget.Url(scheme, $"{service.Meta.Name}.{service.Meta.Namespace}", port.Port, "/"),
                Arrivals = new ArrivalSpec.Recorded([], false),
                Connections = new ConnectionSpec
                {
                    Reuse = Settings.KeepsConnections ? ConnectionReuse.KeepAlive : ConnectionReuse.None,
                    PerClient = MostConnections,
                    IdleTimeoutNs = IdleNs,
                },
                TimeoutNs = decision.Rule?.BackendTimeoutNs ?? decision.Rule?.RequestTimeoutNs ?? PatienceNs,
                Retries = 0,
            },
            Sources = podsOf(pods),
            Destinations = watched is not null ? [.. watched.EndpointsIn(prepared.Cluster)]
                : [new Destination(AddressOf(service), port.Port, port.Protocol)],
            Watches = watched,
            FromText = router.Meta.FullName,
            ToText = backend.ToString(),
            Path = [],
        };
    }
}
