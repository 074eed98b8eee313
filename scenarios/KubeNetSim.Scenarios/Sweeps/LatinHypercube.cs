using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>
/// A Latin hypercube sample: every axis is cut into as many slices as there are points, each slice is used once, and the axes are shuffled
/// against each other (McKay, Beckman, Conover, Technometrics 21(2), 1979). The same seed gives the same points.
/// </summary>
internal static class LatinHypercube
{
    public static ImmutableArray<SweepPoint> Sample(AxisDocument[] axes, SweepSample sample)
    {
        int size = sample.Size;
        int[][] slices = [.. axes.Select((_, axis) => Shuffled(size, sample.Seed + (ulong)axis))];
        return
        [
            .. Enumerable.Range(0, size).Select(point => SweepReader.PointAt(
                point, axes, [.. axes.Select((axis, index) => (int)((long)slices[index][point] * axis.Values.Count / size))])),
        ];
    }

    // Fisher and Yates, with SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
    private static int[] Shuffled(int size, ulong seed)
    {
        int[] items = [.. Enumerable.Range(0, size)];
        ulong state = seed;
        for (int last = size - 1; last > 0; last--)
        {
            ulong z = state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            int other = (int)((z ^ (z >> 31)) % (ulong)(last + 1));
            (items[last], items[other]) = (items[other], items[last]);
        }
        return items;
    }
}
