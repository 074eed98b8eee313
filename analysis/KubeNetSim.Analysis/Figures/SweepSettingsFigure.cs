using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A metric for settings that are no numbers: a bar each, with its 95% interval.</summary>
internal static class SweepSettingsFigure
{
    private const int RowHeight = 46;
    private const int AxisHeight = 96;
    private const int MostRows = 20;
    private const float NoteRoom = 110;

    public static Figure Of(SweepTable table, SweepMeans means, string name)
    {
        ImmutableArray<SweepMean> all = means.All;
        ImmutableArray<SweepMean> shown = [.. all.Take(MostRows)];
        string left = all.Length > MostRows ? $" (the first {MostRows} of {all.Length})" : "";
        return new Figure
        {
            Name = name,
            Title = $"{means.Subject} by {string.Join(" and ", table.Axes)}{left}",
            Description = string.Join(" ", shown.Select(mean => $"{NameOf(table, mean)}: {Format.Significant(mean.Mean)}{means.Unit}.")),
            HowToRead = "Each bar is a setting; the thin line at its end is the 95% confidence interval.",
            Sureness = means.WidestInterval is { } widest ? $"thin lines are 95% confidence intervals, ±{Format.Share(widest)} of the mean at most" : "",
            PlotHeight = AxisHeight + Math.Max(2, shown.Length) * RowHeight,
            Draw = style => Draw(style, table, means.Label, shown),
        };
    }

    private static Plot Draw(FigureStyle style, SweepTable table, string label, ImmutableArray<SweepMean> means)
    {
        Plot plot = Plots.Create(style);
        float width = Plots.Rows(plot, style, [.. means.Select((mean, row) => (-(double)row, NameOf(table, mean)))]);
        // Bars are lengths, so they begin at zero.
        double most = Math.Max(means.Max(mean => mean.High), 1e-9);
        for (int row = 0; row < means.Length; row++)
        {
            plot.Add.Bar(new Bar
            {
                Orientation = Orientation.Horizontal,
                Position = -row,
                Value = means[row].Mean,
                Size = 0.62,
                FillColor = FigureStyle.Series(0),
                LineWidth = 0,
            });
            var interval = plot.Add.Line(Math.Max(0, means[row].Low), -row, means[row].High, -row);
            interval.Color = style.Ink;
            interval.LineWidth = 3;
            Plots.Write(plot, Format.Significant(means[row].Mean), means[row].High, -row, Alignment.MiddleLeft, style.Ink, Plots.LabelSize, bold: true).OffsetX = 10;
        }
        plot.Axes.Bottom.TickGenerator = Plots.Ticks(most);
        plot.Axes.Bottom.Label.Text = label;
        plot.Axes.SetLimits(0, most * width / (width - NoteRoom), -Math.Max(2, means.Length) + 0.5, 0.5);
        return plot;
    }

    private static string NameOf(SweepTable table, SweepMean mean) => mean.Name(table, Enumerable.Range(0, table.Axes.Length));
}
