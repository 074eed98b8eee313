using System.Globalization;

namespace KubeNetSim.Analysis;

/// <summary>A metric against a numeric axis, one line for each setting of everything else.</summary>
/// <param name="Name">What is fixed on this line: values of the other axes, and the workload where there are several.</param>
/// <param name="Points">Mean over the replications with its 95% interval, by value of the axis.</param>
internal sealed record SweepSeries(string Name, IReadOnlyList<(double X, double Mean, ConfidenceInterval? Interval)> Points)
{
    /// <summary>The lines of a metric.</summary>
    /// <param name="table">The sweep.</param>
    /// <param name="axis">Number of the axis that x is on; its values are numbers.</param>
    /// <param name="metric">Number of the metric.</param>
    public static IReadOnlyList<SweepSeries> Of(SweepTable table, int axis, int metric)
    {
        bool manyWorkloads = table.Points.SelectMany(point => point.Result.Rows).Select(row => row.Workload).Distinct().Skip(1).Any();
        Dictionary<string, SortedDictionary<double, List<double>>> lines = [];
        List<string> order = [];
        foreach (SweepTablePoint point in table.Points)
        {
            double x = double.Parse(point.Values[axis], CultureInfo.InvariantCulture);
            foreach (SweepRow row in point.Result.Rows.Where(row => !double.IsNaN(row.Values[metric])))
            {
                IEnumerable<string> others = point.Values.Where((_, number) => number != axis);
                string name = string.Join(", ", manyWorkloads ? others.Prepend(row.Workload) : others);
                if (!lines.TryGetValue(name, out SortedDictionary<double, List<double>>? line))
                {
                    lines.Add(name, line = []);
                    order.Add(name);
                }
                if (!line.TryGetValue(x, out List<double>? samples))
                    line.Add(x, samples = []);
                samples.Add(row.Values[metric]);
            }
        }
        return
        [
            .. order.Select(name => new SweepSeries(
                name, [.. lines[name].Select(point => (point.Key, point.Value.Average(), ConfidenceInterval.OfMean(point.Value)))])),
        ];
    }
}
