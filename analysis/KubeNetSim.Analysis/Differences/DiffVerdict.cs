using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Differences;

/// <summary>What a change does, in a few words: failures before latency, then the client's address, then money.</summary>
public static class DiffVerdict
{
    // By these a change is judged; hops and shares only explain them.
    private static readonly string[] Decisive = ["errors", "latency.mean", "latency.p99", "cost"];

    private const int MostNamed = 3;

    /// <summary><c>better</c>, <c>worse</c>, <c>better and worse</c>, or <c>no difference shown</c>.</summary>
    public static string Of(IReadOnlyCollection<MetricChange> changes)
    {
        string[] verdicts = [.. changes.Where(change => Decisive.Contains(change.Metric) && change.IsShown).Select(change => change.Verdict).Distinct().Order(StringComparer.Ordinal)];
        return verdicts.Length == 0 ? "no difference shown" : string.Join(" and ", verdicts);
    }

    /// <summary>The sentences.</summary>
    /// <param name="changes">How metrics differ.</param>
    /// <param name="routes">How routes differ.</param>
    /// <param name="currency">Of the costs; empty where there are none.</param>
    public static ImmutableArray<string> Sentences(IReadOnlyCollection<MetricChange> changes, IReadOnlyCollection<DiffFact> routes, string currency)
    {
        List<string> sentences = [];
        foreach (MetricChange change in Largest(changes, "errors"))
            sentences.Add($"{change.Workload}: {change.Show(change.New)} of the requests fail, {change.Show(change.Old)} before.");
        foreach (MetricChange change in Largest(changes, "latency.mean"))
            sentences.Add(change.New is null ? $"{change.Workload}: there is no steady state, or no answer, any more."
                : change.Old is null ? $"{change.Workload}: requests are answered in a steady state now, in {change.Show(change.New)} on average."
                : $"{change.Workload}: a request takes {change.Show(change.New)} on average instead of {change.Show(change.Old)} ({MetricChange.ShowRelative(change.Relative ?? 0)}).");
        foreach (DiffFact route in routes.Where(route => route.What == "client's address").Take(MostNamed))
            sentences.Add($"{route.Subject}: the client's address is {route.New} now, and was {route.Old}.");
        foreach (MetricChange change in changes.Where(change => change is { Metric: "cost", IsShown: true }))
            sentences.Add($"The bill of a month {(change.Difference > 0 ? "rises" : "falls")} from {currency} {change.Show(change.Old)} to {change.Show(change.New)}.");
        if (sentences.Count == 0)
            sentences.Add("Latency, failures and costs do not differ beyond chance.");
        return [.. sentences];
    }

    private static IEnumerable<MetricChange> Largest(IEnumerable<MetricChange> changes, string metric) => changes.Where(change => change.Metric == metric && change.IsShown)
        .OrderByDescending(change => change.Relative is { } relative ? Math.Abs(relative) : double.PositiveInfinity).Take(MostNamed);
}
