using System.Globalization;
using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>The distribution of each workload's latency: how many requests took no longer than a given time.</summary>
internal static class LatencyFigure
{
    public static Plot Draw(RunResults results, FigureStyle style, string source)
    {
        Plot plot = style.NewPlot("How long do requests take?", source);
        int color = 0;
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.LatencyCdf.Length > 0))
        {
            double[] times = [.. workload.LatencyCdf.Select(point => Math.Log10(Math.Max(1e-6, point[0])))];
            double[] shares = [.. workload.LatencyCdf.Select(point => 100 * point[1])];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(times, shares, FigureStyle.Palette[color++ % FigureStyle.Palette.Count]);
            line.LineWidth = 2.2f;
            line.LegendText = workload.Name;
        }
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
            IntegerTicksOnly = true,
            LabelFormatter = power => Math.Pow(10, power).ToString("0.######", CultureInfo.InvariantCulture),
        };
        plot.Axes.Bottom.Label.Text = "latency [ms], logarithmic";
        plot.Axes.Left.Label.Text = "requests that took no longer [%]";
        plot.Axes.SetLimitsY(0, 102);
        plot.ShowLegend(Alignment.LowerRight).OutlineWidth = 0;
        return plot;
    }
}
