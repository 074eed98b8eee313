using KubeNetSim.Measurements;
using ScottPlot;

namespace KubeNetSim.Analysis;

/// <summary>Where the mean latency of each workload went: one bar a workload, one colour a stage.</summary>
internal static class BreakdownFigure
{
    private static readonly (string Name, Func<BreakdownResult, double> Of)[] Stages =
    [
        ("DNS", mean => mean.Dns), ("handshakes", mean => mean.Connect), ("load balancer", mean => mean.LoadBalancer), ("rules", mean => mean.Rules),
        ("network", mean => mean.Network), ("queue", mean => mean.Queue), ("service", mean => mean.Service),
    ];

    public static Plot Draw(RunResults results, FigureStyle style, string source)
    {
        WorkloadResult[] workloads = [.. results.Workloads.Where(workload => workload.BreakdownMs is not null).Reverse()];
        Plot plot = style.NewPlot(results.Question.Length > 0 ? results.Question : "Where does the time of a request go?", source);
        double longest = workloads.Length == 0 ? 1 : workloads.Max(workload => workload.LatencyMs!.Mean);
        for (int stage = 0; stage < Stages.Length; stage++)
        {
            Bar[] bars = [.. workloads.Select((workload, place) => Segment(workload, place, stage))];
            ScottPlot.Plottables.BarPlot bar = plot.Add.Bars(bars);
            bar.Horizontal = true;
            bar.LegendText = Stages[stage].Name;
        }
        for (int place = 0; place < workloads.Length; place++)
        {
            ScottPlot.Plottables.Text total = plot.Add.Text(Format.Duration(workloads[place].LatencyMs!.Mean), workloads[place].LatencyMs!.Mean + (0.01 * longest), place);
            total.LabelFontColor = Color.FromHex(style.Foreground);
            total.LabelAlignment = Alignment.MiddleLeft;
            total.LabelFontName = FigureFonts.Name;
            total.LabelFontSize = 13;
        }
        plot.Axes.Left.SetTicks([.. Enumerable.Range(0, workloads.Length).Select(place => (double)place)], [.. workloads.Select(workload => workload.Name)]);
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.TickLabelStyle.FontSize = 14;
        plot.Axes.Bottom.Label.Text = "mean time of a request [ms]";
        plot.Grid.YAxisStyle.IsVisible = false;
        plot.Axes.SetLimits(0, 1.12 * longest, -0.6, workloads.Length - 0.4);
        plot.ShowLegend(Edge.Bottom).LegendOrientation();
        return plot;
    }

    private static Bar Segment(WorkloadResult workload, int place, int stage)
    {
        double before = Stages[..stage].Sum(item => item.Of(workload.BreakdownMs!));
        return new Bar
        {
            Position = place,
            ValueBase = before,
            Value = before + Stages[stage].Of(workload.BreakdownMs!),
            FillColor = FigureStyle.Palette[stage],
            LineWidth = 0,
            Size = 0.62,
        };
    }

    private static void LegendOrientation(this ScottPlot.Panels.LegendPanel panel)
    {
        panel.Legend.Orientation = Orientation.Horizontal;
        panel.Legend.OutlineWidth = 0;
        panel.Legend.FontName = FigureFonts.Name;
    }
}
