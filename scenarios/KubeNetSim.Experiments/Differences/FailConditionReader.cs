using System.Globalization;
using System.Text.RegularExpressions;

namespace KubeNetSim.Experiments.Differences;

/// <summary>Reads what must not happen: <c>latency.p99 &gt; +10%</c>, <c>checkout: errors &gt; +0.1pp</c>, <c>latency.mean &gt; +5ms</c>, <c>any-loss</c>.</summary>
public static partial class FailConditionReader
{
    private const string Example = "latency.p99 > +10%, errors > +0.1pp, workloads.checkout.latency.mean > +5ms or any-loss";

    /// <summary>Reads it; null, and why, where it is none.</summary>
    /// <param name="text">The condition.</param>
    /// <param name="why">What is wrong, and what would be right.</param>
    public static FailCondition? Read(string text, out string why)
    {
        why = "";
        if (text.Trim() == FailCondition.AnyLoss)
            return new FailCondition(FailCondition.AnyLoss, null, "errors", 0, IsRelative: false);
        Match match = ConditionPattern().Match(text);
        if (!match.Success)
            return Refuse($"'{text}' is no condition: write {Example}", out why);
        (string? workload, string name) = ObjectiveMetrics.Split(match.Groups["subject"].Value);
        if (ObjectiveMetrics.Find(name) is not { } metric)
            return Refuse($"'{text}': there is no metric '{name}'; there are {string.Join(", ", ObjectiveMetrics.Names)}", out why);
        ObjectiveUnit unit = ObjectiveMetrics.UnitOf(metric);
        string known = ObjectiveMetrics.Names.First(other => ObjectiveMetrics.Find(other) == metric);
        string limit = match.Groups["limit"].Value;
        if (limit.EndsWith("pp", StringComparison.Ordinal) && unit == ObjectiveUnit.Share && Number(limit[..^2]) is { } points)
            return new FailCondition(text.Trim(), workload, known, points / 100, IsRelative: false);
        if (limit.EndsWith('%') && Number(limit[..^1]) is { } percent)
            return new FailCondition(text.Trim(), workload, known, percent / 100, IsRelative: true);
        if (unit != ObjectiveUnit.Share && (limit == "0" || ObjectiveReader.TryParse(limit, unit, out _)))
            return new FailCondition(text.Trim(), workload, known, limit != "0" && ObjectiveReader.TryParse(limit, unit, out double amount) ? amount : 0, IsRelative: false);
        return Refuse($"'{text}': the limit must be a growth such as +10%{(unit == ObjectiveUnit.Share ? " of the old value, or +0.1pp (percentage points)" : unit == ObjectiveUnit.Time ? " or +5ms" : " or +5")}", out why);
    }

    private static FailCondition? Refuse(string message, out string why)
    {
        why = message;
        return null;
    }

    private static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) ? number : null;

    [GeneratedRegex(@"^(?<subject>[^<>=]+?)\s*>\s*\+\s*(?<limit>[^<>=\s]+)\s*$")]
    private static partial Regex ConditionPattern();
}
