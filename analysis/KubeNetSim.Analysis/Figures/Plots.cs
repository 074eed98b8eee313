using ScottPlot;
using ScottPlot.Plottables;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace KubeNetSim.Analysis.Figures;

/// <summary>What all plots have in common.</summary>
internal static class Plots
{
    public const float LabelSize = 19;
    public const float TickSize = 17;
    private const float RightMargin = 32;

    /// <summary>An empty plot in the colours of a style.</summary>
    public static Plot Create(FigureStyle style)
    {
        var plot = new Plot();
        FigureFonts.Load();
        plot.Font.Set(FigureFonts.Name);
        plot.FigureBackground.Color = style.Page;
        plot.DataBackground.Color = style.Page;
        plot.Axes.Color(style.Ink);
        plot.Grid.MajorLineColor = style.Lines;
        plot.Axes.Top.IsVisible = false;
        plot.Axes.Right.IsVisible = false;
        plot.Axes.Title.IsVisible = false;
        plot.Axes.Bottom.TickLabelStyle.FontSize = TickSize;
        plot.Axes.Left.TickLabelStyle.FontSize = TickSize;
        plot.Axes.Bottom.Label.FontSize = LabelSize;
        plot.Axes.Left.Label.FontSize = LabelSize;
        plot.Axes.Bottom.MinorTickStyle.Length = 0;
        plot.Axes.Left.MinorTickStyle.Length = 0;
        plot.Axes.Bottom.Label.Bold = false;
        plot.Axes.Left.Label.Bold = false;
        return plot;
    }

    /// <summary>Turns the left axis into a list of names, the first on top, and leaves room for the longest.</summary>
    /// <returns>Width that is left for data [px].</returns>
    public static float Rows(Plot plot, FigureStyle style, IReadOnlyList<(double Position, string Name)> rows)
    {
        plot.Axes.Left.TickGenerator = new NumericManual(
            [.. rows.Select(row => row.Position)], [.. rows.Select(row => Shorten(row.Name))]);
        plot.Axes.Left.TickLabelStyle.FontSize = LabelSize;
        plot.Axes.Left.TickLabelStyle.ForeColor = style.Ink;
        plot.Axes.Left.MajorTickStyle.Length = 0;
        plot.Axes.Left.FrameLineStyle.Width = 0;
        plot.Grid.YAxisStyle.IsVisible = false;
        float left = 48 + rows.Select(row => Measure(Shorten(row.Name), LabelSize)).DefaultIfEmpty().Max();
        plot.Layout.Fixed(new PixelPadding(left, RightMargin, 78, 8));
        return FigureSheet.Width - left - RightMargin;
    }

    /// <summary>Ticks from 0 to a largest value in steps of 1, 2 or 5 times a power of ten; 0 alone where there is nothing more.</summary>
    /// <param name="largest">Largest value.</param>
    /// <param name="most">At most so many steps, two or more.</param>
    public static NumericManual Ticks(double largest, int most = 10)
    {
        var ticks = new NumericManual();
        foreach (double value in Steps(largest, most))
            ticks.AddMajor(value, Format.Plain(value));
        return ticks;
    }

    /// <summary>Where <see cref="Ticks"/> are.</summary>
    public static IEnumerable<double> Steps(double largest, int most = 10)
    {
        if (largest <= 0)
            return [0];
        double step = Math.Pow(10, Math.Floor(Math.Log10(largest)) - 1);
        foreach (double factor in (ReadOnlySpan<double>)[2, 2.5, 2, 2, 2.5, 2])
        {
            if (largest / step <= most)
                break;
            step *= factor;
        }
        return Enumerable.Range(0, (int)(largest * 1.0001 / step) + 1).Select(count => count * step);
    }

    /// <summary>Width of a text in the figures' typeface [px].</summary>
    public static float Measure(string text, float size)
    {
        using var font = new SKFont(FigureFonts.Regular, size);
        return font.MeasureText(text);
    }

    /// <summary>Where an axis that begins at 0 must end for notes behind values to fit; at the largest of the values where there are no notes.</summary>
    /// <param name="width">Width of the plot [px].</param>
    /// <param name="offset">Distance between a value and its note [px].</param>
    /// <param name="notes">Each value with its note.</param>
    public static double LimitFor(float width, float offset, IEnumerable<(double Value, string Note)> notes) =>
        notes.Max(note => note.Value * width / Math.Max(width / 8, width - offset - Measure(note.Note, TickSize)));

    /// <summary>Writes a text at a place of the plot.</summary>
    public static Text Write(
        Plot plot, string text, double x, double y, Alignment alignment, Color color, float size, bool bold = false)
    {
        Text label = plot.Add.Text(text, x, y);
        // ScottPlot 5.1 asks for the regular weight even where a label is bold: the typeface itself is given.
        label.LabelStyle.Font = bold ? FigureFonts.Bold : FigureFonts.Regular;
        label.LabelFontSize = size;
        label.LabelFontColor = color;
        label.LabelAlignment = alignment;
        return label;
    }

    /// <summary>A name of at most so many letters: the middle of a longer one is left out, since names differ at their ends.</summary>
    public static string Shorten(string name, int most = 42) =>
        name.Length <= most ? name : $"{name[..((most - 1) / 2)]}…{name[^(most / 2)..]}";
}
