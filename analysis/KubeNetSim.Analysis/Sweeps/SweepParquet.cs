using Parquet;
using Parquet.Schema;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>
/// Writes the table of a sweep as Parquet, for pandas, DuckDB and their like: the rows and columns of the CSV, with types, null where a value
/// is not defined, and the meaning of each metric in its column's metadata.
/// </summary>
public static class SweepParquet
{
    /// <summary>Writes it.</summary>
    /// <param name="stream">Where to; can seek.</param>
    /// <param name="table">The sweep.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task WriteAsync(Stream stream, SweepTable table, CancellationToken cancellation = default)
    {
        (SweepTablePoint Point, SweepRow Row)[] rows = [.. table.Points.SelectMany(point => point.Result.Rows.Select(row => (point, row)))];
        DataField[] fields = [.. table.Columns.Select((name, column) => Field(name, column, table.Axes.Length))];
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, cancellationToken: cancellation);
        using ParquetRowGroupWriter group = writer.CreateRowGroup();
        int column = 0;
        await group.WriteAsync<int>(fields[column++], rows.Select(row => row.Point.Number).ToArray(), cancellationToken: cancellation);
        for (int axis = 0; axis < table.Axes.Length; axis++)
            await group.WriteAsync(fields[column++], (string[])[.. rows.Select(row => row.Point.Values[axis])]);
        await group.WriteAsync(fields[column++], (string[])[.. rows.Select(row => row.Row.Workload)]);
        await group.WriteAsync<int>(fields[column++], rows.Select(row => row.Row.Replication).ToArray(), cancellationToken: cancellation);
        for (int metric = 0; metric < SweepMetric.All.Count; metric++)
        {
            double?[] values = [.. rows.Select(row => double.IsNaN(row.Row.Values[metric]) ? null : (double?)row.Row.Values[metric])];
            Dictionary<string, string> meaning = new() { ["meaning"] = SweepMetric.All[metric].Meaning };
            await group.WriteAsync<double>(fields[column++], values, null, meaning, cancellation);
        }
    }

    // The point, its axes, the workload, the replication, and then metrics.
    private static DataField Field(string name, int column, int axes) =>
        column == 0 || column == axes + 2 ? new DataField<int>(name)
        : column <= axes + 1 ? new DataField(name, typeof(string), isNullable: false)
        : new DataField<double?>(name);
}
