using System.Collections.Immutable;
using System.Diagnostics;

namespace KubeNetSim.Analysis.Tables;

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
        IEnumerable<string> changes = series.GroupBy(ChangeAlong).OrderByDescending(group => group.Key).Select(group => Verb(group.Key)
            + List([.. group.Select(line => Phrase(line, group.Key, means.Unit, EndOf(line.Points[0], from.Points[0].X), EndOf(line.Points[^1], to.Points[^1].X)))])
            + Reservation(group.Key, group.Count()));
        return $"From {axis} {from.Points[0].Mean.Point.Values[along]} to {to.Points[^1].Mean.Point.Values[along]}, the {Lower(means.Subject)} {string.Join("; it ", changes)}.";

        // A line may begin later and end earlier than others, where it has no steady state.
        string EndOf((double X, SweepMean Mean) end, double usual) => end.X == usual ? "" : $" (at {end.Mean.Point.Values[along]})";
    }

    private static string List(string[] phrases) =>
        phrases.Length == 1 ? phrases[0] : $"{string.Join(",", phrases[..^1])} and{phrases[^1]}";

    private static Change ChangeAlong(SweepSeries line) => ChangeBetween(line.Points[0].Mean, line.Points[^1].Mean, 0.95);

    private static Change ChangeBetween(SweepMean first, SweepMean last, double level)
    {
        Difference difference = Difference.Welch(first.Samples, last.Samples, level);
        return difference.Mean == 0 ? Change.None
            : difference.Interval is null ? Change.Unknown
            : !difference.IsShown ? Change.NotShown
            : difference.Mean > 0 ? Change.Rise : Change.Fall;
    }

    private static string Verb(Change change) => change switch
    {
        Change.Rise => "rises",
        Change.Fall => "falls",
        Change.None => "stays",
        Change.NotShown or Change.Unknown => "goes",
        _ => throw new UnreachableException($"change {change}"),
    };

    private static string Reservation(Change change, int count) => change switch
    {
        Change.NotShown => count == 1 ? ", a difference that chance can explain" : ", differences that chance can explain",
        Change.Unknown => ", and a single replication does not show whether this is chance",
        _ => "",
    };

    private static string Phrase(SweepSeries line, Change change, string unit, string atFirst, string atLast)
    {
        double first = line.Points[0].Mean.Mean;
        double last = line.Points[^1].Mean.Mean;
        string with = line.Name.Length > 0 ? $" with {line.Name}" : "";
        if (change == Change.None)
            return $"{with} at {Format.Significant(last)}{unit}";
        string factor = change == Change.Rise && first > 0 && last / first >= 2 ? $", {Format.Amount(last / first)} times as much" : "";
        return $"{with} from {Format.Significant(first)}{unit}{atFirst} to {Format.Significant(last)}{unit}{atLast}{factor}";
    }

    private static string Extremes(SweepTable table, SweepMeans means)
    {
        SweepMean least = means.All.MinBy(mean => mean.Mean)!;
        SweepMean most = means.All.MaxBy(mean => mean.Mean)!;
        // The two ends are chosen among all settings: Bonferroni over the pairs that they could have been.
        double pairs = Math.Max(1, means.All.Length * (means.All.Length - 1) / 2.0);
        Change change = ChangeBetween(least, most, 1 - 0.05 / pairs);
        return change == Change.None
            ? $"The {Lower(means.Subject)} is {Format.Significant(most.Mean)}{means.Unit} with every setting."
            : $"The {Lower(means.Subject)} goes from {Format.Significant(least.Mean)}{means.Unit} with {Name(least)} to {Format.Significant(most.Mean)}{means.Unit} with {Name(most)}{Reservation(change, 1)}.";

        string Name(SweepMean mean) => mean.Name(table, Enumerable.Range(0, table.Axes.Length));
    }

    private static string Lower(string subject) => char.ToLowerInvariant(subject[0]) + subject[1..];

    /// <summary>How a mean changes between two settings. A group of lines is named in this order, the last first.</summary>
    private enum Change
    {
        Fall,
        Unknown,
        NotShown,
        None,
        Rise,
    }
}
