using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The name of a curve, beside it: no legend to look up.</summary>
/// <param name="Curve">Which curve.</param>
/// <param name="Area">Where it stands [px]: a dash of the curve's color, and its name.</param>
internal sealed record CurveLabel(Curve Curve, PixelRect Area)
{
    // With more, names would cover the figure.
    private const int Most = 6;
    private const float Height = 26;
    private const float Dash = 18;
    private const float Gap = 8;

    // How far from the curve: near a steep one, farther from a flat one, which else would run into it.
    private static readonly ImmutableArray<float> Distances = [14, 28, 48];

    /// <summary>Places a label beside each curve where it touches neither a curve nor another label; none at all where one finds no place, since then a legend is needed anyway.</summary>
    /// <param name="curves">The curves.</param>
    /// <param name="axis">Their axis.</param>
    /// <param name="top">Largest percentage of the plot.</param>
    public static ImmutableArray<CurveLabel> Place(ImmutableArray<Curve> curves, LatencyAxis axis, double top)
    {
        if (curves.Length > Most)
            return [];
        Pixel[] lines = [.. curves.SelectMany(curve => curve.Pixels(axis, top))];
        List<CurveLabel> placed = [];
        foreach (Curve curve in curves)
        {
            PixelRect? free = Candidates(curve, axis, top).Where(area => IsInside(area) && !lines.Any(area.Contains) && !placed.Any(label => Overlap(label.Area, area)))
                .Select(area => (PixelRect?)area).FirstOrDefault();
            if (free is not { } area)
                return [];
            placed.Add(new CurveLabel(curve, area));
        }
        return [.. placed];
    }

    /// <summary>Draws it.</summary>
    public void Draw(Plot plot, FigureStyle style, LatencyAxis axis, double top)
    {
        (double from, double y) = axis.FromPixel(new Pixel(Area.Left, Area.LeftCenter.Y), top);
        (double to, _) = axis.FromPixel(new Pixel(Area.Left + Dash, Area.LeftCenter.Y), top);
        var dash = plot.Add.Line(from, y, to, y);
        dash.Color = FigureStyle.Series(Curve.Series);
        dash.LineWidth = 6;
        Plots.Write(plot, Curve.Name, to, y, Alignment.MiddleLeft, style.Ink, Plots.LabelSize).OffsetX = Gap;
    }

    // As near as can be, at the steepest part of a curve first, where it is farthest from the others; right of it, then left.
    private static IEnumerable<PixelRect> Candidates(Curve curve, LatencyAxis axis, double top)
    {
        float width = Dash + Gap + Plots.Measure(curve.Name, Plots.LabelSize) + 6;
        double peak = curve.Points.Max(point => point.Percent);
        Pixel[] points = [.. curve.Points.OrderBy(point => Math.Abs(point.Percent - peak / 2)).Select(point => axis.ToPixel(point.Place, point.Percent, top))];
        foreach (float distance in Distances)
            foreach (Pixel at in points)
                foreach (float left in (float[])[at.X + distance, at.X - distance - width])
                    yield return new PixelRect(left, left + width, at.Y + Height / 2, at.Y - Height / 2);
    }

    private static bool IsInside(PixelRect area) =>
        area.Left >= LatencyAxis.Room.Left && area.Right <= LatencyAxis.Room.Right && area.Top >= LatencyAxis.Room.Top && area.Bottom <= LatencyAxis.Room.Bottom;

    private static bool Overlap(PixelRect one, PixelRect other) =>
        one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;
}
