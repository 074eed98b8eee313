using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>A metric along a numeric axis: a line a setting with its name at its end, and a band for the 95% interval.</summary>
internal static class SweepLinesFigure
{
    private const int Height = 540;
    private const float Bottom = 78;
    private const float Top = 14;
    private const int MostLines = 12;
    private const int LabelHeight = 24;
    private const int LeaderWidth = 26;

    public static Figure Of(SweepTable table, SweepNumbers?[] numbers, int axis, int metric)
    {
        SweepNumbers xs = numbers[axis]!;
        int[] others = [.. Enumerable.Range(0, table.Axes.Length).Where(other => other != axis)];
        ImmutableArray<SweepSeries> all = SweepSeries.Of(table, xs, axis, metric, others);
        // A sample of the space has another setting at every point: there, only what is no number tells series apart.
        bool isSample = table.Points.Length > 1 && all.All(series => series.Points.Length == 1);
        if (isSample)
            all = SweepSeries.Of(table, xs, axis, metric, [.. others.Where(other => numbers[other] is null)]);
        ImmutableArray<SweepSeries> series = [.. all.Take(MostLines)];
        string left = all.Length > MostLines ? $" (the first {MostLines} of {all.Length} lines)" : "";
        return new Figure
        {
            Name = SweepMetric.All[metric].Name,
            Title = $"{SweepMetric.All[metric].Subject} against {table.Axes[axis]}{left}",
            Description = string.Join(" ", series.Select(Describe)),
            PlotHeight = Height,
            Draw = style => Draw(style, table, axis, metric, xs, series, isSample),
        };

        string Describe(SweepSeries line) =>
            $"{(line.Name.Length > 0 ? line.Name + ": " : "")}{Format.Significant(line.Points[0].Mean)} at {line.Points[0].Point.Values[axis]}, " +
            $"{Format.Significant(line.Points[^1].Mean)} at {line.Points[^1].Point.Values[axis]}.";
    }

    private static Plot Draw(
        FigureStyle style, SweepTable table, int axis, int metric, SweepNumbers numbers, ImmutableArray<SweepSeries> series, bool isSample)
    {
        Plot plot = Plots.Create(style);
        SweepMean[] means = [.. series.SelectMany(line => line.Points)];
        double X(SweepMean mean) => numbers.ByText[mean.Point.Values[axis]];
        Scale up = Scale.Of([.. means.Select(mean => mean.Mean)], [.. means.Select(mean => mean.Low), .. means.Select(mean => mean.High)]);
        // Were only x logarithmic, a straight line would look like an explosion.
        Scale across = up.IsLogarithmic ? Scale.Of([.. means.Select(X)]) : Scale.Linear(means.Min(X), means.Max(X));
        foreach ((SweepSeries line, int number) in series.Select((line, number) => (line, number)))
            Add(plot, [.. line.Points.Select(mean => across.At(X(mean)))], line, up, number, isSample);
        plot.Axes.Bottom.TickGenerator = across.TicksAt(means.Select(X));
        plot.Axes.Left.TickGenerator = up.Ticks();
        plot.Axes.Bottom.Label.Text = table.Axes[axis] + (numbers.Unit.Length > 0 ? $" [{numbers.Unit.TrimStart()}]" : "") + across.Note;
        plot.Axes.Left.Label.Text = SweepMetric.All[metric].Meaning + up.Note;
        float left = 76 + up.WidestTick();
        plot.Layout.Fixed(new PixelPadding(left, 32, Bottom, Top));
        Limit(plot, style, across, up, [.. series.Select(line => (line.Name, Number: series.IndexOf(line), X: across.At(X(line.Points[^1])), Y: up.At(line.Points[^1].Mean)))], FigureSheet.Width - left - 32);
        return plot;
    }

    private static void Add(Plot plot, double[] xs, SweepSeries line, Scale up, int number, bool isSample)
    {
        Color color = FigureStyle.Series(number);
        double[] lows = [.. line.Points.Select(mean => up.At(mean.Low))];
        double[] highs = [.. line.Points.Select(mean => up.At(mean.High))];
        if (!isSample && xs.Length > 1)
        {
            ScottPlot.Plottables.FillY band = plot.Add.FillY(xs, lows, highs);
            band.FillColor = color.WithAlpha(0.25);
            band.LineWidth = 0;
        }
        else
            for (int index = 0; index < xs.Length; index++)
                plot.Add.Line(xs[index], lows[index], xs[index], highs[index]).Color = color.WithAlpha(0.6);
        ScottPlot.Plottables.Scatter scatter = plot.Add.Scatter(xs, [.. line.Points.Select(mean => up.At(mean.Mean))], color);
        scatter.LineWidth = isSample ? 0 : 3;
        scatter.LinePattern = FigureStyle.Pattern(number);
        scatter.MarkerSize = 9;
    }

    // A line's own end says which it is: no legend to look up. Names that would cover each other are moved apart, upwards, and stay tied to their line.
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
