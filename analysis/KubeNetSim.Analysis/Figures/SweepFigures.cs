using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Analysis;

/// <summary>
/// Draws a sweep: each metric along the first numeric axis with 95% intervals as bands, one line for each setting of the rest; as a heat map
/// too where two axes are numeric; and as a list of settings where none is. The same sweep gives the same bytes.
/// </summary>
public static class SweepFigures
{
    /// <summary>
    /// Writes the figures of each metric as METRIC.png and METRIC.svg, and heat maps as METRIC-map.png and METRIC-map.svg (numbered where
    /// there are several); for dark pages their names end in -dark. Nothing for a metric that has no value anywhere.
    /// </summary>
    /// <param name="table">The sweep.</param>
    /// <param name="title">The question, or the sweep's name.</param>
    /// <param name="metrics">Names of metrics; those that do not exist are passed over.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="style">For which page.</param>
    public static void Write(SweepTable table, string title, IReadOnlyList<string> metrics, string folder, FigureStyle style)
    {
        int replications = table.Points.Select(point => point.Result.Rows.Select(row => row.Replication).Distinct().Count()).DefaultIfEmpty().Max();
        string source = string.Create(CultureInfo.InvariantCulture, $"KubeNetSim · sweep of {table.Points.Length:N0} points, {replications} replication{(replications == 1 ? "" : "s")} each");
        foreach (Figure figure in metrics.SelectMany(name => Of(table, name)))
        {
            string shown = replications == 1 ? "" : figure.Name.Contains("-map", StringComparison.Ordinal) ? " · means" : " · means with their 95% confidence intervals";
            FigureSheet sheet = new(figure, style, title, source + shown);
            string path = Path.Combine(folder, figure.Name + style.Suffix);
            File.WriteAllBytes(path + ".png", sheet.Png());
            File.WriteAllText(path + ".svg", sheet.Svg());
        }
    }

    /// <summary>The figures of a metric.</summary>
    internal static ImmutableArray<Figure> Of(SweepTable table, string name)
    {
        int metric = SweepMetric.All.ToList().FindIndex(candidate => candidate.Name == name);
        if (metric < 0 || SweepMean.Of(table, metric).IsEmpty)
            return [];
        SweepNumbers?[] numbers = [.. Enumerable.Range(0, table.Axes.Length).Select(axis => SweepNumbers.Of(table, axis))];
        int[] numeric = [.. Enumerable.Range(0, table.Axes.Length).Where(axis => numbers[axis] is not null)];
        if (numeric.Length == 0)
            return [SweepSettingsFigure.Of(table, metric)];
        Figure lines = SweepLinesFigure.Of(table, numbers, numeric[0], metric);
        return numeric.Length == 2 ? [lines, .. SweepMapFigure.Of(table, numbers, numeric[0], numeric[1], metric)] : [lines];
    }
}
