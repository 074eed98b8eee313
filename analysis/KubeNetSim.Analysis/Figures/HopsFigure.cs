using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>To how many machines the requests of each workload are handed on: a stacked bar of their shares, and the mean.</summary>
internal static class HopsFigure
{
    // From here on, hops share a color.
    private const int Many = 4;

    public static Figure? Of(RunResults results)
    {
        ImmutableArray<WorkloadResult> workloads = [.. results.Workloads.Where(workload => workload.Succeeded > 0 && !workload.HopShares.IsEmpty)];
        if (workloads.IsEmpty)
            return null;
        return new Figure
        {
            Name = "hops",
            Title = "How many hops a request takes",
            Description = "Shares of requests by the number of hops. " +
                string.Join(" ", workloads.Select(workload => $"{workload.Name}: {Format.Digits(workload.HopsMean)} hops on average.")),
            HowToRead = "A hop is a step from one machine to the next; a request that is answered on the machine it starts from takes none. The mean stands at the right.",
            Legend = [.. Enumerable.Range(0, Many + 1).Where(hops => workloads.Any(workload => Share(workload, hops) > 0)).Select(hops => new LegendEntry(Name(hops), FigureStyle.Amount(hops)))],
            PlotHeight = StackedRows.Height(workloads.Length),
            Draw = style => Draw(style, workloads),
        };
    }

    private static Plot Draw(FigureStyle style, ImmutableArray<WorkloadResult> workloads)
    {
        NumericManual ticks = new([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"]);
        return StackedRows.Draw(style, [.. workloads.Select(Row)], 1, ticks, "share of the workload's requests [%]");
    }

    private static StackedRow Row(WorkloadResult workload) => new(
        workload.Name,
        [.. Enumerable.Range(0, Many + 1).Where(hops => Share(workload, hops) > 0)
            .Select(hops => (FigureStyle.Amount(hops), Share(workload, hops), $"{Name(hops)}: {Format.Share(Share(workload, hops))}"))],
        $"mean {Format.Digits(workload.HopsMean)}");

    private static double Share(WorkloadResult workload, int hops) =>
        hops < Many ? workload.HopShares.ElementAtOrDefault(hops) : workload.HopShares.Skip(Many).Sum();

    private static string Name(int hops) => hops switch
    {
        0 => "no hop",
        1 => "1 hop",
        Many => $"{Many} hops or more",
        _ => $"{hops} hops",
    };
}
