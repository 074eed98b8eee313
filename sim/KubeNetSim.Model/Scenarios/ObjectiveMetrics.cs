using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics;

namespace KubeNetSim.Model.Scenarios;

/// <summary>In what a metric of an objective is counted.</summary>
public enum ObjectiveUnit
{
    /// <summary>Milliseconds.</summary>
    Time,

    /// <summary>A share, 0 to 1.</summary>
    Share,

    /// <summary>Money a month, in the currency of the price sheet.</summary>
    Money,

    /// <summary>A number of backends.</summary>
    Backends,
}

/// <summary>The names by which scenarios, plans and command lines call metrics.</summary>
public static class ObjectiveMetrics
{
    private static readonly FrozenDictionary<string, ObjectiveMetric> ByName = new Dictionary<string, ObjectiveMetric>(StringComparer.Ordinal)
    {
        ["latency.mean"] = ObjectiveMetric.LatencyMean,
        ["latency.p50"] = ObjectiveMetric.LatencyP50,
        ["latency.p90"] = ObjectiveMetric.LatencyP90,
        ["latency.p95"] = ObjectiveMetric.LatencyP95,
        ["latency.p99"] = ObjectiveMetric.LatencyP99,
        ["latency.p99.9"] = ObjectiveMetric.LatencyP999,
        ["queue.mean"] = ObjectiveMetric.QueueMean,
        ["errors"] = ObjectiveMetric.Errors,
        ["crossZone"] = ObjectiveMetric.CrossZone,
        ["busiestShare"] = ObjectiveMetric.BusiestShare,
        ["idleBackends"] = ObjectiveMetric.IdleBackends,
        ["cost"] = ObjectiveMetric.Cost,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<string, string> OtherNames = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["latency.p999"] = "latency.p99.9",
        ["cost.monthly"] = "cost",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The names, in the order of the metrics.</summary>
    public static ImmutableArray<string> Names { get; } = [.. ByName.OrderBy(pair => pair.Value).Select(pair => pair.Key)];

    /// <summary>The metric of a name; null where there is none.</summary>
    /// <param name="name">The name; <c>latency.p999</c> and <c>cost.monthly</c> are names, too.</param>
    public static ObjectiveMetric? Find(string name) =>
        ByName.TryGetValue(OtherNames.GetValueOrDefault(name, name), out ObjectiveMetric metric) ? metric : null;

    /// <summary>The unit of a metric.</summary>
    public static ObjectiveUnit UnitOf(ObjectiveMetric metric) => metric switch
    {
        >= ObjectiveMetric.LatencyMean and <= ObjectiveMetric.QueueMean => ObjectiveUnit.Time,
        ObjectiveMetric.Errors or ObjectiveMetric.CrossZone or ObjectiveMetric.BusiestShare => ObjectiveUnit.Share,
        ObjectiveMetric.Cost => ObjectiveUnit.Money,
        ObjectiveMetric.IdleBackends => ObjectiveUnit.Backends,
        _ => throw new UnreachableException($"metric {metric}"),
    };

    /// <summary>A workload and a metric, as <c>latency.p99</c>, <c>workloads.checkout.latency.p99</c> and <c>checkout: latency.p99</c> name them.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The name of the workload, null for each of them, and what remains for the metric: a name of one, or not.</returns>
    public static (string? Workload, string Metric) Split(string text)
    {
        const string Prefix = "workloads";
        text = text.Trim();
        int colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0)
            return (text[..colon].Trim(), text[(colon + 1)..].Trim());
        if (!text.StartsWith(Prefix, StringComparison.Ordinal) || text.Length < Prefix.Length + 2)
            return (null, text);
        string rest = text[(Prefix.Length + 1)..];
        if (text[Prefix.Length] == '[' && rest.IndexOf("].", StringComparison.Ordinal) is > 0 and var end)
            return (rest[..end], rest[(end + 2)..]);
        // Names of workloads may have dots; the longest name of a metric at the end wins.
        string? known = Names.Concat(OtherNames.Keys).Where(name => rest.EndsWith($".{name}", StringComparison.Ordinal)).MaxBy(name => name.Length);
        if (text[Prefix.Length] != '.')
            return (null, text);
        int dot = known is null ? rest.IndexOf('.', StringComparison.Ordinal) : rest.Length - known.Length - 1;
        return dot > 0 ? (rest[..dot], rest[(dot + 1)..]) : (null, text);
    }
}
