using System.Collections.Immutable;
using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A metric over two numeric axes of a full grid: a coloured cell with its value a point, one map for each setting of the rest.</summary>
internal static class SweepMapFigure
{
    private const int CellHeight = 58;
    private const int AxisHeight = 100;
    private const int MostMaps = 8;
    private const int MostCells = 16;

    // From light to dark, so that it reads in print and to color-blind people alike (viridis: van der Walt and Smith, 2015).
    private static readonly ScottPlot.Colormaps.Viridis Colours = new();

    public static IEnumerable<Figure> Of(SweepTable table, SweepMeans means, string name, SweepNumbers?[] numbers, int across, int up)
    {
        string[] columns = InOrder(table, numbers[across]!, across);
        string[] rows = InOrder(table, numbers[up]!, up);
        // The holes of a sample would look like a finding.
        if (!table.IsGrid || columns.Length < 2 || rows.Length < 2 || columns.Length > MostCells || rows.Length > MostCells)
            return [];
        int[] rest = [.. Enumerable.Range(0, table.Axes.Length).Where(axis => axis != across && axis != up)];
        IGrouping<string, SweepMean>[] maps = [.. means.All.GroupBy(mean => mean.Name(table, rest))];
        return maps.Take(MostMaps).Select((map, number) => new Figure
        {
            Name = name + "-map" + (maps.Length > 1 ? $"-{number + 1}" : ""),
            Title = $"{means.Subject} over {table.Axes[across]} and {table.Axes[up]}{(map.Key.Length > 0 ? $": {map.Key}" : "")}",
            Description = string.Create(CultureInfo.InvariantCulture, $"{columns.Length} by {rows.Length} cells, from {Format.Significant(map.Min(mean => mean.Mean))} to {Format.Significant(map.Max(mean => mean.Mean))}{means.Unit}."),
            Legend = Legend(map, means.Label),
            HowToRead = "Each cell is a point, with its mean over the replications; the darker, the more. Where a queue grows, since a pod or node is offered more than it can do, there is no mean.",
            Sureness = "means over the replications",
            PlotHeight = AxisHeight + rows.Length * CellHeight,
            Draw = style => Draw(style, table, [.. map], (across, columns), (up, rows)),
        });
    }

    private static Plot Draw(FigureStyle style, SweepTable table, ImmutableArray<SweepMean> means, (int Axis, string[] Values) across, (int Axis, string[] Values) up)
    {
        Plot plot = Plots.Create(style);
        plot.HideGrid();
        Func<double, Color> colour = Colour(means);
        foreach (SweepMean mean in means)
        {
            int column = Array.IndexOf(across.Values, mean.Point.Values[across.Axis]);
            int row = Array.IndexOf(up.Values, mean.Point.Values[up.Axis]);
            var cell = plot.Add.Rectangle(column - 0.5, column + 0.5, row - 0.5, row + 0.5);
            cell.FillColor = colour(mean.Mean);
            cell.LineColor = style.Page;
            cell.LineWidth = 2;
            Plots.Write(plot, Format.Significant(mean.Mean), column, row, Alignment.MiddleCenter, FigureStyle.On(cell.FillColor), Plots.TickSize);
        }
        for (int column = 0; column < across.Values.Length; column++)
            for (int row = 0; row < up.Values.Length; row++)
                if (!means.Any(mean => mean.Point.Values[across.Axis] == across.Values[column] && mean.Point.Values[up.Axis] == up.Values[row]))
                    Plots.Write(plot, Missing(across.Values[column], up.Values[row]), column, row, Alignment.MiddleCenter, style.SmallPrint, Plots.TickSize);
        plot.Axes.Bottom.TickGenerator = Names(across.Values);
        plot.Axes.Left.TickGenerator = Names(up.Values);
        plot.Axes.Bottom.Label.Text = table.Axes[across.Axis];
        plot.Axes.Left.Label.Text = table.Axes[up.Axis];
        float left = 76 + up.Values.Max(value => Plots.Measure(value, Plots.TickSize));
        plot.Layout.Fixed(new PixelPadding(left, 32, 78, 14));
        plot.Axes.SetLimits(-0.5, across.Values.Length - 0.5, -0.5, up.Values.Length - 0.5);
        return plot;

        string Missing(string x, string y) =>
            table.Points.Any(point => !point.IsStable && point.Values[across.Axis] == x && point.Values[up.Axis] == y) ? "grows" : "no value";
    }

    // The lightest is the least: viridis runs from dark to light, so it is turned round.
    private static Func<double, Color> Colour(IReadOnlyCollection<SweepMean> means)
    {
        Scale scale = Scale.Of([.. means.Select(mean => mean.Mean)]);
        return value => Colours.GetColor(1 - (scale.At(value) - scale.First) / (scale.Last - scale.First));
    }

    private static ImmutableArray<LegendEntry> Legend(IEnumerable<SweepMean> map, string label)
    {
        SweepMean[] means = [.. map.OrderBy(mean => mean.Mean)];
        Func<double, Color> colour = Colour(means);
        LegendEntry Entry(SweepMean mean, string which) => new($"{which} {Format.Significant(mean.Mean)}", colour(mean.Mean));
        return [Entry(means[0], label + ": least"), Entry(means[means.Length / 2], "middle"), Entry(means[^1], "most")];
    }

    private static NumericManual Names(string[] values) => new([.. values.Select((_, place) => (double)place)], values);

    private static string[] InOrder(SweepTable table, SweepNumbers numbers, int axis) =>
        [.. table.Points.Select(point => point.Values[axis]).Distinct().OrderBy(value => numbers.ByText[value])];
}
