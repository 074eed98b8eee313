using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Analysis.Figures;

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
    /// <param name="description">Its question and metrics.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="style">For which page.</param>
    public static void Write(SweepTable table, SweepDescription description, string folder, FigureStyle style)
    {
        foreach (Figure figure in Of(table, description))
        {
            FigureSheet sheet = Sheet(figure, table, description, style);
            string path = Path.Combine(folder, figure.Name + style.Suffix);
            WholeFile.Write(path + ".png", file => file.Write(sheet.Png()));
            WholeFile.Write(path + ".svg", sheet.Svg());
        }
    }

    /// <summary>The figures of all metrics that are drawn.</summary>
    internal static IEnumerable<Figure> Of(SweepTable table, SweepDescription description) => description.Metrics.SelectMany(name => Of(table, name));

    internal static FigureSheet Sheet(Figure figure, SweepTable table, SweepDescription description, FigureStyle style)
    {
        string source = string.Create(CultureInfo.InvariantCulture,
            $"KubeNetSim {description.Version.Split('+')[0]} · {description.Name} · {table.Points.Length:N0} points, {table.ReplicationsInWords} each");
        return new FigureSheet(figure, style, description.Title, figure.Sureness.Length > 0 ? $"{source} · {figure.Sureness}" : source);
    }

    /// <summary>The figures of a metric.</summary>
    private static ImmutableArray<Figure> Of(SweepTable table, string name)
    {
        int metric = SweepMetric.All.ToList().FindIndex(candidate => candidate.Name == name);
        if (metric < 0 || SweepMeans.Of(table, metric) is not { All.IsEmpty: false } means)
            return [];
        SweepNumbers?[] numbers = [.. Enumerable.Range(0, table.Axes.Length).Select(axis => SweepNumbers.Of(table, axis))];
        int[] numeric = [.. Enumerable.Range(0, table.Axes.Length).Where(axis => numbers[axis] is not null)];
        if (numeric.Length == 0)
            return [SweepSettingsFigure.Of(table, means, name)];
        Figure lines = SweepLinesFigure.Of(table, means, name, numbers, numeric[0]);
        return numeric.Length == 2 ? [lines, .. SweepMapFigure.Of(table, means, name, numbers, numeric[0], numeric[1])] : [lines];
    }
}
