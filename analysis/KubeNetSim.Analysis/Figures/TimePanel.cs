using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A line of a plot over time.</summary>
/// <param name="Name">What stands at its end; empty where a legend says it.</param>
/// <param name="Color">Its color.</param>
/// <param name="Pattern">Its pattern.</param>
/// <param name="Values">A value an interval; null where there is none.</param>
internal sealed record TimeLine(string Name, Color Color, LinePattern Pattern, ImmutableArray<double?> Values);

/// <summary>A plot over time: its subject above it, names at the ends of its lines.</summary>
/// <param name="Subject">What it shows, with the unit.</param>
/// <param name="Lines">Its lines.</param>
/// <param name="Axis">The axis it shares.</param>
/// <param name="Least">The plot reaches at least this high, so that what is next to nothing looks like it.</param>
/// <param name="IsFirst">Whether notes on events stand above it.</param>
/// <param name="IsLast">Whether the axis is written below it.</param>
internal sealed record TimePanel(string Subject, ImmutableArray<TimeLine> Lines, TimeAxis Axis, double Least = 0, bool IsFirst = false, bool IsLast = false)
{
    private const int PlotHeight = 124;
    private const int SubjectHeight = 38;
    private const int NoteHeight = 25;
    private const int AxisHeight = 78;
    private const int NameHeight = 22;
    private const int MostSteps = 4;

    /// <summary>Its height [px].</summary>
    public int Height => Above + PlotHeight + Below;

    private int Above => SubjectHeight + (IsFirst ? Axis.NoteRows * NoteHeight : 0);

    private int Below => IsLast ? AxisHeight : 12;

    /// <summary>Draws it.</summary>
    public Plot Draw(FigureStyle style)
    {
        Plot plot = Plots.Create(style);
        double largest = Math.Max(Least, Lines.SelectMany(line => line.Values).OfType<double>().DefaultIfEmpty().Max());
        double top = largest > 0 ? largest * 1.08 : 1;
        double perPixel = top / PlotHeight;
        DrawGrid(plot, style, top, largest);
        DrawMarks(plot, style, top, perPixel);
        foreach (TimeLine line in Lines)
            DrawLine(plot, line);
        DrawNames(plot, style, top, perPixel);
        Plots.Write(plot, Subject, 0, top + 6 * perPixel, Alignment.LowerLeft, style.Ink, Plots.LabelSize, bold: true);
        plot.Axes.Left.TickGenerator = Plots.Ticks(largest, MostSteps);
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.FrameLineStyle.Width = 0;
        plot.Axes.Bottom.TickGenerator = IsLast ? Plots.Ticks(Axis.End) : new NumericManual();
        plot.Axes.Bottom.Label.Text = IsLast ? "simulated time [s]" : "";
        // What is written above a plot and beside it lies within its limits: outside them, nothing is drawn.
        plot.Axes.SetLimits(0, Axis.End + Axis.Right * Axis.PerPixel, 0, top + Above * perPixel);
        plot.Layout.Fixed(new PixelPadding(TimeAxis.Left, 0, Below, 0));
        return plot;
    }

    private void DrawGrid(Plot plot, FigureStyle style, double top, double largest)
    {
        plot.HideGrid();
        if (Axis.WarmupSeconds > 0)
        {
            var area = plot.Add.Rectangle(0, Math.Min(Axis.End, Axis.WarmupSeconds), 0, top);
            area.FillColor = style.Lines;
            area.LineWidth = 0;
        }
        foreach (double seconds in Plots.Steps(Axis.End))
            Line(plot, seconds, 0, seconds, top, style.Lines);
        foreach (double value in Plots.Steps(largest, MostSteps).Reverse())
            Line(plot, 0, value, Axis.End, value, value == 0 ? style.Ink : style.Lines);
    }

    private void DrawMarks(Plot plot, FigureStyle style, double top, double perPixel)
    {
        foreach (double mark in Axis.Marks)
            Line(plot, mark, 0, mark, top, style.Ink).LinePattern = LinePattern.Dashed;
        if (!IsFirst)
            return;
        foreach (TimeNote note in Axis.Notes)
        {
            double y = top + (SubjectHeight + (Axis.NoteRows - note.Row - 1) * NoteHeight) * perPixel;
            Line(plot, note.At, top, note.At, y + NoteHeight * 0.8 * perPixel, style.Ink).LinePattern = LinePattern.Dashed;
            Plots.Write(plot, note.Text, note.At, y, Alignment.LowerLeft, style.Ink, Plots.TickSize).OffsetX = TimeNote.Indent;
        }
    }

    private static LinePlot Line(Plot plot, double x1, double y1, double x2, double y2, Color color)
    {
        LinePlot line = plot.Add.Line(x1, y1, x2, y2);
        line.Color = color;
        line.LineWidth = 1;
        return line;
    }

    // Where there is no value there is no line: each stretch of values is one.
    private void DrawLine(Plot plot, TimeLine line)
    {
        for (int from = 0; from < line.Values.Length; from++)
        {
            int to = from;
            while (to < line.Values.Length && line.Values[to] is not null)
                to++;
            if (to == from)
                continue;
            int start = from;
            var stretch = plot.Add.Scatter(
                Enumerable.Range(start, to - start).Select(index => (index + 0.5) * Axis.IntervalSeconds).ToArray(),
                line.Values[start..to].Select(value => value!.Value).ToArray(),
                line.Color);
            stretch.LineWidth = 2.5f;
            // A single point has no line to dash.
            stretch.LinePattern = to - from == 1 ? LinePattern.Solid : line.Pattern;
            stretch.MarkerSize = to - from == 1 ? 6 : 0;
            from = to;
        }
    }

    // A name stands at the height of its line's end; names that would cover each other are moved apart and stay tied to their line.
    private void DrawNames(Plot plot, FigureStyle style, double top, double perPixel)
    {
        (TimeLine Line, int Last, double End)[] ends =
            [.. Lines.Where(line => line.Name.Length > 0 && line.Values.Any(value => value is not null))
                .Select(line => (line, last: LastOf(line), line.Values[LastOf(line)]!.Value)).OrderBy(end => end.Value)];
        double step = NameHeight * perPixel;
        if (ends.Length > 1 && ends.All(end => end.Line.Values.All(value => value is null or 0)))
        {
            Plots.Write(plot, "none", Axis.End + 26 * Axis.PerPixel, step / 2, Alignment.MiddleLeft, style.Ink, Plots.TickSize);
            return;
        }
        double[] heights = new double[ends.Length];
        for (int index = 0; index < ends.Length; index++)
            heights[index] = Math.Max(ends[index].End, index == 0 ? step / 2 : heights[index - 1] + step);
        for (int index = ends.Length - 1; index >= 0; index--)
            heights[index] = Math.Min(heights[index], index == ends.Length - 1 ? top - step / 2 : heights[index + 1] - step);
        foreach (((TimeLine line, int last, double end), double height) in ends.Zip(heights))
        {
            LinePlot leader = Line(plot, (last + 0.5) * Axis.IntervalSeconds, end, Axis.End + 22 * Axis.PerPixel, height, line.Color);
            leader.LineWidth = 1.5f;
            leader.LinePattern = line.Pattern;
            Plots.Write(plot, TimeAxis.Name(line.Name), Axis.End + 26 * Axis.PerPixel, height, Alignment.MiddleLeft, style.Ink, Plots.TickSize);
        }
    }

    private static int LastOf(TimeLine line) => line.Values.Length - 1 - line.Values.Reverse().TakeWhile(value => value is null).Count();
}
