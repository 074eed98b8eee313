using System.Collections.Immutable;
using NUnit.Framework;
using ScottPlot;

namespace KubeNetSim.Tests.Analysis;

public sealed class LatencyAxisTests
{
    private static readonly WorkloadResult Workload = Gallery.Results.Workloads[0] with { LatencyCdf = [[1, 0.2], [10, 0.4], [10, 0.9], [100, 1]] };

    [TestCase(0.5, 0)]
    [TestCase(1, 0.2)]
    [TestCase(3.1622776601683795, 0.3, Description = "half way by the logarithm")]
    [TestCase(10, 0.9, Description = "many requests took exactly this long")]
    [TestCase(100, 1)]
    [TestCase(500, 1)]
    public void The_share_of_requests_lies_on_straight_lines_between_the_known_points(double milliseconds, double share) =>
        Assert.That(LatencyAxis.ShareAt(Workload, LatencyAxis.At(milliseconds)), Is.EqualTo(share).Within(1e-9));

    [Test]
    public void A_point_is_found_again_from_its_pixel()
    {
        LatencyAxis axis = new([Workload]);

        (double place, double percent) = axis.FromPixel(axis.ToPixel(1.25, 40, top: 102), top: 102);

        Assert.That(place, Is.EqualTo(1.25).Within(1e-3));
        Assert.That(percent, Is.EqualTo(40).Within(0.1));
    }

    [Test]
    public void Names_touch_neither_a_curve_nor_each_other()
    {
        ImmutableArray<Curve> curves = Curve.Of(Apart, workload => workload.LatencyCdf.Select(point => (LatencyAxis.At(point[0]), 100 * point[1])));
        LatencyAxis axis = new(Apart.Workloads);

        ImmutableArray<CurveLabel> labels = CurveLabel.Place(curves, axis, top: 102);

        Assert.That(labels.Select(label => label.Curve), Is.EqualTo(curves));
        foreach (CurveLabel label in labels)
        {
            Assert.That(curves.SelectMany(curve => curve.Pixels(axis, 102)).Count(label.Area.Contains), Is.Zero, label.Curve.Name);
            Assert.That(labels.Count(other => Overlap(other.Area, label.Area)), Is.EqualTo(1), label.Curve.Name);
        }
    }

    [Test]
    public void Names_that_find_no_place_leave_all_to_a_legend()
    {
        RunResults crowded = Gallery.Results with { Workloads = [.. Enumerable.Range(0, 7).Select(number => Workload with { Name = $"workload-{number}" })] };

        Figure figure = LatencyFigure.Of(crowded)!;

        Assert.That(figure.Legend.Select(entry => entry.Label), Is.EqualTo(crowded.Workloads.Select(workload => workload.Name)));
        Assert.That(LatencyFigure.Of(Apart)!.Legend, Is.Empty);
    }

    // Two that leave each other room.
    private static RunResults Apart { get; } = Gallery.Results with { Workloads = [Gallery.Results.Workloads[0], Gallery.Results.Workloads[4]] };

    private static bool Overlap(PixelRect one, PixelRect other) =>
        one.Left < other.Right && other.Left < one.Right && one.Top < other.Bottom && other.Top < one.Bottom;
}
