namespace KubeNetSim.Analysis.Differences;

/// <summary>Prints what a change does: a verdict, then tables.</summary>
public static class DiffReport
{
    // Worth a line in a workload that changes, also where they do not.
    private static readonly string[] Always = ["errors", "latency.mean", "latency.p99", "cost"];

    /// <summary>Writes it for a terminal.</summary>
    public static void Write(TextWriter writer, DiffResult result)
    {
        writer.Write($"{Title(result)}\n");
        foreach (string sentence in result.Summary)
            writer.Write($"  {sentence}\n");
        foreach (TextTable table in (TextTable[])[Metrics(result), Facts("CLUSTER", result.Cluster), Facts("ROUTES", result.Routes), Objects(result)])
            if (!table.IsEmpty)
            {
                writer.Write("\n");
                table.Write(writer);
            }
        writer.Write($"\n{Unchanged(result)}{How(result)}\n");
        foreach (ConditionResult condition in result.Conditions)
            writer.Write($"{condition.Mark,-11}  {condition.Condition}: {condition.Why}\n");
    }

    internal static string Title(DiffResult result) => $"{result.Old} -> {result.New}: {result.Verdict}";

    /// <summary>The workloads of which nothing differs, in a sentence; empty where there is none.</summary>
    internal static string Unchanged(DiffResult result)
    {
        string[] names = [.. result.Metrics.GroupBy(change => change.Workload).Where(changes => changes.Key is not null && !changes.Any(change => change.IsShown)).Select(changes => changes.Key!)];
        return names.Length == 0 ? "" : $"Unchanged: {string.Join(", ", names)}. ";
    }

    internal static string How(DiffResult result) => result.Replications > 1
        ? $"{result.Replications} replications of both, with the same random numbers (seed {result.Seed}). One 95% interval in twenty errs by chance."
        : "One replication shows nothing of chance: run several to compare.";

    internal static TextTable Metrics(DiffResult result, bool all = false)
    {
        string?[] changed = [.. result.Metrics.Where(change => change.IsShown).Select(change => change.Workload).Distinct()];
        TextTable table = new("WORKLOAD", "METRIC", "OLD>", "NEW>", "DIFFERENCE>", "95% INTERVAL>", "VERDICT");
        foreach (MetricChange change in result.Metrics.Where(change => all || change.IsShown || Always.Contains(change.Metric) && changed.Contains(change.Workload)))
            table.Add(
                change.Workload ?? "(all)", change.Metric, change.Show(change.Old), change.Show(change.New),
                change.Difference is { } difference ? change.ShowDifference(difference) + (change.Relative is { } relative && change.Unit != "share" ? $" ({MetricChange.ShowRelative(relative)})" : "") : "-",
                change.Ci95 is [var low, var high] ? $"{change.ShowDifference(low)} to {change.ShowDifference(high)}" : "-", change.Verdict);
        return table;
    }

    internal static TextTable Facts(string subject, IEnumerable<DiffFact> facts)
    {
        TextTable table = new(subject, "WHAT", "OLD", "NEW");
        foreach (DiffFact fact in facts)
            table.Add(fact.Subject, fact.What, fact.Old, fact.New);
        return table;
    }

    internal static TextTable Objects(DiffResult result)
    {
        TextTable table = new("OBJECT", "FIELD", "OLD", "NEW");
        foreach (DiffObject change in result.Objects)
            table.Add(change.Object, change.Field.Length > 0 ? change.Field : $"({change.Change})", change.Old ?? "-", change.New ?? "-");
        return table;
    }
}
