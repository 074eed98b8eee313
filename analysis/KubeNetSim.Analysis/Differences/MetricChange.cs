using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeNetSim.Analysis.Differences;

/// <summary>A metric of a workload before and after a change; of all of them where <paramref name="Workload"/> is null.</summary>
/// <param name="Workload">Name of the workload.</param>
/// <param name="Metric">Name of the metric, as objectives have it, or <c>hops</c> and <c>crossNode</c>.</param>
/// <param name="Unit"><c>ms</c>, <c>share</c>, <c>money</c>, <c>backends</c> or <c>hops</c>.</param>
/// <param name="Old">Mean of the replications before; null where there is none, since a queue grows or nothing is answered.</param>
/// <param name="New">The same after.</param>
/// <param name="Difference">New less old.</param>
/// <param name="Ci95">95% interval of the difference, lower and upper end; null where there is none.</param>
/// <param name="Relative">The difference over the old value; null where that is 0.</param>
/// <param name="RelativeCi95">Its 95% interval.</param>
/// <param name="Verdict"><c>better</c>, <c>worse</c>, <c>not shown</c> where the interval holds 0, or <c>negligible</c> below a thousandth of the old value.</param>
public sealed record MetricChange(
    string? Workload, string Metric, string Unit, double? Old, double? New, double? Difference, ImmutableArray<double>? Ci95, double? Relative,
    ImmutableArray<double>? RelativeCi95, string Verdict)
{
    /// <summary>Whether there is a difference beyond chance that matters.</summary>
    [JsonIgnore]
    public bool IsShown => Verdict is "better" or "worse";

    /// <summary>A value in its unit.</summary>
    internal string Show(double? value) => value is not { } known ? "none" : Unit == "hops" ? Format.Digits(known) : ObjectiveFormat.Show(Unit, known);

    /// <summary>A difference in its unit, with its sign; of shares in percentage points, since a percentage would be taken for a part of the old value.</summary>
    internal string ShowDifference(double value)
    {
        string sign = value < 0 ? "-" : "+";
        return Unit == "share" ? $"{sign}{Format.Significant(100 * Math.Abs(value))}pp" : sign + Show(Math.Abs(value));
    }

    /// <summary>A relative difference, with its sign.</summary>
    internal static string ShowRelative(double share) => $"{(share < 0 ? "-" : "+")}{Format.Significant(100 * Math.Abs(share))}%";
}
