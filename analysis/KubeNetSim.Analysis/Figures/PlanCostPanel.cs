using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>What each setting of a plan costs, with its 95% interval: what is to be small.</summary>
internal static class PlanCostPanel
{
    public static Plot Draw(FigureStyle style, ImmutableArray<PlanSetting> settings, PlanResult result)
    {
        Plot plot = Plots.Create(style);
        float width = Plots.Rows(plot, style, [.. settings.Select((setting, row) => (-(double)row, setting.InWords))]);
        double most = settings.Max(setting => Math.Max(setting.Size, setting.CostCi95?[1] ?? 0));
        most = most > 0 ? most : 1;
        for (int row = 0; row < settings.Length; row++)
        {
            PlanSetting setting = settings[row];
            plot.Add.Bar(new Bar { Orientation = Orientation.Horizontal, Position = -row, Value = setting.Size, Size = 0.62, FillColor = FigureStyle.Money, LineWidth = 0 });
            if (setting.CostCi95 is [var low, var high])
            {
                ScottPlot.Plottables.LinePlot bounds = plot.Add.Line(Math.Max(0, low), -row, high, -row);
                bounds.Color = style.Ink;
                bounds.LineWidth = 3;
            }
            Plots.Write(plot, Format.Money(setting.Size), most, -row, Alignment.MiddleLeft, style.Ink, Plots.LabelSize, bold: true).OffsetX = 14;
        }
        double subject = 0.5 + PlanFigure.SubjectHeight / (double)PlanFigure.RowHeight;
        Plots.Write(plot, "what it costs", 0, subject - 0.35, Alignment.UpperLeft, style.Ink, Plots.LabelSize, bold: true);
        plot.Axes.Bottom.TickGenerator = Plots.Ticks(most);
        plot.Axes.Bottom.Label.Text = $"{result.Currency} a month{(result.CostOf.Length > 0 ? $", for {result.CostOf}" : "")}";
        plot.Axes.SetLimits(0, most * width / (width - PlanFigure.NoteRoom), -settings.Length + 0.5, subject);
        return plot;
    }
}
