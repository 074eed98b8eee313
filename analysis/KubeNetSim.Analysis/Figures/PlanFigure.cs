using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>
/// What a plan looked at: for each objective, a bar a setting, the smallest on top, with its bounds and the limit that it must stay below. The same
/// answer gives the same bytes.
/// </summary>
public static class PlanFigure
{
    internal const int RowHeight = 40;
    private const int AxisHeight = 96;
    internal const int SubjectHeight = 44;
    private const int MostRows = 16;
    internal const float NoteRoom = 150;

    // Bars this many times as long as the limit say only that it is far away.
    private const double MostLimits = 2.5;

    private static readonly Color Met = Color.FromHex("#009E73");
    private static readonly Color Missed = Color.FromHex("#D55E00");
    private static readonly Color Undecided = Color.FromHex("#E69F00");

    /// <summary>Writes plan.png and plan.svg; for dark pages their names end in -dark.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="version">Of the simulator.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="style">For which page.</param>
    public static void Write(PlanResult result, string version, string folder, FigureStyle style)
    {
        FigureSheet sheet = new(Of(result), style, result.Question, $"KubeNetSim {version.Split('+')[0]} · {result.Plan} · thin lines are one-sided bounds with {Format.Plain(100 * result.Confidence)}% confidence");
        string path = Path.Combine(folder, "plan" + style.Suffix);
        WholeFile.Write(path + ".png", file => file.Write(sheet.Png()));
        WholeFile.Write(path + ".svg", sheet.Svg());
    }

    internal static Figure Of(PlanResult result)
    {
        // The best and those just below it: that is where the answer is decided.
        int last = result.Best is { } best ? result.Tried.ToList().FindIndex(tried => tried.InWords == best.InWords) + 1 : result.Tried.Length;
        ImmutableArray<PlanSetting> shown = [.. result.Tried.Take(Math.Max(last, MostRows)).TakeLast(MostRows)];
        int height = SubjectHeight + AxisHeight + shown.Length * RowHeight;
        ImmutableArray<Panel> panels =
        [
            .. Enumerable.Range(0, shown[0].Objectives.Length).Select(place => new Panel(height, style => Draw(style, shown, place, result.Currency))),
            .. result.Minimises == "cost" ? (Panel[])[new Panel(height, style => PlanCostPanel.Draw(style, shown, result))] : [],
        ];
        string left = shown.Length < result.Tried.Length ? $" ({shown.Length} of the {result.Tried.Length} settings simulated)" : "";
        return new Figure
        {
            Name = "plan",
            Title = (result.Best is null ? "No setting meets the objectives"
                : $"{result.Best.InWords} is the {(result.Minimises == "cost" ? "cheapest" : "smallest")} that meets every objective") + left,
            Description = string.Join(" ", shown.Select(setting => $"{setting.InWords}: {setting.State}.")),
            Legend = [.. shown.SelectMany(setting => setting.Objectives).Select(objective => objective.State).Distinct().Order(StringComparer.Ordinal).Select(state => new LegendEntry(state, ColorOf(state)))],
            PlotHeight = panels[0].Height,
            Draw = panels[0].Draw,
            Below = panels[1..],
        };
    }

    private static Plot Draw(FigureStyle style, ImmutableArray<PlanSetting> settings, int place, string currency)
    {
        Plot plot = Plots.Create(style);
        float width = Plots.Rows(plot, style, [.. settings.Select((setting, row) => (-(double)row, setting.InWords))]);
        PlanObjective first = settings[0].Objectives[place];
        double scale = ScaleOf(first, currency, out string unit);
        double limit = first.Limit * scale;
        double most = Math.Min(MostLimits * limit, Math.Max(limit, scale * settings.Max(setting => setting.Objectives[place].Upper ?? setting.Objectives[place].Value ?? 0)));
        for (int row = 0; row < settings.Length; row++)
            AddBar(plot, style, settings[row].Objectives[place], -row, scale, most);
        AddLimit(plot, style, limit, settings.Length);
        double subject = 0.5 + SubjectHeight / (double)RowHeight;
        Plots.Write(plot, first.Objective, 0, subject - 0.35, Alignment.UpperLeft, style.Ink, Plots.LabelSize, bold: true);
        plot.Axes.Bottom.TickGenerator = Plots.Ticks(most);
        plot.Axes.Bottom.Label.Text = $"{first.Objective.Split('<')[0].Trim()} [{unit}]; dashed: its limit";
        plot.Axes.SetLimits(0, most * width / (width - NoteRoom), -settings.Length + 0.5, subject);
        return plot;
    }

    private static void AddBar(Plot plot, FigureStyle style, PlanObjective objective, int at, double scale, double most)
    {
        double value = Math.Min(most, (objective.Value ?? double.PositiveInfinity) * scale);
        plot.Add.Bar(new Bar { Orientation = Orientation.Horizontal, Position = at, Value = value, Size = 0.62, FillColor = ColorOf(objective.State), LineWidth = 0 });
        if (objective is { Lower: { } lower, Upper: { } upper } && lower * scale < most)
        {
            var bounds = plot.Add.Line(Math.Max(0, lower * scale), at, Math.Min(most, upper * scale), at);
            bounds.Color = style.Ink;
            bounds.LineWidth = 3;
        }
        // In a column of their own, where no limit runs through them.
        string text = objective.Value is { } known ? objective.Show(known) : "queue grows";
        Plots.Write(plot, text, most, at, Alignment.MiddleLeft, style.Ink, Plots.LabelSize, bold: true).OffsetX = 14;
    }

    private static void AddLimit(Plot plot, FigureStyle style, double limit, int rows)
    {
        var line = plot.Add.Line(limit, 0.5 - rows, limit, 0.5);
        line.Color = style.Ink;
        line.LineWidth = 2;
        line.LinePattern = LinePattern.Dashed;
    }

    private static double ScaleOf(PlanObjective objective, string currency, out string unit)
    {
        (unit, double scale) = objective.Unit switch
        {
            "ms" => (Format.TimeUnit(objective.Limit).Name, 1 / Format.TimeUnit(objective.Limit).Milliseconds),
            "money" => ($"{currency} a month", 1),
            "backends" => ("backends", 1),
            _ => ("%", 100.0),
        };
        return scale;
    }

    private static Color ColorOf(string state) => state switch
    {
        "met" => Met,
        "missed" => Missed,
        _ => Undecided,
    };
}
