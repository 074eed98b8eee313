using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Running;

/// <summary>Which stations of a replication were offered nearly what they can do, or more.</summary>
/// <param name="state">The replication, run to its end.</param>
/// <param name="durationNs">How long clients sent [ns].</param>
internal sealed class BusyStations(RunState state, long durationNs)
{
    private readonly double _seconds = durationNs / 1e9;

    /// <summary>Finds them: backends first, then nodes, each in order.</summary>
    public ImmutableArray<StationRecord> Find() => state.Clients.All(IsClosed)
        ? []
        : [.. Backends().Concat(Nodes()).Where(record => record.Workloads.Length > 0)];

    private IEnumerable<StationRecord> Backends() =>
        from backend in state.Backends.Reached()
        let serving = state.Backends[backend].Serving
        where serving is { Concurrency: > 0, QueueBound: null, ServiceTime.Mean: > 0 }
        // The mean of the distribution, not of what was drawn: only the number of arrivals is left to chance.
        let record = Record(StationKind.Backend, serving.Concurrency, serving.ServiceTime.Mean, state.Backends[backend].Entered)
        where record.Load >= StationRecord.NotableLoad
        select Used(record with { Name = state.Backends.Record(backend, 0).Pod }, UsersOf(backend));

    private IEnumerable<StationRecord> Nodes() =>
        from node in state.Nodes.Select((node, number) => (State: node, Number: number))
        where node.State.Visits > 0
        let record = Record(StationKind.Node, node.State.PacketCores, (double)node.State.BusyNs / node.State.Visits, node.State.Visits)
        where record.Load >= StationRecord.NotableLoad
        select Used(record with { Name = node.State.Name }, [.. state.Clients.Where(workload => workload.Started > 0 && workload.Measurement.Nodes.Contains(node.Number))]);

    private StationRecord Record(StationKind kind, int servers, double serviceNs, long arrivals) =>
        new() { Kind = kind, Name = "", Servers = servers, ServiceNs = serviceNs, Arrivals = arrivals, Seconds = _seconds, Workloads = [] };

    // A workload that could reach the backend and did not is not delayed by it. Routers' pods and CoreDNS are on the way of requests that end
    // elsewhere.
    private WorkloadState[] UsersOf(int backend) =>
    [
        .. state.Clients.Where(workload => workload.Started > 0
            && (workload.Measurement.HasReached(backend) || (backend < BackendTable.FirstOther && workload.Measurement.Intermediaries.Contains(backend)))),
    ];

    // Where closed loops are alone, there is nothing to find.
    private static StationRecord Used(StationRecord record, WorkloadState[] users) => record with
    {
        Workloads = users.All(IsClosed) ? [] : [.. users.Select(workload => workload.Spec.Name)],
        TakesClosedLoops = users.Any(IsClosed),
        Dispersion = users.Select(workload => DispersionOf(workload, record.Arrivals)).Append(1).Max(),
    };

    // Of a part p of an arrival process: 1 + p(I - 1), for what p leaves to chance.
    private static double DispersionOf(WorkloadState workload, long arrivals) =>
        1 + (Math.Min(1, (double)arrivals / workload.Started) * (DispersionOf(workload.Spec.Arrivals) - 1));

    // Index of dispersion of a Markov-modulated Poisson process of two states (Fischer and Meier-Hellstern, The Markov-modulated Poisson
    // process cookbook, Performance Evaluation 18, 1993). Evenly spaced requests become nearly Poisson where they are spread over pods.
    private static double DispersionOf(ArrivalSpec arrivals)
    {
        if (arrivals is not ArrivalSpec.Bursts bursts)
            return 1;
        (double on, double off) = (bursts.MeanOnNs / 1e9, bursts.MeanOffNs / 1e9);
        double apart = bursts.OnRatePerSecond - bursts.OffRatePerSecond;
        double both = on + off;
        return 1 + (2 * apart * apart * on * on * off * off / (both * both * ((bursts.OnRatePerSecond * on) + (bursts.OffRatePerSecond * off))));
    }

    private static bool IsClosed(WorkloadState workload) => workload.Spec.Arrivals is ArrivalSpec.ClosedLoop;
}
