using System.Collections.Immutable;

namespace KubeNetSim.Analysis;

/// <summary>A metric along a numeric axis, for one setting of everything else.</summary>
/// <param name="Name">What is fixed: values of other axes, and the workload where there are several; may be empty.</param>
/// <param name="Points">What each point of the sweep measured, by value of the axis.</param>
internal sealed record SweepSeries(string Name, ImmutableArray<SweepMean> Points)
{
    /// <summary>The series of a metric, in the order in which the sweep meets them.</summary>
    /// <param name="table">The sweep.</param>
    /// <param name="numbers">Values of the axis.</param>
    /// <param name="axis">Number of the axis.</param>
    /// <param name="metric">Number of the metric.</param>
    /// <param name="apart">Numbers of the axes whose values make a series of its own.</param>
    public static ImmutableArray<SweepSeries> Of(SweepTable table, SweepNumbers numbers, int axis, int metric, IReadOnlyList<int> apart) =>
    [
        .. SweepMean.Of(table, metric)
            .GroupBy(mean => mean.Name(table, apart))
            .Select(line => new SweepSeries(line.Key, [.. line.OrderBy(mean => numbers.ByText[mean.Point.Values[axis]])])),
    ];
}

/// <summary>What one point of a sweep measured of one workload.</summary>
/// <param name="Point">The point.</param>
/// <param name="Workload">Name of the workload; empty where the sweep has only one.</param>
/// <param name="Mean">Mean over the replications for which the metric is defined.</param>
/// <param name="Interval">Its 95% interval; null for a single replication.</param>
internal sealed record SweepMean(SweepTablePoint Point, string Workload, double Mean, ConfidenceInterval? Interval)
{
    /// <summary>Lower end of the interval, or the mean.</summary>
    public double Low => Interval?.Lower ?? Mean;

    /// <summary>Upper end of the interval, or the mean.</summary>
    public double High => Interval?.Upper ?? Mean;

    /// <summary>All of a metric, in the order of the table; a point where no replication has a value has none.</summary>
    public static ImmutableArray<SweepMean> Of(SweepTable table, int metric)
    {
        bool several = table.Points.SelectMany(point => point.Result.Rows).Select(row => row.Workload).Distinct().Skip(1).Any();
        return
        [
            .. from point in table.Points
               from rows in point.Result.Rows.Where(row => !double.IsNaN(row.Values[metric])).GroupBy(row => row.Workload)
               let samples = rows.Select(row => row.Values[metric]).ToArray()
               select new SweepMean(point, several ? rows.Key : "", samples.Average(), ConfidenceInterval.OfMean(samples)),
        ];
    }

    /// <summary>The workload and the values on some axes, as a reader would say them: a number with the name of its axis.</summary>
    public string Name(SweepTable table, IEnumerable<int> axes) => string.Join(", ", axes
        .Select(axis => char.IsAsciiDigit(Point.Values[axis].FirstOrDefault()) ? $"{table.Axes[axis]} {Point.Values[axis]}" : Point.Values[axis])
        .Prepend(Workload).Where(word => word.Length > 0));
}
