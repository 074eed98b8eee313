using System.Globalization;

namespace KubeNetSim.Analysis.Tables;

/// <summary>Prints the results of a run as tables.</summary>
public static class RunReport
{
    private const int EnoughReplications = 5;

    /// <summary>Writes everything worth a look.</summary>
    public static void Write(TextWriter writer, RunResults results)
    {
        Head(writer, results);
        foreach (TextTable table in RunTables.All(results))
        {
            table.Write(writer);
            writer.Write("\n");
        }
        Footnotes(writer, results);
        foreach (string sentence in Conclusion.Sentences(results))
            writer.Write(sentence + "\n");
        if (!results.Objectives.IsEmpty)
            writer.Write("\n");
        foreach (string line in RunObjectives.Lines(results))
            writer.Write(line + "\n");
    }

    private static void Head(TextWriter writer, RunResults results)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        if (results.Question.Length > 0)
            writer.Write(results.Question + "\n\n");
        ClusterSize size = results.Cluster;
        writer.Write(string.Create(culture, $"{results.Scenario}: {size.Nodes} nodes, {size.Pods} pods, {size.Services:N0} Services, {results.ProxyMode}, cloud {results.Cloud}\n"));
        string warmup = results.WarmupSeconds > 0 ? string.Create(culture, $", the first {results.WarmupSeconds:0.###}s not measured{How(results)}") : "";
        writer.Write(string.Create(culture, $"{results.Replications} x {results.SimulatedSeconds:0.###}s simulated{warmup}, {results.Requests:N0} requests, seed {results.Seed}\n"));
        if (Incompleteness.Of(results) is { } incomplete)
            writer.Write($"INCOMPLETE: {incomplete}\n");
        if (Precision(results) is { } precision)
            writer.Write(precision + "\n");
        if (Replications(results) is { } few)
            writer.Write(few + "\n");
        writer.Write("\n");
    }

    /// <summary>What few replications mean for the intervals; null for five or more.</summary>
    internal static string? Replications(RunResults results) => results.Replications switch
    {
        1 => "1 replication: there are no confidence intervals. Run at least 5.",
        < EnoughReplications => $"Only {results.Replications} replications: the 95% intervals are wide, " +
            $"{Format.Digits(ConfidenceInterval.Quantile(0.95, results.Replications - 1))} standard errors each way. Run at least 5.",
        _ => null,
    };

    private static string How(RunResults results) => results.WarmupBy switch
    {
        "found" => " (found: MSER-5)",
        "half" => " (MSER-5 found no end of the warm-up in the first half: the run may be too short)",
        "default" => " (a tenth)",
        _ => "",
    };

    private static string? Precision(RunResults results)
    {
        if (results.Precision is not { } precision)
            return null;
        string asked = $"Mean latencies within ±{Format.Share(precision.Asked)}";
        return precision.Reached is not { } reached ? $"{asked} cannot be had: a workload has no mean"
            : reached <= precision.Asked ? $"{asked}: reached, ±{Format.Share(reached)} at worst"
            : $"{asked}: not reached with {results.Replications} replications, ±{Format.Share(reached)} at worst (run for longer, or allow more)";
    }

    private static void Footnotes(TextWriter writer, RunResults results)
    {
        foreach (string item in results.ClusterEvents.Take(10))
            writer.Write($"event: {item}\n");
        if (results.ClusterEvents.Length > 10)
            writer.Write($"event: ... and {results.ClusterEvents.Length - 10} more\n");
        if (results.Defaults.IsEmpty)
            return;
        writer.Write("Not said by the files, so assumed:\n");
        foreach (AssumptionResult taken in results.Defaults)
            writer.Write($"  {taken.What}: {taken.Value}\n");
        writer.Write("\n");
    }
}
