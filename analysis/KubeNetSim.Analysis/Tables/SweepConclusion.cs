using System.Collections.Immutable;

namespace KubeNetSim.Analysis;

/// <summary>What a sweep shows, in a sentence for each metric, drawn from the figures alone.</summary>
internal static class SweepConclusion
{
    private const int MostSeries = 5;

    /// <summary>One sentence for each metric that is drawn and has values, and one on points that have no steady state.</summary>
    public static IEnumerable<string> Sentences(SweepTable table, SweepDescription description)
    {
        SweepNumbers?[] numbers = [.. Enumerable.Range(0, table.Axes.Length).Select(axis => SweepNumbers.Of(table, axis))];
        int along = Array.FindIndex(numbers, axis => axis is not null);
        foreach (string name in description.Metrics)
        {
            SweepMeans means = SweepMeans.Of(table, SweepMetric.All.ToList().FindIndex(metric => metric.Name == name));
            if (means.All.IsEmpty)
                continue;
            (ImmutableArray<SweepSeries> series, bool isSample) = along < 0 ? ([], true) : SweepSeries.Along(table, means, numbers, along);
            yield return isSample || series.Length > MostSeries || series.Any(line => line.Points.Length < 2)
                ? Extremes(table, means) : Growth(table.Axes[along], means, series, along);
        }
        int unstable = table.Points.Count(point => !point.IsStable);
        if (unstable > 0)
            yield return $"At {unstable} of {table.Points.Length} points a pod or node is offered more than it can do: its queue grows without end, and there is no latency.";
    }

    private static string Growth(string axis, SweepMeans means, ImmutableArray<SweepSeries> series, int along)
    {
        SweepSeries from = series.MinBy(line => line.Points[0].X)!;
        SweepSeries to = series.MaxBy(line => line.Points[^1].X)!;
        IEnumerable<string> changes = series.GroupBy(Change).OrderByDescending(group => group.Key).Select(group =>
            Verb(group.Key) + List([.. group.Select(line => Phrase(line, group.Key, means.Unit, EndOf(line.Points[0], from.Points[0].X), EndOf(line.Points[^1], to.Points[^1].X)))]));
        return $"From {axis} {from.Points[0].Mean.Point.Values[along]} to {to.Points[^1].Mean.Point.Values[along]}, the {Lower(means.Subject)} {string.Join("; it ", changes)}.";

        // A line may begin later and end earlier than others, where it has no steady state.
        string EndOf((double X, SweepMean Mean) end, double usual) => end.X == usual ? "" : $" (at {end.Mean.Point.Values[along]})";
    }

    private static string List(string[] phrases) =>
        phrases.Length == 1 ? phrases[0] : $"{string.Join(",", phrases[..^1])} and{phrases[^1]}";

    // 1 where it rises beyond chance, -1 where it falls, 0 where the intervals at both ends overlap.
    private static int Change(SweepSeries line) =>
        line.Points[^1].Mean.Low > line.Points[0].Mean.High ? 1 : line.Points[^1].Mean.High < line.Points[0].Mean.Low ? -1 : 0;

    private static string Verb(int change) => change switch { > 0 => "rises", < 0 => "falls", _ => "does not change beyond chance" };

    private static string Phrase(SweepSeries line, int change, string unit, string atFirst, string atLast)
    {
        double first = line.Points[0].Mean.Mean;
        double last = line.Points[^1].Mean.Mean;
        string with = line.Name.Length > 0 ? $" with {line.Name}" : "";
        if (change == 0)
            return $"{with} ({Format.Significant(last)}{unit})";
        string factor = change > 0 && first > 0 && last / first >= 2 ? $", {Format.Amount(last / first)} times as much" : "";
        return $"{with} from {Format.Significant(first)}{unit}{atFirst} to {Format.Significant(last)}{unit}{atLast}{factor}";
    }

    private static string Extremes(SweepTable table, SweepMeans means)
    {
        SweepMean least = means.All.MinBy(mean => mean.Mean)!;
        SweepMean most = means.All.MaxBy(mean => mean.Mean)!;
        return least.High >= most.Low
            ? $"The {Lower(means.Subject)} does not differ beyond chance between the settings: {Format.Significant(least.Mean)} to {Format.Significant(most.Mean)}{means.Unit}."
            : $"The {Lower(means.Subject)} goes from {Format.Significant(least.Mean)}{means.Unit} with {Name(least)} to {Format.Significant(most.Mean)}{means.Unit} with {Name(most)}.";

        string Name(SweepMean mean) => mean.Name(table, Enumerable.Range(0, table.Axes.Length));
    }

    private static string Lower(string subject) => char.ToLowerInvariant(subject[0]) + subject[1..];
}
