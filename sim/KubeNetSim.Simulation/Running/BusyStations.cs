using System.Collections.Immutable;
using KubeNetSim.Measurements;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>Which stations of a replication were offered nearly what they can do, or more.</summary>
internal static class BusyStations
{
    /// <summary>Finds them when the run is over. Backends come first, in order.</summary>
    public static ImmutableArray<StationRecord> Of(RunState state, long durationNs)
    {
        WorkloadState[] open = [.. state.Workloads.Where(workload => workload.Spec.Arrivals is not ArrivalSpec.ClosedLoop)];
        if (open.Length == 0)
            return [];
        double seconds = durationNs / 1e9;
        return
        [
            .. state.Backends.Reached()
                .Where(reached => reached.State.Serving is { Concurrency: > 0, QueueBound: null, ServiceTime.Mean: > 0 })
                .Select(reached => (reached.Backend, Record: Of(state, reached.Backend, reached.State, seconds)))
                .Where(station => station.Record.Load >= StationRecord.NotableLoad && open.Any(workload => workload.Measurement.HasReached(station.Backend)))
                .Select(station => station.Record),
            .. state.Nodes.Where(node => node.Visits > 0)
                .Select(node => new StationRecord(
                    StationKind.Node, node.Name, node.PacketCores, (double)node.BusyNs / node.Visits, node.Visits / seconds))
                .Where(record => record.Load >= StationRecord.NotableLoad),
        ];
    }

    // The mean of the distribution, not of what was drawn: only the number of arrivals is left to chance.
    private static StationRecord Of(RunState state, int backend, BackendState station, double seconds) => new(
        StationKind.Backend, state.Backends.Record(backend, 0).Pod, station.Serving.Concurrency, station.Serving.ServiceTime.Mean, station.Entered / seconds);
}
