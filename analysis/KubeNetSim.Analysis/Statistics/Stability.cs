using System.Collections.Immutable;
using System.Globalization;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>
/// Takes back what cannot be said. A queue that is offered at least what it can do has no steady state (Kleinrock, Queueing Systems I, 1975,
/// section 1.3: utilisation below 1): the mean latency found says how long the run was, and nothing of the system.
/// </summary>
internal static class Stability
{
    /// <summary>Confidence of the claim that a workload had not settled: among a hundred that had, one is taken for unsettled.</summary>
    private const double SettlingConfidence = 0.99;

    /// <summary>
    /// Workloads whose mean latency differs between the two halves of the measured time, compared pair by pair over the replications. Too
    /// few replications show nothing.
    /// </summary>
    public static ImmutableArray<UnsettledWorkload> Unsettled(ImmutableArray<ReplicationRecord> replications)
    {
        ImmutableArray<UnsettledWorkload>.Builder unsettled = ImmutableArray.CreateBuilder<UnsettledWorkload>();
        for (int number = 0; number < replications[0].Workloads.Length; number++)
        {
            WorkloadRecord[] records = [.. replications.Select(record => record.Workloads[number])];
            if (records.Any(record => record.SucceededInFirstHalf == 0 || record.SucceededInFirstHalf == record.Succeeded))
                continue;
            double[] first = [.. records.Select(record => (double)record.LatencySumInFirstHalfNs / record.SucceededInFirstHalf / 1e6)];
            double[] second =
                [.. records.Select(record => (double)(record.LatencySumNs - record.LatencySumInFirstHalfNs) / (record.Succeeded - record.SucceededInFirstHalf) / 1e6)];
            if (Difference.Paired(first, second, SettlingConfidence).IsShown)
                unsettled.Add(new UnsettledWorkload(records[0].Name, first.Average(), second.Average()));
        }
        return unsettled.ToImmutable();
    }

    /// <summary>The results without latencies of workloads that use an unstable station, and the reason.</summary>
    public static RunResults Judge(RunResults results, ImmutableArray<ReplicationRecord> replications)
    {
        ImmutableArray<UnstableStation> unstable = [.. Unstable(results, replications)];
        if (unstable.IsEmpty)
            return results;
        HashSet<string> struck = [.. unstable.SelectMany(station => station.Workloads)];
        return results with
        {
            Unstable = unstable,
            Workloads = [.. results.Workloads.Select(workload => struck.Contains(workload.Name) ? WithoutLatency(workload) : workload)],
        };
    }

    // A station must be near its limit in every replication, and past it on average: one that is merely busy is past it by chance at times.
    private static IEnumerable<UnstableStation> Unstable(RunResults results, ImmutableArray<ReplicationRecord> replications) =>
        from station in replications.SelectMany(record => record.BusyStations).GroupBy(station => (station.Kind, station.Name))
        where station.Count() == replications.Length && station.Average(record => record.Load) >= 1
        let record = station.First() with { OfferedPerSecond = station.Average(item => item.OfferedPerSecond), ServiceNs = station.Average(item => item.ServiceNs) }
        select new UnstableStation(
            record.Kind == StationKind.Node ? "node" : "pod", record.Name, record.OfferedPerSecond, record.CapacityPerSecond, Why(record), UsersOf(record, results));

    private static string Why(StationRecord record)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        return record.Kind == StationKind.Node
            ? string.Create(culture, $"node {record.Name} gets {record.OfferedPerSecond:N0} connections/s and its {record.Servers} packet cores can handle {record.CapacityPerSecond:N0}/s ({Format.Duration(record.ServiceNs / 1e6)} of a core each)")
            : string.Create(culture, $"{record.Name} gets {record.OfferedPerSecond:N0} requests/s and can serve {record.CapacityPerSecond:N0}/s ({record.Servers} at a time, {Format.Duration(record.ServiceNs / 1e6)} each)");
    }

    // Any workload may pass a node.
    private static ImmutableArray<string> UsersOf(StationRecord station, RunResults results) =>
    [
        .. results.Workloads
            .Where(workload => station.Kind == StationKind.Node || workload.Backends.Any(backend => backend.Pod == station.Name && backend.Requests > 0))
            .Select(workload => workload.Name),
    ];

    private static WorkloadResult WithoutLatency(WorkloadResult workload) => workload with
    {
        LatencyMs = null,
        LatencyIntervalsMs = null,
        LatencyByReplicationMs = null,
        BreakdownMs = null,
        LatencyCdf = [],
    };
}
