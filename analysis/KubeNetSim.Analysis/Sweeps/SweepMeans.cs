using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>A metric at every point of a sweep, in a unit that its readers would choose.</summary>
/// <param name="Subject">What it is, as a title begins.</param>
/// <param name="Label">What it is, with its unit.</param>
/// <param name="Unit">The unit, with a space before it; empty where there is none.</param>
/// <param name="All">The means, in the order of the table; a point where no replication has a value has none.</param>
internal sealed record SweepMeans(string Subject, string Label, string Unit, ImmutableArray<SweepMean> All)
{
    private const string Milliseconds = " [ms]";

    /// <summary>The means of a metric. Times are in s, ms or µs: whatever suits most of them.</summary>
    public static SweepMeans Of(SweepTable table, int metric)
    {
        SweepMetric known = SweepMetric.All[metric];
        ImmutableArray<SweepMean> means = SweepMean.Of(table, metric);
        if (!known.Meaning.EndsWith(Milliseconds, StringComparison.Ordinal))
            return new SweepMeans(known.Subject, known.Meaning, "", means);
        (string name, double size) = means.IsEmpty ? ("ms", 1) : Format.TimeUnit(Typical([.. means.Select(mean => mean.Mean)]));
        return new SweepMeans(known.Subject, known.Meaning.Replace(Milliseconds, $" [{name}]", StringComparison.Ordinal), " " + name,
            [.. means.Select(mean => mean with { Mean = mean.Mean / size, Interval = mean.Interval?.In(size) })]);
    }

    /// <summary>The largest half width of an interval, as a share of its mean; null where there is no interval.</summary>
    public double? WidestInterval => All.Where(mean => mean.Interval is not null && mean.Mean > 0).Select(mean => (mean.High - mean.Low) / 2 / mean.Mean) is var shares && shares.Any()
        ? shares.Max() : null;

    // On a logarithmic axis the middle one decides, on a linear one the largest.
    private static double Typical(IReadOnlyList<double> values) =>
        Format.AreFarApart(values) ? Math.Sqrt(values.Min() * values.Max()) : values.Max();
}

/// <summary>What one point of a sweep measured of one workload.</summary>
/// <param name="Point">The point.</param>
/// <param name="Workload">Name of the workload; empty where the sweep has only one.</param>
/// <param name="Mean">Mean over the replications for which the metric is defined.</param>
/// <param name="Interval">Its 95% interval; null for a single replication.</param>
/// <param name="Samples">The values of the replications, in the unit of the table.</param>
internal sealed record SweepMean(SweepTablePoint Point, string Workload, double Mean, ConfidenceInterval? Interval, ImmutableArray<double> Samples)
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
               select new SweepMean(point, several ? rows.Key : "", samples.Average(), ConfidenceInterval.OfMean(samples), [.. samples]),
        ];
    }

    /// <summary>The workload and the values on some axes, as a reader would say them: a number with the name of its axis.</summary>
    public string Name(SweepTable table, IEnumerable<int> axes) => string.Join(", ", axes
        .Select(axis => char.IsAsciiDigit(Point.Values[axis].FirstOrDefault()) ? $"{table.Axes[axis]} {Point.Values[axis]}" : Point.Values[axis])
        .Prepend(Workload).Where(word => word.Length > 0));
}
