using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>A metric along a numeric axis, for one setting of everything else.</summary>
/// <param name="Name">What is fixed: values of other axes, and the workload where there are several; may be empty.</param>
/// <param name="Number">Its place among the series of the sweep, the same for every metric: it decides the colour.</param>
/// <param name="Points">Value on the axis, and what was measured there, by value.</param>
internal sealed record SweepSeries(string Name, int Number, ImmutableArray<(double X, SweepMean Mean)> Points)
{
    // Requests are counted at every point, whatever else is not defined there.
    private const int Requests = 0;

    /// <summary>The series of a metric, in the order in which the sweep meets them.</summary>
    /// <param name="table">The sweep.</param>
    /// <param name="means">The metric.</param>
    /// <param name="numbers">Values of the axis.</param>
    /// <param name="axis">Number of the axis.</param>
    /// <param name="apart">Numbers of the axes whose values make a series of its own.</param>
    public static ImmutableArray<SweepSeries> Of(SweepTable table, SweepMeans means, SweepNumbers numbers, int axis, IReadOnlyList<int> apart)
    {
        List<string> names = [.. SweepMean.Of(table, Requests).Select(mean => mean.Name(table, apart)).Distinct()];
        return
        [
            .. means.All
                .GroupBy(mean => mean.Name(table, apart))
                .Select(line => new SweepSeries(line.Key, names.IndexOf(line.Key),
                    [.. line.Select(mean => (numbers.ByText[mean.Point.Values[axis]], mean)).OrderBy(point => point.Item1)])),
        ];
    }

    /// <summary>The series along an axis. A sample of the space has another setting at every point: there, only what is no number tells series apart.</summary>
    /// <param name="table">The sweep.</param>
    /// <param name="means">The metric.</param>
    /// <param name="numbers">Values of each axis; null for one that is not numeric.</param>
    /// <param name="axis">Number of the axis.</param>
    /// <returns>The series, and whether the sweep is a sample.</returns>
    public static (ImmutableArray<SweepSeries> Series, bool IsSample) Along(SweepTable table, SweepMeans means, SweepNumbers?[] numbers, int axis)
    {
        IEnumerable<int> others = Enumerable.Range(0, table.Axes.Length).Where(other => other != axis);
        return table.IsGrid
            ? (Of(table, means, numbers[axis]!, axis, [.. others]), false)
            : (Of(table, means, numbers[axis]!, axis, [.. others.Where(other => numbers[other] is null)]), true);
    }
}
