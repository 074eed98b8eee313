using System.Collections.Immutable;
using ScottPlot;

namespace KubeNetSim.Analysis.Figures;

/// <summary>A workload's line along the axis of latency.</summary>
/// <param name="Workload">The workload.</param>
/// <param name="Series">Its number in the scenario, which decides its color.</param>
/// <param name="Points">Place on the axis and percentage of each of its points.</param>
internal sealed record Curve(WorkloadResult Workload, int Series, ImmutableArray<(double Place, double Percent)> Points)
{
    // Closer than this, the line drawn later would hide the other [px].
    private const float Hidden = 4;
    private const float Spacing = 3;

    // With more lines, patterns tell them apart already.
    private const int MostCompared = 6;
    private const float Width = 3;

    public string Name => Plots.Shorten(Workload.Name);

    /// <summary>The curves of all workloads that have a distribution.</summary>
    public static ImmutableArray<Curve> Of(RunResults results, Func<WorkloadResult, IEnumerable<(double, double)>> points) =>
        [.. results.Workloads.Select((workload, index) => (workload, index)).Where(pair => pair.workload.LatencyCdf.Length > 0)
            .Select(pair => new Curve(pair.workload, pair.index, [.. points(pair.workload)]))];

    /// <summary>Draws curves and their names. A line that would hide an earlier one is dashed, so that both are seen.</summary>
    public static void Draw(Plot plot, FigureStyle style, LatencyAxis axis, ImmutableArray<Curve> curves, double top, ImmutableArray<CurveLabel> labels)
    {
        Pixel[][] pixels = [.. curves.Take(MostCompared).Select(curve => curve.Pixels(axis, top))];
        for (int index = 0; index < curves.Length; index++)
        {
            bool isHiding = curves.Length <= MostCompared && pixels[..index].Any(earlier => Hides(pixels[index], earlier));
            Curve curve = curves[index];
            var line = plot.Add.ScatterLine(curve.Points.Select(point => point.Place).ToArray(), curve.Points.Select(point => point.Percent).ToArray());
            line.Color = FigureStyle.Series(curve.Series);
            line.LineWidth = Width;
            line.LinePattern = isHiding ? LinePattern.Dashed : FigureStyle.Pattern(curve.Series);
        }
        foreach (CurveLabel label in labels)
            label.Draw(plot, style, axis, top);
    }

    /// <summary>The line on its sheet, in points so close together that nothing slips between them [px].</summary>
    public Pixel[] Pixels(LatencyAxis axis, double top)
    {
        Pixel[] corners = [.. Points.Select(point => axis.ToPixel(point.Place, point.Percent, top))];
        List<Pixel> pixels = [corners[0]];
        for (int index = 1; index < corners.Length; index++)
        {
            (Pixel from, Pixel to) = (corners[index - 1], corners[index]);
            int steps = 1 + (int)(Distance(from, to) / Spacing);
            for (int step = 1; step <= steps; step++)
                pixels.Add(new Pixel(from.X + (to.X - from.X) * step / steps, from.Y + (to.Y - from.Y) * step / steps));
        }
        return [.. pixels];
    }

    private static bool Hides(Pixel[] line, Pixel[] earlier) =>
        line.Average(pixel => earlier.Min(other => Distance(pixel, other))) < Hidden;

    private static float Distance(Pixel one, Pixel other) => MathF.Max(MathF.Abs(one.X - other.X), MathF.Abs(one.Y - other.Y));
}
