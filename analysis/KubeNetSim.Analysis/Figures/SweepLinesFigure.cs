using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A metric along a numeric axis: a line a setting with its name at its end, and a band for the 95% interval.</summary>
internal static class SweepLinesFigure
{
    private const int Height = 540;
    private const float Bottom = 78;
    private const float Top = 14;
    private const int MostLines = 12;
    private const int LabelHeight = 24;
    private const int LeaderWidth = 26;

    public static Figure Of(SweepTable table, SweepMeans means, string name, SweepNumbers?[] numbers, int axis)
    {
        (ImmutableArray<SweepSeries> all, bool isSample) = SweepSeries.Along(table, means, numbers, axis);
        ImmutableArray<SweepSeries> series = [.. all.Take(MostLines)];
        string left = all.Length > MostLines ? $" (the first {MostLines} of {all.Length} lines)" : "";
        string unit = numbers[axis]!.Unit;
        return new Figure
        {
            Name = name,
            Title = $"{means.Subject} against {table.Axes[axis]}{left}",
            Description = string.Join(" ", series.Select(Describe)),
            HowToRead = isSample ? "Each mark is a point of the sample; the bar through it is its 95% confidence interval. What else varies is not shown here."
                : "Each line is a setting, with its last value at its end; the band around it is the 95% confidence interval, which is often narrower than the line." +
                    (table.Points.All(point => point.IsStable) ? "" : " There is no line where a queue grows, since a pod or node is offered more than it can do."),
            Sureness = means.WidestInterval is { } widest ? $"{(isSample ? "bars" : "bands")} are 95% confidence intervals, ±{Format.Share(widest)} of the mean at most" : "",
            PlotHeight = Height,
            Draw = style => Draw(style, table.Axes[axis] + (unit.Length > 0 ? $" [{unit.TrimStart()}]" : ""), means, series, isSample),
        };

        string Describe(SweepSeries line) =>
            $"{(line.Name.Length > 0 ? line.Name + ": " : "")}{Format.Significant(line.Points[0].Mean.Mean)}{means.Unit} at {line.Points[0].Mean.Point.Values[axis]}, " +
            $"{Format.Significant(line.Points[^1].Mean.Mean)}{means.Unit} at {line.Points[^1].Mean.Point.Values[axis]}.";
    }

    private static Plot Draw(FigureStyle style, string acrossLabel, SweepMeans measured, ImmutableArray<SweepSeries> series, bool isSample)
    {
        Plot plot = Plots.Create(style);
        SweepMean[] means = [.. series.SelectMany(line => line.Points).Select(point => point.Mean)];
        double[] xs = [.. series.SelectMany(line => line.Points).Select(point => point.X)];
        Scale up = Scale.Of([.. means.Select(mean => mean.Mean)], [.. means.Select(mean => mean.Low), .. means.Select(mean => mean.High)]);
        // Were only x logarithmic, a straight line would look like an explosion.
        Scale across = up.IsLogarithmic ? Scale.Of(xs) : Scale.Linear(xs.Min(), xs.Max());
        foreach (SweepSeries line in series)
            AddIntervals(plot, line, across, up, isSample);
        foreach (SweepSeries line in series)
            AddMeans(plot, line, across, up, isSample);
        plot.Axes.Bottom.TickGenerator = across.TicksAt(xs);
        plot.Axes.Left.TickGenerator = up.Ticks();
        plot.Axes.Bottom.Label.Text = acrossLabel + across.Note;
        plot.Axes.Left.Label.Text = measured.Label + up.Note;
        float left = 76 + up.WidestTick();
        plot.Layout.Fixed(new PixelPadding(left, 32, Bottom, Top));
        Limit(plot, style, across, up, [.. series.Select(line => (EndOf(line, measured.Unit, isSample), line.Number, across.At(line.Points[^1].X), up.At(line.Points[^1].Mean.Mean)))], FigureSheet.Width - left - 32);
        return plot;
    }

    private static void AddIntervals(Plot plot, SweepSeries line, Scale across, Scale up, bool isSample)
    {
        Color color = FigureStyle.Series(line.Number);
        double[] xs = [.. line.Points.Select(point => across.At(point.X))];
        double[] lows = [.. line.Points.Select(point => up.At(point.Mean.Low))];
        double[] highs = [.. line.Points.Select(point => up.At(point.Mean.High))];
        if (!isSample && xs.Length > 1)
        {
            ScottPlot.Plottables.FillY band = plot.Add.FillY(xs, lows, highs);
            band.FillColor = color.WithAlpha(0.25);
            band.LineWidth = 0;
            return;
        }
        for (int index = 0; index < xs.Length; index++)
            plot.Add.Line(xs[index], lows[index], xs[index], highs[index]).Color = color.WithAlpha(0.6);
    }

    private static void AddMeans(Plot plot, SweepSeries line, Scale across, Scale up, bool isSample)
    {
        ScottPlot.Plottables.Scatter scatter = plot.Add.Scatter(
            (double[])[.. line.Points.Select(point => across.At(point.X))], (double[])[.. line.Points.Select(point => up.At(point.Mean.Mean))], FigureStyle.Series(line.Number));
        scatter.LineWidth = isSample ? 0 : 3;
        scatter.MarkerShape = FigureStyle.Marker(line.Number);
        scatter.MarkerSize = 9;
    }

    private static string EndOf(SweepSeries line, string unit, bool isSample) =>
        isSample ? line.Name : (line.Name.Length > 0 ? line.Name + ": " : "") + Format.Significant(line.Points[^1].Mean.Mean) + unit;

    // A line's own end says which it is, and where it has got to: no legend to look up. Names that would cover each other are moved apart, upwards, and stay tied to their line.
    private static void Limit(Plot plot, FigureStyle style, Scale across, Scale up, ImmutableArray<(string Name, int Number, double X, double Y)> ends, float width)
    {
        float room = ends.Max(end => Plots.Measure(end.Name, Plots.TickSize)) * 1.12f + LeaderWidth + 20;
        double perPixelX = (across.Last - across.First) / Math.Max(1, width - room - 24);
        double perPixelY = (up.Last - up.First) / (Height - Bottom - Top - 24);
        double below = up.First - LabelHeight / 2 * perPixelY;
        foreach ((string name, int number, double x, double y) in ends.Where(end => end.Name.Length > 0).OrderBy(end => end.Y))
        {
            below = Math.Max(y, below + LabelHeight * perPixelY);
            var leader = plot.Add.Line(x, y, x + LeaderWidth * perPixelX, below);
            leader.Color = FigureStyle.Series(number);
            leader.LineWidth = 2;
            Plots.Write(plot, name, x + LeaderWidth * perPixelX, below, Alignment.MiddleLeft, style.Ink, Plots.TickSize, bold: true).OffsetX = 4;
        }
        plot.Axes.SetLimits(
            across.First - 24 * perPixelX, across.Last + room * perPixelX,
            up.First - (up.StartsAtZero ? 0 : 12 * perPixelY), Math.Max(up.Last, below) + 12 * perPixelY);
    }
}
