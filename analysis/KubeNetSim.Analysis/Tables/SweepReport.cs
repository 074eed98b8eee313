using System.Globalization;

namespace KubeNetSim.Analysis;

/// <summary>Prints a sweep as a table: a line for each point and workload, means over the replications with half the width of their 95% interval.</summary>
public static class SweepReport
{
    private const int MostLines = 200;

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="table">The sweep.</param>
    /// <param name="question">What it answers; may be empty.</param>
    /// <param name="metrics">Which metrics.</param>
    public static void Write(TextWriter writer, SweepTable table, string question, IReadOnlyList<string> metrics)
    {
        if (question.Length > 0)
            writer.Write(question + "\n\n");
        int[] columns = [.. metrics.Select(name => SweepMetric.All.ToList().FindIndex(metric => metric.Name == name)).Where(column => column >= 0)];
        TextTable text = new([.. table.Axes.Select(axis => axis.ToUpperInvariant()), "WORKLOAD", .. columns.SelectMany(column => new[] { SweepMetric.All[column].Name.ToUpperInvariant() + ">", "±95%>" })]);
        int lines = 0;
        foreach (SweepTablePoint point in table.Points)
            foreach (IGrouping<string, SweepRow> workload in point.Result.Rows.GroupBy(row => row.Workload))
                if (lines++ < MostLines)
                    text.Add([.. point.Values, workload.Key, .. columns.SelectMany(column => Cells([.. workload.Select(row => row.Values[column])]))]);
        text.Write(writer);
        if (lines > MostLines)
            writer.Write($"({lines - MostLines} more lines are in table.csv)\n");
    }

    private static string[] Cells(IReadOnlyList<double> samples)
    {
        double[] known = [.. samples.Where(sample => !double.IsNaN(sample))];
        if (known.Length == 0)
            return ["-", "-"];
        string half = ConfidenceInterval.OfMean(known) is { } interval ? Short((interval.Upper - interval.Lower) / 2) : "-";
        return [Short(known.Average()), half];
    }

    private static string Short(double value) => value.ToString("G4", CultureInfo.InvariantCulture);
}
