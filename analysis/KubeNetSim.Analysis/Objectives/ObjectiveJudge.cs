using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Objectives;

/// <summary>What is known of an objective.</summary>
public enum ObjectiveState
{
    /// <summary>It is shown to hold.</summary>
    Met,

    /// <summary>It is shown not to hold.</summary>
    Missed,

    /// <summary>More replications are needed to tell.</summary>
    Undecided,
}

/// <summary>An objective against what was measured.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Workload">The workload that comes off worst; null for what is not a workload's.</param>
/// <param name="Value">What was measured; NaN where there is nothing to measure.</param>
/// <param name="Lower">One-sided lower bound of it.</param>
/// <param name="Upper">One-sided upper bound of it.</param>
/// <param name="State">What follows.</param>
public sealed record ObjectiveResult(Objective Objective, string? Workload, double Value, double Lower, double Upper, ObjectiveState State);

/// <summary>
/// Tells whether objectives hold, with a confidence: each replication is one independent observation, and the one-sided bound of their mean by
/// Student's t must lie on one side of the limit. (Law, Simulation Modeling and Analysis, 5th edition, sections 9.4.1 and 9.5.)
/// </summary>
public static class ObjectiveJudge
{
    /// <summary>Judges one objective.</summary>
    /// <param name="objective">What must hold.</param>
    /// <param name="results">The combined results, with their costs.</param>
    /// <param name="replications">What each replication measured.</param>
    /// <param name="confidence">Of each bound, one-sided, for example 0.95.</param>
    /// <exception cref="ArgumentException">The objective is about a workload that there is not.</exception>
    public static ObjectiveResult Judge(Objective objective, RunResults results, ImmutableArray<ReplicationRecord> replications, double confidence)
    {
        if (objective.Metric == ObjectiveMetric.Cost)
        {
            (double low, double high) = Bounds(results.Cost?.MonthlyByReplication ?? [], confidence);
            return new ObjectiveResult(objective, null, results.Cost?.Monthly ?? 0, low, high, StateOf(objective, low, high));
        }
        int[] workloads = [.. Enumerable.Range(0, results.Workloads.Length).Where(number => objective.Workload is null || results.Workloads[number].Name == objective.Workload)];
        if (workloads.Length == 0)
            throw new ArgumentException($"No workload has the name '{objective.Workload}'.", nameof(objective));
        // What must hold for each holds if it holds for the worst.
        return workloads.Select(number => JudgeWorkload(objective, results, [.. replications.Select(record => record.Workloads[number])], confidence))
            .OrderByDescending(result => result.State switch { ObjectiveState.Missed => 2, ObjectiveState.Undecided => 1, _ => 0 })
            .ThenByDescending(result => result.Upper).First();
    }

    private static ObjectiveResult JudgeWorkload(Objective objective, RunResults results, WorkloadRecord[] records, double confidence)
    {
        string name = records[0].Name;
        bool isLatency = objective.Metric <= ObjectiveMetric.QueueMean;
        // A queue that grows misses any limit if only one waits.
        if (isLatency && (results.Unstable.Any(station => station.Workloads.Contains(name)) || records.All(record => record.Succeeded == 0)))
            return new ObjectiveResult(objective, name, double.NaN, double.NaN, double.NaN, ObjectiveState.Missed);
        if (isLatency && records.Any(record => record.Succeeded == 0))
            return new ObjectiveResult(objective, name, double.NaN, double.NaN, double.NaN, ObjectiveState.Undecided);
        double[] values = [.. records.Select(record => ValueOf(objective.Metric, record))];
        double mean = values.Average();
        (double lower, double upper) = Bounds(values, confidence);
        if (objective.Metric == ObjectiveMetric.Errors)
            upper = Math.Max(upper, BoundOfNone(records, confidence));
        return new ObjectiveResult(objective, name, mean, lower, upper, StateOf(objective, lower, upper));
    }

    private static ObjectiveState StateOf(Objective objective, double lower, double upper) =>
        upper < objective.Limit ? ObjectiveState.Met : lower >= objective.Limit ? ObjectiveState.Missed : ObjectiveState.Undecided;

    private static (double Lower, double Upper) Bounds(IReadOnlyList<double> values, double confidence) =>
        ConfidenceInterval.OfMean(values, (2 * confidence) - 1) is { } interval ? (interval.Lower, interval.Upper) : (double.NegativeInfinity, double.PositiveInfinity);

    // No failure among n requests does not mean that there is none: at most 3/n with 95% (Hanley and Lippman-Hand, JAMA 249(13), 1983).
    private static double BoundOfNone(WorkloadRecord[] records, double confidence)
    {
        long requests = records.Sum(record => record.Requests);
        return requests == 0 ? 1 : 1 - Math.Pow(1 - confidence, 1.0 / requests);
    }

    /// <summary>A metric of one replication of a workload.</summary>
    internal static double ValueOf(ObjectiveMetric metric, WorkloadRecord record) => metric switch
    {
        ObjectiveMetric.LatencyMean => (double)record.LatencySumNs / record.Succeeded / 1e6,
        ObjectiveMetric.LatencyP50 => record.LatencyNs.GetValueAtPercentile(50) / 1e6,
        ObjectiveMetric.LatencyP90 => record.LatencyNs.GetValueAtPercentile(90) / 1e6,
        ObjectiveMetric.LatencyP95 => record.LatencyNs.GetValueAtPercentile(95) / 1e6,
        ObjectiveMetric.LatencyP99 => record.LatencyNs.GetValueAtPercentile(99) / 1e6,
        ObjectiveMetric.LatencyP999 => record.LatencyNs.GetValueAtPercentile(99.9) / 1e6,
        ObjectiveMetric.QueueMean => (double)record.StageSumsNs.Queue / record.Succeeded / 1e6,
        ObjectiveMetric.Errors => record.Requests == 0 ? 0 : (double)record.Failed.Total / record.Requests,
        ObjectiveMetric.CrossZone => record.Succeeded == 0 ? 0 : (double)record.CrossedZones / record.Succeeded,
        ObjectiveMetric.BusiestShare => Skew.BusiestShare(record),
        ObjectiveMetric.IdleBackends => Skew.IdleBackends(record),
        _ => throw new System.Diagnostics.UnreachableException($"metric {metric}"),
    };
}
