using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The cumulative distribution of latency, a line a workload, on a logarithmic axis.</summary>
internal static class LatencyFigure
{
    private const double Top = 102;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<Curve> curves = Curve.Of(results, workload => workload.LatencyCdf.Select(point => (LatencyAxis.At(point[0]), 100 * point[1])));
        if (curves.IsEmpty)
            return null;
        LatencyAxis axis = new(curves.Select(curve => curve.Workload));
        ImmutableArray<CurveLabel> labels = CurveLabel.Place(curves, axis, Top);
        return new Figure
        {
            Name = "latency",
            Title = "How long requests take",
            Description = "Cumulative distribution of latency. " + string.Join(" ", curves.Select(curve => Describe(curve.Workload))),
            HowToRead = "Follow a line from left to right: at each time it shows what share of the requests had got their answer by then. Steep is alike, flat is spread.",
            Legend = labels.IsEmpty ? [.. curves.Select(curve => LegendEntry.OfSeries(curve.Name, curve.Series))] : [],
            PlotHeight = LatencyAxis.Height,
            Draw = style => Draw(style, axis, curves, labels),
        };
    }

    private static Plot Draw(FigureStyle style, LatencyAxis axis, ImmutableArray<Curve> curves, ImmutableArray<CurveLabel> labels)
    {
        Plot plot = Plots.Create(style);
        Curve.Draw(plot, style, axis, curves, Top, labels);
        axis.Apply(plot, Top);
        plot.Axes.Left.TickGenerator = new NumericManual([0, 25, 50, 75, 90, 99], ["0%", "25%", "50%", "75%", "90%", "99%"]);
        plot.Axes.Left.Label.Text = "requests that were not slower";
        return plot;
    }

    private static string Describe(WorkloadResult workload) => workload.LatencyMs is { } latency
        ? $"{workload.Name}: half within {Format.Duration(latency.P50)}, 99% within {Format.Duration(latency.P99)}."
        : $"{workload.Name}: no steady state.";
}
