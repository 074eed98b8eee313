using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The density of latency, a line a workload, on a logarithmic axis: which latencies are common.</summary>
internal static class DensityFigure
{
    /// <summary>Requests within this factor of a latency are counted to it.</summary>
    private const double Window = 1.1;

    private const int Places = 360;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<WorkloadResult> workloads = [.. results.Workloads.Where(workload => workload.LatencyCdf.Length > 0)];
        if (workloads.IsEmpty)
            return null;
        LatencyAxis axis = new(workloads);
        ImmutableArray<Curve> curves = Curve.Of(results, workload => WhereAny([.. axis.Places(Places).Select(place => (place, 100 * Density(workload, place)))]));
        double top = 1.06 * curves.Max(curve => curve.Points.Max(point => point.Percent));
        ImmutableArray<CurveLabel> labels = CurveLabel.Place(curves, axis, top);
        return new Figure
        {
            Name = "density",
            Title = "Which latencies are common",
            Description = "Density of latency. " + string.Join(" ", curves.Select(curve => Describe(curve))),
            HowToRead = $"The higher a line, the more requests take about that long: it counts those within {Window - 1:0%} of it. Several peaks are several ways to be served.",
            Legend = labels.IsEmpty ? [.. curves.Select(curve => LegendEntry.OfSeries(curve.Name, curve.Series))] : [],
            PlotHeight = LatencyAxis.Height,
            Draw = style => Draw(style, axis, curves, top, labels),
        };
    }

    private static Plot Draw(FigureStyle style, LatencyAxis axis, ImmutableArray<Curve> curves, double top, ImmutableArray<CurveLabel> labels)
    {
        Plot plot = Plots.Create(style);
        foreach (Curve curve in curves)
        {
            var area = plot.Add.FillY(
                [.. curve.Points.Select(point => point.Place)], [.. curve.Points.Select(_ => 0.0)], [.. curve.Points.Select(point => point.Percent)]);
            area.FillColor = FigureStyle.Series(curve.Series).WithAlpha(0.12);
            area.LineWidth = 0;
        }
        Curve.Draw(plot, style, axis, curves, top, labels);
        axis.Apply(plot, top);
        plot.Axes.Left.TickGenerator = Plots.Ticks(top, most: 6);
        plot.Axes.Left.Label.Text = $"requests within {Window - 1:0%} of that [%]";
        return plot;
    }

    // Along the bottom, lines would cover each other.
    private static (double Place, double Percent)[] WhereAny((double Place, double Percent)[] points)
    {
        int first = Array.FindIndex(points, point => point.Percent > 0);
        int last = Array.FindLastIndex(points, point => point.Percent > 0);
        return points[Math.Max(0, first - 1)..Math.Min(points.Length, last + 2)];
    }

    // Averaged over windows that lie beside each other, so that the few points of a distribution leave no steps.
    private static double Density(WorkloadResult workload, double place)
    {
        const int Shifts = 9;
        double half = Math.Log10(Window);
        double sum = 0;
        for (int shift = 0; shift < Shifts; shift++)
        {
            double center = place + half * ((double)shift / (Shifts - 1) - 0.5);
            sum += LatencyAxis.ShareAt(workload, center + half) - LatencyAxis.ShareAt(workload, center - half);
        }
        return sum / Shifts;
    }

    private static string Describe(Curve curve)
    {
        double common = curve.Points.MaxBy(point => point.Percent).Place;
        return $"{curve.Workload.Name}: most often about {Format.Duration(Math.Pow(10, common))}.";
    }
}
