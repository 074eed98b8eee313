using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Differences;

/// <summary>
/// How the metrics of two runs differ. Both draw the same random numbers, so that replications are compared in pairs (Law, Simulation Modeling and Analysis, 5th edition,
/// section 10.2.1); runs of other seeds by Welch's interval.
/// </summary>
public static class MetricChanges
{
    // A thousandth of the old value.
    private const double Negligible = 0.001;

    /// <summary>Every metric of every workload that both runs have, and the costs.</summary>
    public static ImmutableArray<MetricChange> Of(MeasuredRun old, MeasuredRun other)
    {
        bool isPaired = ComparisonReport.IsPaired(old.Results, other.Results);
        List<MetricChange> changes = [];
        foreach (WorkloadResult workload in old.Results.Workloads.Where(one => other.Results.Workloads.Any(two => two.Name == one.Name)))
            foreach ((string name, string unit, Func<WorkloadRecord, double> of) in Metrics())
                changes.Add(Compare(workload.Name, name, unit, old.Of(workload.Name, unit, of), other.Of(workload.Name, unit, of), isPaired));
        if (old.Results.Cost is { MonthlyByReplication: { } before } cost && other.Results.Cost is { MonthlyByReplication: { } after } && cost.Currency == other.Results.Cost.Currency)
            changes.Add(Compare(null, "cost", ObjectiveFormat.NameOf(ObjectiveUnit.Money), [.. before], [.. after], isPaired) with { Old = cost.Monthly, New = other.Results.Cost.Monthly });
        return [.. changes];
    }

    private static IEnumerable<(string Name, string Unit, Func<WorkloadRecord, double> Of)> Metrics() =>
    [
        .. ObjectiveMetrics.Names.Where(name => name != "cost").Select(name => (name, ObjectiveMetrics.Find(name)!.Value))
            .Select(pair => (pair.name, ObjectiveFormat.NameOf(ObjectiveMetrics.UnitOf(pair.Value)), (Func<WorkloadRecord, double>)(record => ObjectiveJudge.ValueOf(pair.Value, record)))),
        ("crossNode", "share", record => (double)record.CrossedNodes / record.Succeeded),
        ("hops", "hops", record => (double)record.Hops / record.Succeeded),
    ];

    private static MetricChange Compare(string? workload, string metric, string unit, double[]? before, double[]? after, bool isPaired)
    {
        double? Mean(double[]? values) => values is null ? null : values.Average();
        if (before is null || after is null)
            return new MetricChange(workload, metric, unit, Mean(before), Mean(after), null, null, null, null, before is null == after is null ? "not shown" : after is null ? "worse" : "better");
        int common = Math.Min(before.Length, after.Length);
        Difference difference = isPaired ? Difference.Paired(before[..common], after[..common]) : Difference.Welch(before, after);
        ConfidenceInterval? relative = before.All(value => value > 0) && isPaired
            ? ConfidenceInterval.OfMean([.. before[..common].Zip(after[..common], (one, two) => two / one - 1)]) : null;
        return new MetricChange(
            workload, metric, unit, Mean(before), Mean(after), difference.Mean, Ends(difference.Interval),
            before.Average() > 0 ? after.Average() / before.Average() - 1 : null, Ends(relative),
            !difference.IsShown ? "not shown" : IsNegligible(before, difference.Mean) ? "negligible" : difference.Mean < 0 ? "better" : "worse");
    }

    // Pairs of equal random numbers show differences of nanoseconds, which nobody feels.
    private static bool IsNegligible(double[] before, double difference) => before.Average() is var old && old > 0 && Math.Abs(difference) < Negligible * old;

    private static ImmutableArray<double>? Ends(ConfidenceInterval? interval) => interval is { } known ? [known.Lower, known.Upper] : null;
}

/// <summary>A run, and what each of its replications measured.</summary>
/// <param name="Results">The results.</param>
/// <param name="Replications">The replications.</param>
public sealed record MeasuredRun(RunResults Results, ImmutableArray<ReplicationRecord> Replications)
{
    /// <summary>A metric of each replication; null where one has none, or where a queue grows as long as the run lasts.</summary>
    internal double[]? Of(string workload, string unit, Func<WorkloadRecord, double> of)
    {
        int place = Results.Workloads.ToList().FindIndex(result => result.Name == workload);
        // An empty histogram has no percentile.
        if (unit == "ms" && (Results.Unstable.Any(station => station.Workloads.Contains(workload)) || Replications.Any(record => record.Workloads[place].Succeeded == 0)))
            return null;
        double[] values = [.. Replications.OrderBy(record => record.Replication).Select(record => of(record.Workloads[place]))];
        return values.Any(value => !double.IsFinite(value)) ? null : values;
    }
}
