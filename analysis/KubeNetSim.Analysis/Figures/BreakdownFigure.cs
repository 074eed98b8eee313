using System.Collections.Immutable;
using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>Mean latency of each workload, split into the stages where the time went.</summary>
internal static class BreakdownFigure
{
    private const int RowHeight = 74;
    private const int AxisHeight = 90;
    private const float TotalRoom = 110;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<WorkloadResult> workloads = [.. results.Workloads.Where(workload => workload.BreakdownMs is not null)];
        ImmutableArray<Stage> stages = [.. Stages.All.Where(stage => workloads.Any(workload => stage.Of(workload.BreakdownMs!) > 0))];
        return workloads.IsEmpty ? null : new Figure
        {
            Name = "breakdown",
            Title = "Where the time of a request goes",
            Description = "Stacked bars of the mean latency by stage. " + string.Join(" ", workloads.Select(Describe)),
            Legend = [.. stages.Select(stage => new LegendEntry(stage.Noun, stage.Color))],
            PlotHeight = AxisHeight + Math.Max(3, workloads.Length) * RowHeight,
            Draw = style => Draw(style, workloads, stages),
        };
    }

    private static Plot Draw(FigureStyle style, ImmutableArray<WorkloadResult> workloads, ImmutableArray<Stage> stages)
    {
        Plot plot = Plots.Create(style);
        double longest = workloads.Max(workload => workload.LatencyMs!.Mean);
        (string unit, double unitMs) = Plots.TimeUnit(longest);
        float width = Plots.Rows(plot, style, [.. workloads.Select((workload, row) => (-(double)row, workload.Name))]);
        double pixelsPerUnit = (width - TotalRoom) / (longest / unitMs);
        for (int row = 0; row < workloads.Length; row++)
            DrawRow(plot, style, workloads[row], -row, stages, unitMs, pixelsPerUnit);
        plot.Axes.Bottom.TickGenerator = Plots.Ticks(longest / unitMs);
        plot.Axes.Bottom.Label.Text = $"mean latency of a request [{unit}]";
        plot.Axes.SetLimits(0, width / pixelsPerUnit, -Math.Max(3, workloads.Length) + 0.5, 0.5);
        return plot;
    }

    private static void DrawRow(
        Plot plot, FigureStyle style, WorkloadResult workload, double y, ImmutableArray<Stage> stages, double unitMs, double pixelsPerUnit)
    {
        double from = 0;
        foreach (Stage stage in stages)
        {
            double length = stage.Of(workload.BreakdownMs!) / unitMs;
            plot.Add.Bar(new Bar
            {
                Orientation = Orientation.Horizontal,
                Position = y,
                ValueBase = from,
                Value = from + length,
                Size = 0.62,
                FillColor = stage.Color,
                LineColor = style.Page,
                LineWidth = 1,
            });
            string text = Format.Duration(stage.Of(workload.BreakdownMs!));
            if (Plots.Measure(text, Plots.TickSize) + 12 < length * pixelsPerUnit)
                Plots.Write(plot, text, from + length / 2, y, Alignment.MiddleCenter, FigureStyle.On(stage.Color), Plots.TickSize);
            from += length;
        }
        string total = Format.Duration(workload.LatencyMs!.Mean);
        Plots.Write(plot, total, from, y, Alignment.MiddleLeft, style.Ink, Plots.LabelSize, bold: true).OffsetX = 10;
    }

    private static string Describe(WorkloadResult workload)
    {
        Stage largest = Stages.Largest(workload.BreakdownMs!);
        return $"{workload.Name}: {Format.Duration(workload.LatencyMs!.Mean)}, most of it {largest.Noun}.";
    }
}
