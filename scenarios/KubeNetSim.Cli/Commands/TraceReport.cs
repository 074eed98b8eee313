using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using KubeNetSim.Analysis;

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
        int width = Ns(trace.TotalNs).Length;
        foreach (TraceStep step in trace.Steps)
            Write(step, width, output);
        output.WriteLine();
        output.WriteLine($"{trace.Outcome}, after {Ns(trace.TotalNs)}");
        output.WriteLine();
        WriteWays(trace, output);
    }

    /// <summary>The trace for programs.</summary>
    public static string ToJson(Trace trace) => JsonSerializer.Serialize(trace, Json.Trace);

    private static void Write(TraceStep step, int width, TextWriter output)
    {
        string indent = new(' ', width + 4);
        output.WriteLine($"{Ns(step.AtNs).PadLeft(width)}  {step.Place}: {step.What}{(step.TookNs > 0 ? $"  [{Ns(step.TookNs)}]" : "")}");
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
        yield return Ns(rule.CostNs);
    }

    private static void WriteWays(Trace trace, TextWriter output)
    {
        TextTable table = new("SHARE>", "WAYS SUCH A REQUEST CAN TAKE");
        foreach (TracePath way in trace.Paths)
            table.Add((way.Share * 100).ToString("0.0", CultureInfo.InvariantCulture) + "%", way.Path);
        table.Write(output);
        if (trace.MoreWays > 0)
            output.WriteLine($"and {trace.MoreWays} more");
    }

    private static string Ns(long nanoseconds) => nanoseconds.ToString("N0", CultureInfo.InvariantCulture) + " ns";
}

[JsonSerializable(typeof(Trace))]
internal sealed partial class TraceContext : JsonSerializerContext;
