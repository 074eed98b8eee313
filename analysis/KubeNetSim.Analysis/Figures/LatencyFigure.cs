using System.Collections.Immutable;
using KubeNetSim.Measurements;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis;

/// <summary>The cumulative distribution of latency, a line a workload, on a logarithmic axis.</summary>
internal static class LatencyFigure
{
    private const int Height = 520;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<(WorkloadResult Workload, int Series)> workloads =
            [.. results.Workloads.Select((workload, index) => (workload, index)).Where(pair => pair.workload.LatencyCdf.Length > 0)];
        return workloads.IsEmpty ? null : new Figure
        {
            Name = "latency",
            Title = "How long requests take",
            Description = "Cumulative distribution of latency. " + string.Join(" ", workloads.Select(pair => Describe(pair.Workload))),
            Legend = [.. workloads.Select(pair => new LegendEntry(pair.Workload.Name, FigureStyle.Series(pair.Series)))],
            PlotHeight = Height,
            Draw = style => Draw(style, workloads),
        };
    }

    private static Plot Draw(FigureStyle style, ImmutableArray<(WorkloadResult Workload, int Series)> workloads)
    {
        Plot plot = Plots.Create(style);
        foreach ((WorkloadResult workload, int series) in workloads)
        {
            var line = plot.Add.ScatterLine(
                workload.LatencyCdf.Select(point => LogTime(point)).ToArray(), workload.LatencyCdf.Select(point => 100 * point[1]).ToArray());
            line.Color = FigureStyle.Series(series);
            line.LineWidth = 3;
            line.LinePattern = FigureStyle.Pattern(series);
        }
        double low = workloads.Min(pair => LogTime(pair.Workload.LatencyCdf[0]));
        double high = workloads.Max(pair => LogTime(pair.Workload.LatencyCdf[^1]));
        plot.Axes.SetLimits(low - 0.05, Math.Max(high, low + 0.3) + 0.05, 0, 102);
        plot.Axes.Bottom.TickGenerator = LogTicks(low, high);
        plot.Axes.Bottom.Label.Text = "latency of a request (logarithmic)";
        plot.Axes.Left.TickGenerator = new NumericManual([0, 25, 50, 75, 90, 99], ["0%", "25%", "50%", "75%", "90%", "99%"]);
        plot.Axes.Left.Label.Text = "requests that were not slower";
        plot.Layout.Fixed(new PixelPadding(110, 40, 78, 10));
        return plot;
    }

    // To 1 ns, the resolution of time: a logarithm has no zero.
    private static double LogTime(ImmutableArray<double> point) => Math.Log10(Math.Max(1e-6, point[0]));

    // 1, 2, 5 and their powers of ten, thinned where the axis spans many of these.
    private static NumericManual LogTicks(double low, double high)
    {
        double[] mantissas = high - low > 3 ? [1] : high - low > 1.2 ? [1, 2, 5] : [1, 1.5, 2, 3, 4, 5, 7];
        var ticks = new NumericManual();
        for (int power = (int)Math.Floor(low) - 1; power <= Math.Ceiling(high); power++)
        {
            foreach (double mantissa in mantissas)
            {
                double milliseconds = mantissa * Math.Pow(10, power);
                ticks.AddMajor(Math.Log10(milliseconds), Format.RoundDuration(milliseconds));
            }
        }
        return ticks;
    }

    private static string Describe(WorkloadResult workload) =>
        $"{workload.Name}: half within {Format.Duration(workload.LatencyMs!.P50)}, 99% within {Format.Duration(workload.LatencyMs!.P99)}.";
}
