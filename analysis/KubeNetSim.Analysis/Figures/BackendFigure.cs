using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>How requests were spread over backends: one bar a backend, its workloads beside each other; even load gives bars of one length.</summary>
internal static class BackendFigure
{
    /// <summary>More bars than this cannot be read.</summary>
    private const int MostBars = 40;

    public static Plot Draw(RunResults results, FigureStyle style, string source)
    {
        Plot plot = style.NewPlot("Is any pod hot?", source);
        List<Tick> ticks = [];
        double place = 0;
        int color = 0;
        double most = 1;
        foreach (WorkloadResult workload in results.Workloads.Where(workload => workload.Succeeded > 0))
        {
            Bar[] bars = [.. workload.Backends.OrderByDescending(backend => backend.Requests).Take(MostBars).Select(backend => ToBar(backend, workload, style, color, ticks, ref place))];
            most = Math.Max(most, bars.Max(bar => bar.Value));
            ScottPlot.Plottables.BarPlot plotted = plot.Add.Bars(bars);
            plotted.Horizontal = true;
            plotted.LegendText = workload.Name;
            place -= 0.8;
            color = (color + 1) % FigureStyle.Palette.Count;
        }
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericManual([.. ticks]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.Bottom.Label.Text = "share of the workload's requests [%]";
        plot.Axes.SetLimits(0, Math.Min(108, 1.08 * most), place, 1);
        ScottPlot.Panels.LegendPanel legend = plot.ShowLegend(Edge.Bottom);
        legend.Legend.Orientation = Orientation.Horizontal;
        legend.Legend.OutlineWidth = 0;
        return plot;
    }

    private static Bar ToBar(BackendRecord backend, WorkloadResult workload, FigureStyle style, int color, List<Tick> ticks, ref double place)
    {
        string where = backend.Node.Length > 0 ? $" ({backend.Node})" : "";
        ticks.Add(new Tick(place, backend.Pod[(backend.Pod.IndexOf('/') + 1)..] + where));
        return new Bar
        {
            Position = place--,
            Value = 100.0 * backend.Requests / workload.Succeeded,
            FillColor = FigureStyle.Palette[color],
            LineColor = Color.FromHex(style.Background),
            LineWidth = 0,
            Size = 0.8,
        };
    }
}
