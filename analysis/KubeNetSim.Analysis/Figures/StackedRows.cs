using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A row of stacked bars.</summary>
/// <param name="Name">What stands at its left.</param>
/// <param name="Parts">Its bars: color, length in units of the axis, and what is written on it where there is room.</param>
/// <param name="Sum">What stands at its end.</param>
internal sealed record StackedRow(string Name, ImmutableArray<(Color Color, double Length, string Text)> Parts, string Sum);

/// <summary>Rows of stacked bars, with the sum of each at its end.</summary>
internal static class StackedRows
{
    private const int AxisHeight = 90;
    private const int FewestRows = 2;
    private const float SumOffset = 10;

    /// <summary>Height of a plot with so many rows [px]: many rows are lower ones.</summary>
    public static int Height(int rows) => AxisHeight + Math.Max(FewestRows, rows) * (rows > 8 ? 46 : 70);

    /// <summary>Draws them.</summary>
    /// <param name="style">For which page.</param>
    /// <param name="rows">From top to bottom.</param>
    /// <param name="longest">Length of the longest row, more than 0.</param>
    /// <param name="ticks">Ticks of the axis.</param>
    /// <param name="axis">What the axis measures, with its unit.</param>
    public static Plot Draw(FigureStyle style, ImmutableArray<StackedRow> rows, double longest, NumericManual ticks, string axis)
    {
        Plot plot = Plots.Create(style);
        float width = Plots.Rows(plot, style, [.. rows.Select((row, index) => (-(double)index, row.Name))]);
        // The regular typeface is narrower than the bold one of the sums.
        float room = 1.15f * rows.Max(row => row.Parts.IsEmpty ? 0 : Plots.Measure(row.Sum, Plots.LabelSize)) + 2 * SumOffset;
        double pixelsPerUnit = (width - room) / longest;
        for (int index = 0; index < rows.Length; index++)
            Draw(plot, style, rows[index], -index, pixelsPerUnit);
        plot.Axes.Bottom.TickGenerator = ticks;
        plot.Axes.Bottom.Label.Text = axis;
        plot.Axes.SetLimits(0, width / pixelsPerUnit, -Math.Max(FewestRows, rows.Length) + 0.5, 0.5);
        return plot;
    }

    private static void Draw(Plot plot, FigureStyle style, StackedRow row, double y, double pixelsPerUnit)
    {
        double from = 0;
        foreach ((Color color, double length, string text) in row.Parts)
        {
            plot.Add.Bar(new Bar
            {
                Orientation = Orientation.Horizontal,
                Position = y,
                ValueBase = from,
                Value = from + length,
                Size = 0.62,
                FillColor = color,
                LineColor = style.Page,
                LineWidth = 1,
            });
            if (Plots.Measure(text, Plots.TickSize) + 12 < length * pixelsPerUnit)
                Plots.Write(plot, text, from + length / 2, y, Alignment.MiddleCenter, FigureStyle.On(color), Plots.TickSize);
            from += length;
        }
        bool hasParts = !row.Parts.IsEmpty;
        Plots.Write(plot, row.Sum, from, y, Alignment.MiddleLeft, hasParts ? style.Ink : style.SmallPrint, Plots.LabelSize, bold: hasParts).OffsetX = SumOffset;
    }
}
