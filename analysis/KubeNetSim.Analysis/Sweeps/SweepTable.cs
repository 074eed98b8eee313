using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>The results of a sweep as one table: a row for each point, workload and replication.</summary>
/// <param name="Axes">Names of the axes.</param>
/// <param name="Points">Points in their order: value on each axis, and what was measured.</param>
public sealed record SweepTable(ImmutableArray<string> Axes, ImmutableArray<SweepTablePoint> Points)
{
    /// <summary>Names of all columns; an axis that is called like another column is <c>axis_NAME</c>.</summary>
    public IReadOnlyList<string> Columns => ["point", .. Axes.Select(ColumnOf), "workload", "replication", .. SweepMetric.All.Select(metric => metric.Name)];

    /// <summary>Whether every combination of values has its point, as in a grid; a sample has holes.</summary>
    internal bool IsGrid => Enumerable.Range(0, Axes.Length)
        .Aggregate(1.0, (product, axis) => product * Points.Select(point => point.Values[axis]).Distinct().Count()) == Points.Length;

    /// <summary>The fewest and the most replications of a point; they vary where a precision is asked for.</summary>
    internal (int Fewest, int Most) Replications
    {
        get
        {
            int[] counts = [.. Points.Select(point => point.Result.Rows.Select(row => row.Replication).Distinct().Count())];
            return (counts.DefaultIfEmpty().Min(), counts.DefaultIfEmpty().Max());
        }
    }

    /// <summary>The same in words.</summary>
    internal string ReplicationsInWords => Replications is (int fewest, int most) && fewest == most
        ? $"{most} replication{(most == 1 ? "" : "s")}" : $"{Replications.Fewest} to {Replications.Most} replications";

    /// <summary>Writes it as CSV (RFC 4180): a header, a comma between cells, a point in numbers, nothing where a value is not defined.</summary>
    public void WriteCsv(TextWriter writer)
    {
        WriteLine(writer, Columns.Select(Text));
        foreach (SweepTablePoint point in Points)
            foreach (SweepRow row in point.Result.Rows)
                WriteLine(writer,
                [
                    point.Number.ToString(CultureInfo.InvariantCulture), .. point.Values.Select(Text), Text(row.Workload),
                    row.Replication.ToString(CultureInfo.InvariantCulture), .. row.Values.Select(Number),
                ]);
    }

    private static string ColumnOf(string axis) =>
        axis is "point" or "workload" or "replication" || SweepMetric.All.Any(metric => metric.Name == axis) ? $"axis_{axis}" : axis;

    private static void WriteLine(TextWriter writer, IEnumerable<string> cells) =>
        writer.Write(string.Join(",", cells.Select(Quoted)) + "\n");

    // A spreadsheet evaluates text that begins like a formula; an apostrophe before it says that it is text (OWASP, CSV Injection). Numbers stay numbers.
    private static string Text(string cell) =>
        cell.Length > 0 && cell[0] is '=' or '+' or '-' or '@' or '\t' or '\r' && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _) ? $"'{cell}" : cell;

    private static string Number(double value) => double.IsNaN(value) ? "" : value.ToString("R", CultureInfo.InvariantCulture);

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n\r") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

/// <summary>A point of a sweep and what it measured.</summary>
/// <param name="Number">Number of the point.</param>
/// <param name="Values">Its value on each axis.</param>
/// <param name="Result">What was measured.</param>
public sealed record SweepTablePoint(int Number, ImmutableArray<string> Values, SweepPointResult Result)
{
    private static readonly int Stable = SweepMetric.All.ToList().FindIndex(metric => metric.Name == "stable");

    /// <summary>Whether every pod and node can do what it is offered, in every workload and replication.</summary>
    internal bool IsStable => Result.Rows.All(row => row.Values[Stable] != 0);
}
