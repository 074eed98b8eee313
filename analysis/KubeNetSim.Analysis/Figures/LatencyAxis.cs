using System.Collections.Immutable;
using ScottPlot;
using ScottPlot.TickGenerators;

namespace KubeNetSim.Analysis.Figures;

/// <summary>The logarithmic axis of latency, and how shares of the requests lie along it.</summary>
internal sealed class LatencyAxis
{
    /// <summary>Height of a plot along this axis [px].</summary>
    public const int Height = 520;

    private const int LeftMargin = 110;
    private const int RightMargin = 40;
    private const int BottomMargin = 78;
    private const int TopMargin = 10;

    private readonly double _low;
    private readonly double _high;

    /// <param name="workloads">What is to have room on it: workloads with a distribution, at least one.</param>
    public LatencyAxis(IEnumerable<WorkloadResult> workloads)
    {
        double low = workloads.Min(workload => At(workload.LatencyCdf[0][0]));
        double high = workloads.Max(workload => At(workload.LatencyCdf[^1][0]));
        // A factor of two at least, so that equal latencies do not stand at an edge.
        double missing = Math.Max(0, Math.Log10(2) - (high - low));
        (_low, _high) = (low - missing / 2 - 0.05, high + missing / 2 + 0.05);
    }

    /// <summary>Place of a latency [ms] on the axis; down to 1 ns, the resolution of time, since a logarithm has no zero.</summary>
    public static double At(double milliseconds) => Math.Log10(Math.Max(1e-6, milliseconds));

    /// <summary>Places along the whole axis, evenly apart.</summary>
    public IEnumerable<double> Places(int count) => Enumerable.Range(0, count).Select(index => _low + (_high - _low) * index / (count - 1));

    /// <summary>Share of a workload's requests that took no longer than the latency at a place, straight between the points that are known.</summary>
    public static double ShareAt(WorkloadResult workload, double place)
    {
        ImmutableArray<ImmutableArray<double>> points = workload.LatencyCdf;
        int next = 0;
        while (next < points.Length && At(points[next][0]) <= place)
            next++;
        if (next == 0 || next == points.Length)
            return next == 0 ? 0 : 1;
        double from = At(points[next - 1][0]);
        double share = points[next - 1][1];
        return share + (points[next][1] - share) * (place - from) / (At(points[next][0]) - from);
    }

    /// <summary>Gives a plot this axis at the bottom, and one of percentages up to a largest at the left.</summary>
    public void Apply(Plot plot, double top)
    {
        plot.Axes.SetLimits(_low, _high, 0, top);
        plot.Axes.Bottom.TickGenerator = Ticks();
        plot.Axes.Bottom.Label.Text = "latency of a request (logarithmic)";
        plot.Layout.Fixed(new PixelPadding(LeftMargin, RightMargin, BottomMargin, TopMargin));
    }

    /// <summary>Where a point of a plot with this axis stands on its sheet [px], from the top left of the plot.</summary>
    public Pixel ToPixel(double place, double percent, double top) => new(
        LeftMargin + (place - _low) / (_high - _low) * (Right - LeftMargin), Bottom - percent / top * (Bottom - TopMargin));

    /// <summary>The point of a plot that stands at a place of its sheet.</summary>
    public (double Place, double Percent) FromPixel(Pixel pixel, double top) => (
        _low + (pixel.X - LeftMargin) / (Right - LeftMargin) * (_high - _low), (Bottom - pixel.Y) / (Bottom - TopMargin) * top);

    /// <summary>Where labels may stand [px].</summary>
    public static PixelRect Room { get; } = new(LeftMargin + 4, Right, Bottom - 4, TopMargin);

    private static float Right => FigureSheet.Width - RightMargin;

    private static float Bottom => Height - BottomMargin;

    // 1, 2, 5 and their powers of ten, thinned where the axis spans many of these.
    private NumericManual Ticks()
    {
        double[] mantissas = (_high - _low) switch { > 3 => [1], > 1.3 => [1, 2, 5], > 0.7 => [1, 1.5, 2, 3, 4, 5, 7], _ => [1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8] };
        var ticks = new NumericManual();
        for (int power = (int)Math.Floor(_low) - 1; power <= Math.Ceiling(_high); power++)
        {
            foreach (double mantissa in mantissas)
            {
                double milliseconds = mantissa * Math.Pow(10, power);
                ticks.AddMajor(Math.Log10(milliseconds), Format.RoundDuration(milliseconds));
            }
        }
        return ticks;
    }
}
