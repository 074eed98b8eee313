using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>The answer in a few sentences, drawn from the figures alone.</summary>
internal static class Conclusion
{
    /// <summary>One sentence on latency, comparing workloads where there are several, and one on each workload that had failures.</summary>
    public static IEnumerable<string> Sentences(RunResults results)
    {
        WorkloadResult[] answered = [.. results.Workloads.Where(workload => workload.Succeeded > 0)];
        if (answered.Length > 0)
            yield return answered.Length == 1 ? Single(answered[0]) : Comparison(answered);
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Failed.Total > 0))
            yield return $"{Format.Share((double)workload.Failed.Total / workload.Requests)} of the requests of {workload.Name} failed.";
    }

    private static string Comparison(WorkloadResult[] workloads)
    {
        WorkloadResult fastest = workloads.MinBy(Mean)!;
        WorkloadResult slowest = workloads.MaxBy(Mean)!;
        if (Overlap(fastest.LatencyIntervalsMs, slowest.LatencyIntervalsMs))
            return $"The mean latencies, {Format.Duration(Mean(fastest))} to {Format.Duration(Mean(slowest))}, do not differ beyond chance.";
        double Difference(Stage stage) => stage.Of(slowest.BreakdownMs!) - stage.Of(fastest.BreakdownMs!);
        Stage largest = Stages.All.MaxBy(Difference)!;
        return $"A request of {slowest.Name} takes {Format.Digits(Mean(slowest) / Mean(fastest))} times as long as one of {fastest.Name}: " +
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

    private static bool Overlap(LatencyIntervals? one, LatencyIntervals? other) =>
        one is not null && other is not null && one.Mean[0] <= other.Mean[1] && other.Mean[0] <= one.Mean[1];
}
