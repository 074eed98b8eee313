namespace KubeNetSim.Analysis.Tables;

/// <summary>The answer in a few sentences, drawn from the figures alone.</summary>
internal static class Conclusion
{
    /// <summary>Unstable stations that are named.</summary>
    public const int MostStations = 5;

    /// <summary>One sentence on latency, comparing workloads where there are several, and one on each workload that had failures.</summary>
    public static IEnumerable<string> Sentences(RunResults results)
    {
        foreach (UnstableStation station in results.Unstable.Take(MostStations))
            yield return $"Unstable: {station.Why}. Its queue grows as long as the run lasts, so {string.Join(", ", station.Workloads)} has no mean latency.";
        if (results.Unstable.Length > MostStations)
            yield return $"{results.Unstable.Length - MostStations} more stations are unstable.";
        foreach (UnsettledWorkload workload in results.Unsettled.Where(item => !IsUnstable(results, item)))
            yield return $"{workload.Name} had not settled: its requests took {Format.Duration(workload.FirstHalfMs)} in the first half of the measured time " +
                $"and {Format.Duration(workload.SecondHalfMs)} in the second. Run for longer, or with a longer warm-up.";
        WorkloadResult[] answered = [.. results.Workloads.Where(workload => workload.LatencyMs is not null)];
        if (answered.Length > 0)
            yield return answered.Length == 1 ? Single(answered[0]) : Comparison(answered);
        foreach (WorkloadResult workload in results.Workloads)
            if (workload.Skew is { } skew && workload.Backends.Length > 0 && new Balance(results, workload).VariesByReplication)
                yield return $"In each replication the busiest backend of {workload.Name} answers {Format.Share(skew.BusiestShare)} of the requests on average " +
                    $"({Format.Share(skew.BusiestShareRange[0])} to {Format.Share(skew.BusiestShareRange[1])}), but it is another backend each time: the sums over the replications look more even.";
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Requests == 0))
            yield return $"{workload.Name} sent no request in the measured time.";
        foreach (string sentence in ImpactTables.Sentences(results))
            yield return sentence;
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Failed.Total > 0))
            yield return $"{Format.Share((double)workload.Failed.Total / workload.Requests)} of the requests of {workload.Name} failed.";
    }

    private static bool IsUnstable(RunResults results, UnsettledWorkload workload) =>
        results.Unstable.Any(station => station.Workloads.Contains(workload.Name));

    private static string Comparison(WorkloadResult[] workloads)
    {
        WorkloadResult fastest = workloads.MinBy(Mean)!;
        WorkloadResult slowest = workloads.MaxBy(Mean)!;
        if (!IsShown(fastest.LatencyByReplicationMs, slowest.LatencyByReplicationMs))
            return $"The mean latencies, {Format.Duration(Mean(fastest))} to {Format.Duration(Mean(slowest))}, do not differ beyond chance.";
        double Difference(Stage stage) => stage.Of(slowest.BreakdownMs!) - stage.Of(fastest.BreakdownMs!);
        Stage largest = Stages.All.MaxBy(Difference)!;
        string times = Format.Digits(Mean(slowest) / Mean(fastest));
        string longer = times == "1.00" ? $"{Format.Duration(Mean(slowest) - Mean(fastest))} longer than" : $"{times} times as long as";
        return $"A request of {slowest.Name} takes {longer} one of {fastest.Name}: " +
            $"{Format.Duration(Mean(slowest))} against {Format.Duration(Mean(fastest))} on average, " +
            $"{Format.Duration(Difference(largest))} of the difference in {largest.Noun}.";
    }

    private static string Single(WorkloadResult workload)
    {
        Stage largest = Stages.Largest(workload.BreakdownMs!);
        return $"A request of {workload.Name} takes {Format.Duration(Mean(workload))} on average, " +
            $"{Format.Share(largest.Of(workload.BreakdownMs!) / Mean(workload))} of it in {largest.Noun}.";
    }

    private static double Mean(WorkloadResult workload) => workload.LatencyMs!.Mean;

    // Workloads of one run share its replications, whatever happened in them: they are compared pair by pair.
    private static bool IsShown(ReplicationLatencies? one, ReplicationLatencies? other) =>
        one is null || other is null || one.Mean.Length < 2 || Difference.Paired(one.Mean, other.Mean).IsShown;
}
