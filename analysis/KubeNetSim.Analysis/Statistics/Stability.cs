using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Analysis.Statistics;

/// <summary>
/// Takes back what cannot be said. A queue that is offered at least what it can do has no steady state (Kleinrock, Queueing Systems I, 1975,
/// section 1.3: utilisation below 1): the mean latency found says how long the run was, and nothing of the system.
/// </summary>
internal static class Stability
{
    /// <summary>Confidence of the claim that a workload had not settled: of a hundred runs in which all had, one says that one had not.</summary>
    private const double SettlingConfidence = 0.99;

    /// <summary>Differences below this part of the mean are not worth a warning, however sure.</summary>
    private const double NotableDrift = 0.01;

    /// <summary>Load up to which a station is merely busy.</summary>
    private const double MerelyBusy = 0.95;

    /// <summary>A load this near to 1 cannot be told from 1, if chance allows it.</summary>
    private const double AtLimit = 0.01;

    /// <summary>Standard errors between a busy station and one past its limit: chance takes one in 30,000 for the other.</summary>
    private const double Errors = 4;

    /// <summary>
    /// Workloads whose mean latency differs between the two halves of the measured time, compared pair by pair over the replications. Too
    /// few replications show nothing.
    /// </summary>
    public static ImmutableArray<UnsettledWorkload> Unsettled(ImmutableArray<ReplicationRecord> replications)
    {
        ImmutableArray<UnsettledWorkload>.Builder unsettled = ImmutableArray.CreateBuilder<UnsettledWorkload>();
        // Bonferroni: a claim on each of n workloads errs n times as often.
        double confidence = 1 - ((1 - SettlingConfidence) / Math.Max(1, replications[0].Workloads.Length));
        for (int number = 0; number < replications[0].Workloads.Length; number++)
        {
            WorkloadRecord[] records = [.. replications.Select(record => record.Workloads[number])];
            if (records.Any(record => record.SucceededInFirstHalf == 0 || record.SucceededInFirstHalf == record.Succeeded))
                continue;
            double[] first = [.. records.Select(record => (double)record.LatencySumInFirstHalfNs / record.SucceededInFirstHalf / 1e6)];
            double[] second =
                [.. records.Select(record => (double)(record.LatencySumNs - record.LatencySumInFirstHalfNs) / (record.Succeeded - record.SucceededInFirstHalf) / 1e6)];
            Difference drift = Difference.Paired(first, second, confidence);
            if (drift.IsShown && Math.Abs(drift.Mean) >= NotableDrift * first.Average())
                unsettled.Add(new UnsettledWorkload(records[0].Name, first.Average(), second.Average()));
        }
        return unsettled.ToImmutable();
    }

    /// <summary>The results without latencies of workloads that use an unstable station, and the reason.</summary>
    public static RunResults Judge(RunResults results, ImmutableArray<ReplicationRecord> replications)
    {
        ImmutableArray<UnstableStation> unstable = [.. Unstable(replications)];
        if (unstable.IsEmpty)
            return results;
        HashSet<string> struck = [.. unstable.SelectMany(station => station.Workloads)];
        return results with
        {
            Unstable = unstable,
            Workloads = [.. results.Workloads.Select(workload => struck.Contains(workload.Name) ? WithoutLatency(workload) : workload)],
        };
    }

    // A station may be past its limit in all replications together, or only in some: where long connections happen to share a pod, it is another
    // one each time.
    private static IEnumerable<UnstableStation> Unstable(ImmutableArray<ReplicationRecord> replications)
    {
        foreach (IGrouping<(StationKind, string), StationRecord> station in replications.SelectMany(record => record.BusyStations).GroupBy(station => (station.Kind, station.Name)))
        {
            StationRecord[] busy = [.. station];
            StationRecord[] past = [.. busy.Where(record => IsPast(record))];
            if (busy.Length == replications.Length && IsPast(Together(busy)))
                yield return Describe(Together(busy), "");
            else if (past.Length > 0)
                yield return Describe(Together(past), past.Length == replications.Length ? "" : $" in {past.Length} of {replications.Length} replications");
        }
    }

    // It is offered what it can do, or more, and that is no chance: one that is merely busy would hardly have been offered as much. Users of a closed
    // loop fill any station that others leave free, so with them only what is beyond its limit counts.
    private static bool IsPast(StationRecord station)
    {
        double error = station.Load * Math.Sqrt(station.Dispersion / station.Arrivals);
        double busy = station.TakesClosedLoops ? 1 : MerelyBusy;
        return station.Load >= 1 - Math.Min(2 * error, AtLimit) && station.Load >= busy + (Errors * error);
    }

    private static StationRecord Together(StationRecord[] records) => records[0] with
    {
        Arrivals = records.Sum(record => record.Arrivals),
        Seconds = records.Sum(record => record.Seconds),
        ServiceNs = records.Sum(record => record.ServiceNs * record.Arrivals) / records.Sum(record => record.Arrivals),
        Dispersion = records.Average(record => record.Dispersion),
        TakesClosedLoops = records.Any(record => record.TakesClosedLoops),
        Workloads = [.. records.SelectMany(record => record.Workloads).Distinct()],
    };

    private static UnstableStation Describe(StationRecord station, string when)
    {
        string servers = station.Kind == StationKind.Node
            ? $"{station.Servers} packet core{(station.Servers == 1 ? "" : "s")}, {Format.Duration(station.ServiceNs / 1e6)} of a core each"
            : $"{station.Servers} at a time, {Format.Duration(station.ServiceNs / 1e6)} each";
        CultureInfo culture = CultureInfo.InvariantCulture;
        string capacity = string.Create(culture, $"{station.CapacityPerSecond:#,0.#}/s");
        string limit = station.Load >= 1 ? $" and can handle {capacity}" : $", which is within chance all of the {capacity} that it can handle";
        string why = (station.Kind == StationKind.Node ? "node " : "") +
            string.Create(culture, $"{station.Name} gets {station.OfferedPerSecond:#,0.#} requests/s{when}") +
            $"{limit} ({servers})";
        return new UnstableStation(
            station.Kind == StationKind.Node ? "node" : "pod", station.Name, station.OfferedPerSecond, station.CapacityPerSecond, why, station.Workloads);
    }

    private static WorkloadResult WithoutLatency(WorkloadResult workload) => workload with
    {
        LatencyMs = null,
        LatencyIntervalsMs = null,
        LatencyByReplicationMs = null,
        BreakdownMs = null,
        LatencyCdf = [],
    };
}
