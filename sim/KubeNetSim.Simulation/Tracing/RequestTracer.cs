namespace KubeNetSim.Simulation.Tracing;

/// <summary>What a trace gave.</summary>
/// <param name="Trace">The trace; null where nothing could be sent.</param>
/// <param name="Problem">Why not; null where it could.</param>
public sealed record TracedRequest(Trace? Trace, string? Problem);

/// <summary>
/// Traces one request by simulating it alone, with the code of every run: whatever a run does with a request, a trace of it shows. Jitter
/// is
/// left out, and backends take the mean of their service time, so that the figures are those of the profiles.
/// </summary>
public static class RequestTracer
{
    private const int MostPaths = 100;

    /// <summary>Traces a request.</summary>
    /// <param name="scenario">The scenario; its workloads do not run.</param>
    /// <param name="cluster">Its cluster.</param>
    /// <param name="from">Who sends.</param>
    /// <param name="to">Where to.</param>
    /// <param name="method">Method of an HTTP request; null for the usual one.</param>
    /// <param name="headers">Its headers; none where left out.</param>
    /// <param name="modes">The proxy modes that are known; null for those of kube-proxy.</param>
    public static TracedRequest Trace(
        Scenario scenario, Cluster cluster, WorkloadSource from, WorkloadTarget.Url to, string? method = null,
        IEnumerable<HttpHeader>? headers = null, ProxyModeList? modes = null)
    {
        Workload workload = new()
        {
            Name = "request",
            From = from,
            To = to,
            Method = method,
            Headers = [.. headers ?? []],
            Arrivals = new ArrivalSpec.Recorded([0], false),
        };
        Scenario single = scenario with
        {
            Workloads = [workload],
            Timeline = [],
            Network = WithoutJitter(scenario.Network),
            Run = new RunSettings { DurationNs = 1, WarmupNs = 0, Replications = 1, Seed = scenario.Run.Seed },
        };
        Preparation preparation = Preparation.Of(single, cluster, isSteady: true);
        if (preparation.Prepared is not { } compiled)
            return new TracedRequest(null, preparation.Problems.First(problem => problem.Severity == Severity.Error).Message);
        PreparedScenario prepared = compiled with { Modes = modes ?? ProxyModeList.BuiltIn };
        TraceRecorder recorder = new(prepared);
        Replication replication = new(prepared, 0, recorder);
        recorder.State = replication.State;
        TracePath[] paths = Paths(prepared, replication.State);
        replication.Run(null, CancellationToken.None);
        Trace trace = new()
        {
            From = prepared.Workloads[0].FromText,
            To = prepared.Workloads[0].ToText,
            Steps = recorder.Steps,
            Outcome = recorder.Outcome,
            Succeeded = recorder.Ending == TraceEnding.Answered,
            Ending = recorder.Ending,
            TotalNs = recorder.EndedAt,
            Paths = [.. paths.Take(MostPaths)],
            MorePaths = Math.Max(0, paths.Length - MostPaths),
        };
        string? warning = preparation.Problems.FirstOrDefault(problem => problem.Severity == Severity.Warning)?.Message;
        return new TracedRequest(trace, warning);
    }

    /// <summary>Every path that requests of a prepared scenario's workload can take.</summary>
    internal static TracePath[] Paths(PreparedScenario prepared, RunState state, int workload = 0) =>
    [
        .. new PossiblePaths(state, workload).Enumerate()
            .Select(path => new TracePath(path.Key.Describe(prepared, state.Backends), path.Value))
            .GroupBy(path => path.Path, (text, same) => new TracePath(text, same.Sum(path => path.Share)))
            .OrderByDescending(path => Math.Round(path.Share, 9)).ThenBy(path => path.Path, StringComparer.Ordinal),
    ];

    private static NetworkProfile WithoutJitter(NetworkProfile network)
    {
        static PathProfile Steady(PathProfile path) => path with { LatencyNs = path.LatencyNs + path.JitterNs, JitterNs = 0 };

        return network with
        {
            SameNode = Steady(network.SameNode),
            SameZone = Steady(network.SameZone),
            CrossZone = Steady(network.CrossZone),
            CrossRegion = Steady(network.CrossRegion),
            Internet = Steady(network.Internet),
        };
    }
}
