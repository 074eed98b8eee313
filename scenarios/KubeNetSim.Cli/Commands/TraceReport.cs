using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Cli.Commands;

/// <summary>Prints a trace: a line for each place that the request met, and below it a line for each rule that it met there.</summary>
internal static class TraceReport
{
    private static readonly TraceContext Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The trace for people.</summary>
    public static void Write(Trace trace, TextWriter output)
    {
        output.WriteLine($"{trace.From} -> {trace.To}");
        output.WriteLine();
        int width = trace.Steps.Select(step => Time(step.AtNs).Length).DefaultIfEmpty().Max();
        foreach (TraceStep step in trace.Steps)
            Write(step, width, output);
        output.WriteLine();
        output.WriteLine($"{trace.Outcome}, after {Time(trace.TotalNs)}");
        output.WriteLine();
        WritePaths(trace, output);
    }

    /// <summary>The trace for programs.</summary>
    public static string ToJson(Trace trace) => JsonSerializer.Serialize(trace, Json.Trace);

    private static void Write(TraceStep step, int width, TextWriter output)
    {
        string indent = new(' ', width + 4);
        output.WriteLine($"{Time(step.AtNs).PadLeft(width)}  {step.Place}: {step.What}{(step.TookNs > 0 ? $"  [{Time(step.TookNs)}]" : "")}");
        foreach (TraceRule rule in step.Rules)
        {
            string work = rule is { RulesCompared: 0, Lookups: 0, CostNs: 0 } ? "" : $"  [{string.Join(", ", Work(rule))}]";
            output.WriteLine($"{indent}{rule.Where}: {rule.Meaning}{work}");
            if (rule.Rule.Length > 0)
                output.WriteLine($"{indent}  {rule.Rule}");
        }
    }

    private static IEnumerable<string> Work(TraceRule rule)
    {
        if (rule.RulesCompared > 0)
            yield return rule.RulesCompared == 1 ? "1 rule" : $"{rule.RulesCompared} rules";
        if (rule.Lookups > 0)
            yield return rule.Lookups == 1 ? "1 look-up" : $"{rule.Lookups} look-ups";
        yield return Time(rule.CostNs);
    }

    private static void WritePaths(Trace trace, TextWriter output)
    {
        TextTable table = new("SHARE>", "PATHS THAT SUCH A REQUEST CAN TAKE");
        foreach (TracePath path in trace.Paths)
            table.Add((path.Share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%", path.Path);
        table.Write(output);
        if (trace.MorePaths > 0)
            output.WriteLine($"and {trace.MorePaths} more");
    }

    private static string Time(long nanoseconds) => nanoseconds < 1_000_000
        ? $"{(nanoseconds / 1e3).ToString("0.###", CultureInfo.InvariantCulture)} us"
        : $"{(nanoseconds / 1e6).ToString("#,##0.###", CultureInfo.InvariantCulture)} ms";
}

[JsonSerializable(typeof(Trace))]
internal sealed partial class TraceContext : JsonSerializerContext;
