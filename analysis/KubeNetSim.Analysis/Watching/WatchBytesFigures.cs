using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Watching;

/// <summary>
/// Draws what a change sends to all nodes against the number of endpoints, a line for each API, both axes logarithmic: a line twice as steep
/// as another grows with the square.
/// </summary>
public static class WatchBytesFigures
{
    private const int Height = 560;
    private const float Bottom = 78;
    private const float Top = 14;

    /// <summary>Writes a figure for each change, as PNG and SVG.</summary>
    /// <param name="rows">The same Service at several sizes.</param>
    /// <param name="folder">A folder that exists.</param>
    /// <param name="source">What stands below the figures.</param>
    /// <param name="style">For which page.</param>
    public static void Write(IReadOnlyList<WatchBytesRow> rows, string folder, string source, FigureStyle style)
    {
        foreach (IGrouping<string, WatchBytesRow> change in rows.GroupBy(row => row.Change))
        {
            Figure figure = Of([.. change]);
            FigureSheet sheet = new(figure, style, $"Sent to {Format.Count(rows[0].Nodes)} nodes that watch {rows[0].Service}, by how its endpoints are published", source);
            string path = Path.Combine(folder, figure.Name + style.Suffix);
            WholeFile.Write(path + ".png", file => file.Write(sheet.Png()));
            WholeFile.Write(path + ".svg", sheet.Svg());
        }
    }

    /// <summary>The figure of one change.</summary>
    internal static Figure Of(IReadOnlyList<WatchBytesRow> rows)
    {
        ImmutableArray<IGrouping<string, WatchBytesRow>> apis = [.. rows.GroupBy(row => row.Api)];
        return new Figure
        {
            Name = rows[0].Change.Replace(' ', '-'),
            Title = $"{char.ToUpperInvariant(rows[0].Change[0])}{rows[0].Change[1..]}: bytes to all nodes",
            Description = string.Join(" ", apis.Select(api => $"{api.Key}: {Format.Bytes(api.First().BytesAllNodes)} at {api.First().Endpoints} endpoints, {Format.Bytes(api.Last().BytesAllNodes)} at {api.Last().Endpoints}.")),
            PlotHeight = Height,
            Draw = style => Draw(style, rows, apis),
        };
    }

    private static Plot Draw(FigureStyle style, IReadOnlyList<WatchBytesRow> rows, ImmutableArray<IGrouping<string, WatchBytesRow>> apis)
    {
        Plot plot = Plots.Create(style);
        double firstX = Math.Log10(rows.Min(row => row.Endpoints));
        double lastX = Math.Log10(rows.Max(row => row.Endpoints));
        double[] powers = [.. Powers(rows.Min(row => row.BytesAllNodes), rows.Max(row => row.BytesAllNodes))];
        int[] sizes = [.. rows.Select(row => row.Endpoints).Where(size => size.ToString(System.Globalization.CultureInfo.InvariantCulture)[0] == '1').Distinct()];
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. sizes.Select(size => Math.Log10(size))], [.. sizes.Select(size => Format.Count(size))]);
        plot.Axes.Left.TickGenerator = new NumericManual(powers, [.. powers.Select(power => Format.RoundBytes(Math.Pow(10, power)))]);
        plot.Axes.Bottom.Label.Text = "Endpoints of the Service, logarithmic";
        plot.Axes.Left.Label.Text = "All nodes together, logarithmic";
        float names = apis.Max(api => Plots.Measure($"{api.Key}: {Format.Bytes(api.Last().BytesAllNodes)}", Plots.TickSize)) * 1.12f + 30;
        float left = 100 + powers.Max(power => Plots.Measure(Format.RoundBytes(Math.Pow(10, power)), Plots.TickSize));
        plot.Layout.Fixed(new PixelPadding(left, 32, Bottom, Top));
        // Lines that lie on each other are drawn thinner the later they come, so that all are seen.
        for (int number = 0; number < apis.Length; number++)
            AddLine(plot, style, apis[number], number);
        double perPixel = (lastX - firstX) / Math.Max(1, FigureSheet.Width - left - 32 - names - 24);
        plot.Axes.SetLimits(firstX - 24 * perPixel, lastX + names * perPixel, powers[0], powers[^1]);
        return plot;
    }

    private static void AddLine(Plot plot, FigureStyle style, IGrouping<string, WatchBytesRow> api, int number)
    {
        Color color = FigureStyle.Series(number);
        WatchBytesRow last = api.Last();
        double[] sizes = [.. api.Select(row => Math.Log10(row.Endpoints))];
        double[] bytes = [.. api.Select(row => Math.Log10(row.BytesAllNodes))];
        ScottPlot.Plottables.Scatter line = plot.Add.Scatter(sizes, bytes, color);
        line.LineWidth = Math.Max(3, 7 - 2 * number);
        line.MarkerSize = 11 - 2 * Math.Min(3, number);
        ScottPlot.Plottables.Text name = Plots.Write(plot, $"{api.Key}: {Format.Bytes(last.BytesAllNodes)}", sizes[^1], bytes[^1], Alignment.MiddleLeft, style.Ink, Plots.TickSize, bold: true);
        name.OffsetX = 12;
        name.LabelBackgroundColor = style.Page;
    }

    // From the power of ten below the least to the one above the most.
    private static IEnumerable<double> Powers(double least, double most)
    {
        for (double power = Math.Floor(Math.Log10(least)); power <= Math.Ceiling(Math.Log10(most)); power++)
            yield return power;
    }
}
