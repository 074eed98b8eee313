using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>Mean latency of each workload, split into the stages where the time went; as shares where the latencies are too far apart to be drawn to one scale.</summary>
internal static class BreakdownFigure
{
    /// <summary>From this longest to shortest latency on, the shortest would be too short to show its stages.</summary>
    private const double TooFarApart = 40;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<WorkloadResult> workloads = [.. results.Workloads.Where(workload => workload is { BreakdownMs: not null, LatencyMs.Mean: > 0 })];
        if (workloads.IsEmpty)
            return null;
        bool isShare = workloads.Max(Mean) / workloads.Min(Mean) >= TooFarApart;
        return new Figure
        {
            Name = "breakdown",
            Title = "Where the time of a request goes",
            Description = "Stacked bars of the mean latency by stage. " + string.Join(" ", results.Workloads.Select(Describe)),
            HowToRead = $"Each bar is the mean time of a workload's requests{(isShare ? ", drawn to the same length because the times are far apart" : "")}. " +
                "Its colors say what a request spends this time on, from left to right in the order in which that happens.",
            Legend = [.. Stages.All.Where(stage => workloads.Any(workload => stage.Of(workload.BreakdownMs!) > 0)).Select(stage => new LegendEntry(stage.Noun, stage.Color))],
            PlotHeight = StackedRows.Height(results.Workloads.Length),
            Draw = style => isShare ? DrawShares(style, results) : DrawTimes(style, results, workloads.Max(Mean)),
        };
    }

    private static Plot DrawTimes(FigureStyle style, RunResults results, double longest)
    {
        (string unit, double unitMs) = Format.TimeUnit(longest);
        return StackedRows.Draw(
            style, [.. results.Workloads.Select(workload => Row(workload, unitMs))], longest / unitMs, Plots.Ticks(longest / unitMs), $"mean latency of a request [{unit}]");
    }

    private static Plot DrawShares(FigureStyle style, RunResults results)
    {
        NumericManual ticks = new([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"]);
        return StackedRows.Draw(
            style, [.. results.Workloads.Select(workload => Row(workload, workload.LatencyMs?.Mean ?? 1))], 1, ticks, "share of the mean latency, which stands at the right [%]");
    }

    private static StackedRow Row(WorkloadResult workload, double unitMs) => workload is { LatencyMs: { } latency, BreakdownMs: { } times }
        ? new(
            workload.Name,
            [.. Stages.All.Where(stage => stage.Of(times) > 0).Select(stage => (stage.Color, stage.Of(times) / unitMs, Format.Duration(stage.Of(times))))],
            Format.Duration(latency.Mean))
        : new(workload.Name, [], Absence(workload));

    private static string Absence(WorkloadResult workload) => workload.Succeeded == 0
        ? $"none of {Format.Count(workload.Requests)} requests was answered"
        : "no mean: it grows as long as the run lasts";

    private static double Mean(WorkloadResult workload) => workload.LatencyMs!.Mean;

    private static string Describe(WorkloadResult workload) => workload is { LatencyMs: { } latency, BreakdownMs: { } times }
        ? $"{workload.Name}: {Format.Duration(latency.Mean)}, most of it {Stages.Largest(times).Noun}."
        : $"{workload.Name}: {Absence(workload)}.";
}
