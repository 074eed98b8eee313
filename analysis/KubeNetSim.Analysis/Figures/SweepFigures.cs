using System.Globalization;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>Draws a sweep: each metric against the first numeric axis, with 95% intervals as bands, one line for each setting of the rest.</summary>
public static class SweepFigures
{
    private const int Width = 1_000;
    private const int Height = 560;
    private const int MostLines = 12;

    /// <summary>Writes a figure for each metric, as METRIC.png and METRIC.svg; nothing where no axis is numeric.</summary>
    /// <param name="table">The sweep.</param>
    /// <param name="title">The question, or the sweep's name.</param>
    /// <param name="metrics">Names of metrics; those that do not exist are passed over.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="style">For which page.</param>
    public static void Write(SweepTable table, string title, IReadOnlyList<string> metrics, string folder, FigureStyle style)
    {
        int axis = Enumerable.Range(0, table.Axes.Length).FirstOrDefault(number => IsNumeric(table, number), -1);
        if (axis < 0)
            return;
        for (int metric = 0; metric < SweepMetric.All.Count; metric++)
            if (metrics.Contains(SweepMetric.All[metric].Name))
            {
                Plot plot = Draw(table, title, axis, metric, style);
                plot.SavePng(Path.Combine(folder, SweepMetric.All[metric].Name + ".png"), Width, Height);
                plot.SaveSvg(Path.Combine(folder, SweepMetric.All[metric].Name + ".svg"), Width, Height);
            }
    }

    private static bool IsNumeric(SweepTable table, int axis) => table.Points.All(point =>
        double.TryParse(point.Values[axis], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && value > 0);

    private static Plot Draw(SweepTable table, string title, int axis, int metric, FigureStyle style)
    {
        IReadOnlyList<SweepSeries> series = SweepSeries.Of(table, axis, metric);
        string source = string.Create(CultureInfo.InvariantCulture, $"{table.Points.Length} points; bands are 95% intervals of the mean over replications");
        Plot plot = style.NewPlot(title, source);
        bool logX = IsWide(series.SelectMany(line => line.Points).Select(point => point.X));
        bool logY = IsWide(series.SelectMany(line => line.Points).Select(point => point.Mean));
        for (int number = 0; number < Math.Min(MostLines, series.Count); number++)
            Add(plot, series[number], FigureStyle.Palette[number % FigureStyle.Palette.Count], logX, logY, style);
        Scale(plot.Axes.Bottom, logX);
        Scale(plot.Axes.Left, logY);
        plot.Axes.Bottom.Label.Text = table.Axes[axis] + (logX ? ", logarithmic" : "");
        plot.Axes.Left.Label.Text = SweepMetric.All[metric].Meaning + (logY ? ", logarithmic" : "");
        plot.Axes.Margins(0.16, 0.08);
        return plot;
    }

    private static void Add(Plot plot, SweepSeries line, Color color, bool logX, bool logY, FigureStyle style)
    {
        double[] xs = [.. line.Points.Select(point => On(point.X, logX))];
        double[] lows = [.. line.Points.Select(point => On(Math.Max(point.Interval?.Lower ?? point.Mean, point.Mean / 10), logY))];
        double[] highs = [.. line.Points.Select(point => On(point.Interval?.Upper ?? point.Mean, logY))];
        ScottPlot.Plottables.FillY band = plot.Add.FillY(xs, lows, highs);
        band.FillColor = color.WithAlpha(0.25);
        band.LineWidth = 0;
        ScottPlot.Plottables.Scatter scatter = plot.Add.Scatter(xs, [.. line.Points.Select(point => On(point.Mean, logY))], color);
        scatter.LineWidth = 2.4f;
        scatter.MarkerSize = 7;
        // The line's own end says which it is: no legend to look up.
        ScottPlot.Plottables.Text label = plot.Add.Text(line.Name, xs[^1], On(line.Points[^1].Mean, logY));
        label.LabelFontColor = color;
        label.LabelFontName = FigureFonts.Name;
        label.LabelFontSize = 14;
        label.LabelBold = true;
        label.LabelAlignment = Alignment.MiddleLeft;
        label.OffsetX = 10;
        label.LabelBackgroundColor = Color.FromHex(style.Background).WithAlpha(0.7);
    }

    // Two decades and no zero: then factors say more than differences.
    private static bool IsWide(IEnumerable<double> values)
    {
        double[] all = [.. values];
        return all.Length > 0 && all.Min() > 0 && all.Max() / all.Min() >= 30;
    }

    private static double On(double value, bool logarithmic) => logarithmic ? Math.Log10(value) : value;

    private static void Scale(IAxis axis, bool logarithmic)
    {
        if (!logarithmic)
            return;
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            IntegerTicksOnly = true,
            LabelFormatter = power => Math.Pow(10, power).ToString("#,0.######", CultureInfo.InvariantCulture),
        };
    }
}
