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
            Add(plot, series[number], ColorOf(number), logX, logY);
        Label(plot, series, logX, logY);
        Scale(plot.Axes.Bottom, logX);
        Scale(plot.Axes.Left, logY);
        plot.Axes.Bottom.Label.Text = table.Axes[axis] + (logX ? ", logarithmic" : "");
        plot.Axes.Left.Label.Text = SweepMetric.All[metric].Meaning + (logY ? ", logarithmic" : "");
        return plot;
    }

    private static void Add(Plot plot, SweepSeries line, Color color, bool logX, bool logY)
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
    }

    // The line's own end says which it is: no legend to look up. Names that would cover each other are moved apart.
    private static void Label(Plot plot, IReadOnlyList<SweepSeries> series, bool logX, bool logY)
    {
        double[] xs = [.. series.SelectMany(line => line.Points).Select(point => On(point.X, logX))];
        double[] ys = [.. series.SelectMany(line => line.Points).Select(point => On(point.Mean, logY))];
        double width = xs.Max() > xs.Min() ? xs.Max() - xs.Min() : 1;
        double height = ys.Max() > ys.Min() ? ys.Max() - ys.Min() : Math.Max(1e-9, Math.Abs(ys[0]));
        double gap = 0.05 * height;
        double below = double.NegativeInfinity;
        foreach ((SweepSeries line, int number) in series.Take(MostLines).Select((line, number) => (line, number)).OrderBy(item => item.line.Points[^1].Mean))
        {
            below = Math.Max(On(line.Points[^1].Mean, logY), below + gap);
            ScottPlot.Plottables.Text label = plot.Add.Text(line.Name, On(line.Points[^1].X, logX), below);
            label.LabelFontColor = ColorOf(number);
            label.LabelFontName = FigureFonts.Name;
            label.LabelFontSize = 14;
            label.LabelBold = true;
            label.LabelAlignment = Alignment.MiddleLeft;
            label.OffsetX = 10;
        }
        double room = 0.016 * width * series.Take(MostLines).Max(line => line.Name.Length);
        plot.Axes.SetLimits(xs.Min() - (0.04 * width), xs.Max() + (0.04 * width) + room, ys.Min() - (2 * gap), Math.Max(ys.Max(), below) + (2 * gap));
    }

    private static Color ColorOf(int line) => FigureStyle.Palette[line % FigureStyle.Palette.Count];

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
