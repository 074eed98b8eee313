using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>Very many backends: a row of marks a workload, one mark a backend, at its load as a multiple of the even share.</summary>
internal static class BackendSpreadFigure
{
    private const int RowHeight = 62;
    private const int AxisHeight = 96;
    private const float NoteOffset = 12;
    private const float MarkWidth = 3;
    private const float TickRoom = 40;

    // Above this many times the even share, marks of the others would stand in one place: what is beyond stands at its end.
    private const double Most = 20;

    public static Figure Of(RunResults results, ImmutableArray<(WorkloadResult Workload, int Series)> groups) => new()
    {
        Name = "backends",
        Title = "How requests spread over the backends",
        Description = "Load of each backend as a multiple of the even share. " + string.Join(" ", groups.Select(group => $"{group.Workload.Name}: {Note(results, group.Workload)}.")),
        HowToRead = "Each mark is a backend. Were requests spread evenly, all marks would stand at the dotted line; at 2, a backend has twice its share.",
        PlotHeight = AxisHeight + Math.Max(2, groups.Length) * RowHeight,
        Draw = style => Draw(style, results, groups),
    };

    private static Plot Draw(FigureStyle style, RunResults results, ImmutableArray<(WorkloadResult Workload, int Series)> groups)
    {
        Plot plot = Plots.Create(style);
        double largest = Math.Min(Most, groups.Max(group => Loads(results, group.Workload).Max()));
        float width = Plots.Rows(plot, style, [.. groups.Select((group, row) => (-(double)row, group.Workload.Name))]);
        double limit = Plots.LimitFor(width, NoteOffset + 10, groups.Select(group => (Math.Min(Loads(results, group.Workload).Max(), largest), Note(results, group.Workload))));
        for (int row = 0; row < groups.Length; row++)
        {
            (WorkloadResult workload, int series) = groups[row];
            double[] loads = [.. Loads(results, workload).Select(load => Math.Min(load, largest))];
            DrawMarks(plot, loads, -row, MarkWidth * limit / width, FigureStyle.Series(series));
            Plots.Write(plot, Note(results, workload), loads.Max(), -row, Alignment.MiddleLeft, style.Ink, Plots.TickSize).OffsetX = NoteOffset;
        }
        var even = plot.Add.Line(1, 0.5, 1, -Math.Max(2, groups.Length) + 0.5);
        even.Color = style.Ink;
        even.LineWidth = 2;
        even.LinePattern = LinePattern.Dotted;
        plot.Axes.Bottom.TickGenerator = Ticks(largest, Math.Clamp((int)(width * largest / limit / TickRoom), 2, 10));
        plot.Axes.Bottom.Label.Text = "load of a backend, as a multiple of the even share (dotted)";
        plot.Axes.SetLimits(-0.01 * limit, limit, -Math.Max(2, groups.Length) + 0.5, 0.6);
        return plot;
    }

    private static NumericManual Ticks(double largest, int most)
    {
        var ticks = new NumericManual();
        foreach (double value in Plots.Steps(largest, most))
            ticks.AddMajor(value, value == Most ? $"≥{Format.Plain(value)}" : Format.Plain(value));
        return ticks;
    }

    // Backends that would stand in one place are one mark, the stronger the more they are.
    private static void DrawMarks(Plot plot, double[] loads, double y, double width, Color color)
    {
        IGrouping<int, double>[] places = [.. loads.GroupBy(load => (int)(load / width)).OrderBy(place => place.Key)];
        double most = places.Max(place => place.Count());
        foreach (IGrouping<int, double> place in places)
        {
            var mark = plot.Add.Rectangle(place.Key * width, (place.Key + 1) * width, y - 0.32, y + 0.32);
            mark.FillColor = color.WithAlpha(0.35 + 0.65 * place.Count() / most);
            mark.LineWidth = 0;
        }
    }

    private static string Note(RunResults results, WorkloadResult workload)
    {
        int count = workload.Backends.Length + workload.UnlistedBackends;
        int idle = workload.Backends.Count(backend => backend.Requests == 0) + workload.UnlistedBackends;
        string most = $"{Format.Count(count)} backend{(count == 1 ? "" : "s")}, at most {Format.Digits(Loads(results, workload).Max())}x";
        string spread = idle == 0 ? most : $"{most}, {Format.Count(idle)} without any";
        Balance balance = new(results, workload);
        return balance.VariesByReplication && workload.Skew is { } skew ? $"{spread}; in each replication the busiest has {Format.Share(skew.BusiestShare)}"
            : balance.IsChance ? $"{spread}: chance" : spread;
    }

    private static IEnumerable<double> Loads(RunResults results, WorkloadResult workload)
    {
        Balance balance = new(results, workload);
        double requests = Math.Max(1, workload.Backends.Sum(backend => backend.Requests));
        return workload.Backends.Select(backend => balance.EvenShareOf(backend) is > 0 and double even ? backend.Requests / (requests * even) : 0).Concat(Enumerable.Repeat(0.0, workload.UnlistedBackends));
    }
}
