using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads objectives, which say that a metric stays below a limit: <c>latency.p99 &lt; 50ms</c>. They are the same in a Scenario, in a Plan and on the command line.</summary>
public static partial class ObjectiveReader
{
    private const string Example = "latency.p99 < 50ms, errors < 0.1% or workloads.checkout.latency.p95 < 20ms";

    /// <summary>Reads one objective of the command line.</summary>
    /// <param name="text">The objective.</param>
    /// <param name="option">The option that holds it, for messages.</param>
    /// <param name="problems">What is wrong with it is added here.</param>
    /// <returns>The objective; null where it is none.</returns>
    public static WantedObjective? Read(string text, string option, ICollection<Problem> problems) => Read(text, SourcePosition.Of(option), "", problems);

    /// <summary>Reads the objectives of a document.</summary>
    internal static ImmutableArray<WantedObjective> Read(Fields spec)
    {
        ImmutableArray<WantedObjective> objectives = [.. spec.Values("objectives").Select(item => Read(item.Scalar.Text, item.Scalar.Position, item.Path, spec.Problems)).OfType<WantedObjective>()];
        foreach (WantedObjective twice in objectives.GroupBy(wanted => wanted.Objective.Text, StringComparer.Ordinal).SelectMany(same => same.Skip(1)))
            spec.Problems.Add(new Problem(Severity.Error, "duplicate-objective", twice.Position, twice.Field, $"The objective \"{twice.Objective.Text}\" is named twice", "remove one of them"));
        return objectives;
    }

    private static WantedObjective? Read(string text, SourcePosition position, string field, ICollection<Problem> problems)
    {
        WantedObjective? Refuse(string message, string help)
        {
            problems.Add(new Problem(Severity.Error, "no-objective", position, field, message, help));
            return null;
        }
        Match match = ObjectivePattern().Match(text);
        if (!match.Success)
            return Refuse($"\"{text}\" is no objective, which is a metric below a limit", Example);
        (string? workload, string name) = ObjectiveMetrics.Split(match.Groups["subject"].Value);
        string limit = match.Groups["limit"].Value;
        if (ObjectiveMetrics.Find(name) is not { } metric)
            return Refuse($"\"{text}\" is no objective: there is no metric \"{name}\"", Near(name) + $"metrics are {string.Join(", ", ObjectiveMetrics.Names)}");
        if (match.Groups["sign"].Value != "<")
            return Refuse($"\"{text}\" is no objective: a metric is to stay below its limit", $"{match.Groups["subject"].Value.Trim()} < {limit}");
        ObjectiveUnit unit = ObjectiveMetrics.UnitOf(metric);
        if (!TryParse(limit, unit, out double value))
            return Refuse($"The limit of \"{text}\" must be {Wanted(unit)}", Missing(limit, unit));
        return new WantedObjective(new Objective(text.Trim(), workload, metric, value), position, field);
    }

    /// <summary>Reads an amount in the unit of a metric, above 0; times in milliseconds.</summary>
    /// <param name="text">The amount, for example 50ms, 0.1% or 300.</param>
    /// <param name="unit">The unit.</param>
    /// <param name="value">The amount.</param>
    public static bool TryParse(string text, ObjectiveUnit unit, out double value)
    {
        bool isRead = unit switch
        {
            ObjectiveUnit.Time => Quantities.TryParseDuration(text, out value),
            ObjectiveUnit.Share => Quantities.TryParseShare(text, out value) && value <= 1,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value),
        };
        if (unit == ObjectiveUnit.Time)
            value /= 1e6;
        return isRead && value > 0;
    }

    /// <summary>What an amount of a unit looks like.</summary>
    /// <param name="unit">The unit.</param>
    public static string Wanted(ObjectiveUnit unit) => unit switch
    {
        ObjectiveUnit.Time => "a time such as 50ms, above 0",
        ObjectiveUnit.Share => "a share such as 0.1%, above 0 and at most 100%",
        ObjectiveUnit.Money => "an amount such as 300, above 0",
        ObjectiveUnit.Backends => "a number such as 1, above 0",
        _ => throw new System.Diagnostics.UnreachableException($"unit {unit}"),
    };

    private static string Missing(string limit, ObjectiveUnit unit)
    {
        bool isNumber = double.TryParse(limit, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && number > 0;
        return !isNumber || unit is ObjectiveUnit.Money or ObjectiveUnit.Backends ? Example
            : unit == ObjectiveUnit.Time ? $"the unit is missing: {limit}ms, {limit}us or {limit}s" : $"the unit is missing: {limit}%";
    }

    private static string Near(string name) => Spelling.Nearest(name, ObjectiveMetrics.Names) is { } near ? $"did you mean \"{near}\"? " : "";

    [GeneratedRegex(@"^(?<subject>[^<>=]+?)\s*(?<sign><=|>=|<|>|=)\s*(?<limit>[^<>=\s]+)\s*$")]
    private static partial Regex ObjectivePattern();
}
