using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Objectives;

/// <summary>The objectives of a run: judged, and printed with a line each.</summary>
public static class RunObjectives
{
    // Two one-sided bounds with 97.5% each are a 95% interval.
    private const double OneSided = 0.975;

    /// <summary>Judges objectives by the 95% intervals of their metrics.</summary>
    /// <param name="objectives">What must hold.</param>
    /// <param name="results">The combined results, with their costs.</param>
    /// <param name="replications">What each replication measured.</param>
    public static ImmutableArray<ObjectiveOutcome> Judge(
        IEnumerable<Objective> objectives, RunResults results, ImmutableArray<ReplicationRecord> replications) =>
        [.. objectives.Select(objective => Describe(ObjectiveJudge.Judge(objective, results, replications, OneSided)))];

    /// <summary>A line for each: what became of it, what was measured, its interval, and the workload that comes off worst.</summary>
    public static IEnumerable<string> Lines(RunResults results)
    {
        int width = results.Objectives.Select(outcome => outcome.Objective.Length).DefaultIfEmpty().Max();
        return results.Objectives.Select(outcome => $"{State(outcome),-11}  {outcome.Objective.PadRight(width)}  {Measured(results, outcome)}");
    }

    /// <summary><c>met</c>, <c>missed</c> or <c>not certain</c>.</summary>
    internal static string State(ObjectiveOutcome outcome) => outcome.Met switch { true => "met", false => "missed", null => "not certain" };

    /// <summary>What was measured, in words.</summary>
    internal static string Measured(RunResults results, ObjectiveOutcome outcome)
    {
        string Show(double value) => ObjectiveFormat.Show(outcome.Unit, value);
        string currency = outcome.Unit == "money" ? $"{results.Cost?.Currency} " : "";
        string value = outcome.Value is { } known ? currency + Show(known)
            : outcome.Met == false ? "no steady state: a queue grows, or nothing is answered" : "a replication has no answer";
        string interval = outcome.Ci95 is [var low, var high] ? $" ({Show(Math.Max(0, low))} to {Show(high)})"
            : outcome.Value is not null && results.Replications == 1 ? " (one replication has no interval: run at least 5)" : "";
        return $"{value}{interval}{(outcome.Workload is { } name && results.Workloads.Length > 1 && !outcome.Objective.Contains(name, StringComparison.Ordinal) ? $", {name}" : "")}";
    }

    private static ObjectiveOutcome Describe(ObjectiveResult result)
    {
        bool hasInterval = double.IsFinite(result.Lower) && double.IsFinite(result.Upper);
        return new ObjectiveOutcome(
            result.Objective.Text,
            result.State switch { ObjectiveState.Met => true, ObjectiveState.Missed => false, _ => null },
            double.IsFinite(result.Value) ? result.Value : null,
            hasInterval ? [result.Lower, result.Upper] : null,
            ObjectiveFormat.NameOf(ObjectiveMetrics.UnitOf(result.Objective.Metric)), result.Objective.Limit, result.Workload);
    }
}
