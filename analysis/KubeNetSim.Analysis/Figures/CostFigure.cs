using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The items of a month's bill, and what they come to.</summary>
internal static class CostFigure
{
    private const int RowHeight = 52;
    private const int AxisHeight = 96;
    private const float NoteRoom = 130;

    /// <summary>Name of its files; a page shows it beside the bill.</summary>
    public const string Name = "costs";

    public static Figure? Of(RunResults results)
    {
        if (results.Cost is not { Monthly: > 0 } cost)
            return null;
        ImmutableArray<CostItem> items = [.. cost.Items.Where(item => item.Monthly > 0)];
        return new Figure
        {
            Name = Name,
            Title = $"A month of this traffic costs {cost.Currency} {Format.Money(cost.Monthly)}",
            Description = "Items of the bill. " + string.Join(" ", items.Select(item => $"{item.What}: {cost.Currency} {Format.Money(item.Monthly)}.")),
            HowToRead = "Each bar is an item of the bill: what was simulated, scaled to a month of traffic like this, at list prices.",
            PlotHeight = AxisHeight + Math.Max(2, items.Length) * RowHeight,
            Draw = style => Draw(style, cost, items),
        };
    }

    private static Plot Draw(FigureStyle style, CostResult cost, ImmutableArray<CostItem> items)
    {
        Plot plot = Plots.Create(style);
        float width = Plots.Rows(plot, style, [.. items.Select((item, row) => (-(double)row, item.What))]);
        double largest = items.Max(item => item.Monthly);
        for (int row = 0; row < items.Length; row++)
        {
            plot.Add.Bar(new Bar
            {
                Orientation = Orientation.Horizontal,
                Position = -row,
                Value = items[row].Monthly,
                Size = 0.62,
                FillColor = FigureStyle.Money,
                LineWidth = 0,
            });
            Plots.Write(plot, Format.Money(items[row].Monthly), items[row].Monthly, -row, Alignment.MiddleLeft, style.Ink, Plots.LabelSize, bold: true).OffsetX = 10;
        }
        plot.Axes.Bottom.TickGenerator = Plots.Ticks(largest);
        plot.Axes.Bottom.Label.Text = $"{cost.Currency} a month; list prices of {cost.PriceSheet}, as of {cost.AsOf}";
        plot.Axes.SetLimits(0, largest * width / (width - NoteRoom), -Math.Max(2, items.Length) + 0.5, 0.5);
        return plot;
    }
}
