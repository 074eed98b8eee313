using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A run over time: throughput, latency, failures, queues and what rules cost the nodes, below each other on one axis of time, with the timeline's events across all.</summary>
internal static class TimeFigure
{
    /// <summary>With more lines, names at their ends would cover each other: then there is a legend.</summary>
    private const int MostNames = 5;

    /// <summary>Failures, waiting requests and percentages far below this are next to nothing, and look like it.</summary>
    private const double Least = 0.1;

    public static Figure? Of(RunResults results)
    {
        if (results.Series is not { } series || series.Workloads.IsEmpty || series.Workloads[0].Throughput.IsEmpty)
            return null;
        bool isNamed = series.Workloads.Length <= MostNames;
        TimeAxis axis = TimeAxis.Of(series, results.WarmupSeconds, isNamed);
        ImmutableArray<TimePanel> panels = Panels(series, axis, isNamed);
        return new Figure
        {
            Name = "time",
            Title = "How the run went over time",
            Description = $"Throughput, 99th percentile of latency, failures, waiting requests and CPU spent on rules in intervals of {series.IntervalSeconds:0.###} s. " +
                string.Join(" ", series.Events.Select(item => $"At {item.AtSeconds:0.###} s: {item.What}.")),
            HowToRead = $"Each point is the mean over {Format.Plain(series.IntervalSeconds)} s of all replications. Dashed lines across all plots mark what the scenario's timeline did" +
                (results.WarmupSeconds > 0 ? "; the shaded beginning is the warm-up, which no other figure counts." : "."),
            Legend = isNamed ? [] : [.. series.Workloads.Select((workload, index) => LegendEntry.OfSeries(Plots.Shorten(workload.Name), index))],
            PlotHeight = panels[0].Height,
            Draw = panels[0].Draw,
            Below = [.. panels.Skip(1).Select(panel => new Panel(panel.Height, panel.Draw))],
        };
    }

    private static ImmutableArray<TimePanel> Panels(SeriesResult series, TimeAxis axis, bool isNamed)
    {
        ImmutableArray<TimeLine> Lines(Func<WorkloadSeries, IEnumerable<double?>> values) =>
            [.. series.Workloads.Select((workload, index) => new TimeLine(
                isNamed ? workload.Name : "", FigureStyle.Series(index), FigureStyle.Pattern(index), [.. values(workload)]))];
        double longest = series.Workloads.SelectMany(workload => workload.P99Ms).Max() ?? 0;
        (string unit, double unitMs) = Format.TimeUnit(longest);
        ImmutableArray<TimeLine> rules = [.. series.Nodes.Take(2).Select((node, index) => new TimeLine(
            index == 0 ? node.Name : $"{node.Name}, the busiest", Stages.RuleColor, index == 0 ? LinePattern.Solid : LinePattern.Dotted,
            [.. node.RuleShare.Select(share => (double?)(100 * share))]))];
        return
        [
            new("answered requests [1/s]", Lines(workload => workload.Throughput.Select(value => (double?)value)), axis, IsFirst: true),
            new($"99% of them within [{unit}]", Lines(workload => workload.P99Ms.Select(value => value / unitMs)), axis),
            new("failed requests [1/s]", Lines(workload => workload.Errors.Select(value => (double?)value)), axis, Least),
            new("requests that wait at a backend", Lines(workload => workload.Queued.Select(value => (double?)value)), axis, Least, IsLast: rules.IsEmpty),
            .. rules.IsEmpty ? (ReadOnlySpan<TimePanel>)[] : [new("packet cores busy evaluating rules [%]", rules, axis, Least, IsLast: true)],
        ];
    }
}
