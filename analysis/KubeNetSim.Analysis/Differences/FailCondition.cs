using System.Collections.Immutable;
using System.Diagnostics;

namespace KubeNetSim.Analysis.Differences;

/// <summary>What makes a change unacceptable: a metric that grows by more than a limit, or requests that are lost.</summary>
/// <param name="Text">As written, for example <c>latency.p99 &gt; +10%</c> or <c>any-loss</c>.</param>
/// <param name="Workload">For which workload; null for each of them.</param>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Limit">It may grow by so much, in the unit of the metric, or as a share of its old value.</param>
/// <param name="IsRelative">Whether it is a share of the old value.</param>
public sealed record FailCondition(string Text, string? Workload, string Metric, double Limit, bool IsRelative)
{
    /// <summary>Requests that are lost after the change and were not before.</summary>
    public const string AnyLoss = "any-loss";

    /// <summary>Judges it.</summary>
    /// <param name="changes">How the metrics differ.</param>
    public ConditionResult Judge(IReadOnlyCollection<MetricChange> changes) => changes.Where(change => change.Metric == Metric && (Workload is null || change.Workload == Workload))
        .Select(JudgeOne).OrderByDescending(result => result.State switch { "failed" => 2, "not certain" => 1, _ => 0 }).First();

    private ConditionResult JudgeOne(MetricChange change)
    {
        string of = change.Workload is { } name ? $", {name}" : "";
        if (change.Old is not null && change.New is null)
            return new ConditionResult(Text, "failed", $"there is no steady state, or no answer, any more{of}");
        if (change.Difference is not { } difference)
            return new ConditionResult(Text, "passed", $"there is nothing to compare{of}");
        // Growth from nothing is more than any part of it.
        bool fromNothing = IsRelative && change.Relative is null;
        bool isRelative = IsRelative && !fromNothing;
        double grown = isRelative ? change.Relative!.Value : difference;
        double limit = fromNothing ? 0 : Limit;
        (double Low, double High)? interval = (isRelative ? change.RelativeCi95 ?? Scaled(change) : change.Ci95) is { } bounds ? (bounds[0], bounds[1]) : null;
        string Show(double value) => isRelative ? MetricChange.ShowRelative(value) : change.ShowDifference(value);
        string said = $"{change.Show(change.Old)} before, {change.Show(change.New)} after: {Show(grown)}{(interval is { } ends ? $" ({Show(ends.Low)} to {Show(ends.High)})" : "")}{of}";
        // Both sides drew the same random numbers: what fails where nothing failed before fails by the change.
        if (Text == AnyLoss && change is { Old: 0, New: > 0 })
            return new ConditionResult(Text, "failed", said);
        string state = interval is not { } known ? grown > limit ? "not certain" : "passed" : known.Low > limit ? "failed" : known.High > limit && grown > limit ? "not certain" : "passed";
        return new ConditionResult(Text, state, said);
    }

    private static ImmutableArray<double>? Scaled(MetricChange change) => change is { Ci95: [var low, var high], Old: { } old and > 0 } ? [low / old, high / old] : null;
}

/// <summary>What became of a condition.</summary>
/// <param name="Condition">As written.</param>
/// <param name="State"><c>passed</c>, <c>failed</c>, or <c>not certain</c> where the interval of the growth holds the limit.</param>
/// <param name="Why">What was measured.</param>
public sealed record ConditionResult(string Condition, string State, string Why)
{
    /// <summary>The state in letters that stand out, one width for all.</summary>
    internal string Mark => State switch { "passed" => "ok", "failed" => "FAIL", "not certain" => "not certain", _ => throw new UnreachableException(State) };
}
