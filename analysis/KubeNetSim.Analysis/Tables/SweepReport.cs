using System.Globalization;

namespace KubeNetSim.Analysis.Tables;

/// <summary>Prints a sweep as a table: a line for each point and workload, means over the replications with half the width of their 95% interval.</summary>
public static class SweepReport
{
    private const int MostLines = 200;

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="table">The sweep.</param>
    /// <param name="description">Its question and metrics.</param>
    public static void Write(TextWriter writer, SweepTable table, SweepDescription description)
    {
        if (description.Question.Length > 0)
            writer.Write(description.Question + "\n");
        foreach (string sentence in SweepConclusion.Sentences(table, description))
            writer.Write(sentence + "\n");
        writer.Write("\n");
        Table(table, description).Write(writer);
    }

    /// <summary>The table: metrics that are drawn, in units that people read.</summary>
    internal static TextTable Table(SweepTable table, SweepDescription description)
    {
        int[] columns = [.. description.Metrics.Select(name => SweepMetric.All.ToList().FindIndex(metric => metric.Name == name)).Where(column => column >= 0)];
        TextTable text = new([.. table.Axes.Select(axis => axis.ToUpperInvariant()), "WORKLOAD", .. columns.SelectMany(column => new[] { SweepMetric.All[column].Heading + ">", "±95%>" })]);
        var lines = table.Points.SelectMany(point => point.Result.Rows.GroupBy(row => row.Workload).Select(workload => (point, workload))).ToArray();
        foreach ((SweepTablePoint point, IGrouping<string, SweepRow> workload) in lines.Take(MostLines))
            text.Add([.. point.Values, workload.Key, .. columns.SelectMany(column => Cells(SweepMetric.All[column], [.. workload.Select(row => row.Values[column])], point.IsStable))]);
        if (lines.Length > MostLines)
            text.Note = string.Create(CultureInfo.InvariantCulture, $"{lines.Length - MostLines:N0} more lines are in table.csv");
        return text;
    }

    private static string[] Cells(SweepMetric metric, IReadOnlyList<double> samples, bool isStable)
    {
        double[] known = [.. samples.Where(sample => !double.IsNaN(sample))];
        if (known.Length == 0)
            return [isStable ? "-" : "grows", "-"];
        return [metric.Text(known.Average()), ConfidenceInterval.OfMean(known) is { } interval ? metric.Text(interval.Half) : "-"];
    }
}
