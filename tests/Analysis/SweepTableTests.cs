using NUnit.Framework;
using Parquet;
using Parquet.Schema;

namespace KubeNetSim.Tests.Analysis;

public sealed class SweepTableTests
{
    private static readonly SweepTable Table = new(
        ["mode", "requests"],
        [
            Point(0, ["iptables", "a,b"], 1_000_000, 3_000_000),
            Point(1, ["nftables", "5"]),
        ]);

    [Test]
    public void The_csv_has_a_row_a_point_workload_and_replication_and_quotes_what_needs_it()
    {
        string[] lines = Csv().Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(lines[0], Does.StartWith("point,mode,axis_requests,workload,replication,requests,succeeded,failed,stable,mean_ms,"));
        Assert.That(lines[1], Does.StartWith("0,iptables,\"a,b\",web,0,2,2,0,1,2,"));
        Assert.That(lines[2], Does.StartWith("1,nftables,5,web,0,0,0,0,1,,"));
    }

    [Test]
    public async Task Parquet_holds_the_rows_of_the_csv_with_types_and_nulls()
    {
        using MemoryStream stream = await Parquet();
        await using ParquetReader reader = await ParquetReader.CreateAsync(stream);
        DataField[] fields = reader.Schema.GetDataFields();
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        string?[] modes = new string?[2];
        double?[] means = new double?[2];
        await group.ReadAsync(fields[1], modes.AsMemory());
        await group.ReadAsync<double>(fields[9], means.AsMemory());

        Assert.That(fields.Select(field => field.Name), Is.EqualTo(Table.Columns));
        Assert.That(modes, Is.EqualTo((string[])["iptables", "nftables"]));
        Assert.That(means, Is.EqualTo(new double?[] { 2, null }));
        Assert.That(group.GetCustomMetadata(fields[9])["meaning"], Is.EqualTo("mean latency [ms]"));
    }

    [Test]
    public async Task The_same_table_gives_the_same_bytes()
    {
        using MemoryStream first = await Parquet();
        using MemoryStream second = await Parquet();

        Assert.That(second.ToArray(), Is.EqualTo(first.ToArray()));
    }

    private static SweepTablePoint Point(int number, string[] values, params ReadOnlySpan<long> latenciesNs) => new(
        number, [.. values], ResultOf(Fabricated.Replication(0, Fabricated.Workload("web", latenciesNs))));

    private static SweepPointResult ResultOf(ReplicationRecord record) => SweepPointResult.Of(RunSummary.Combine(Fabricated.Description, [record]), [record], null);

    private static string Csv()
    {
        var writer = new StringWriter();
        Table.WriteCsv(writer);
        return writer.ToString();
    }

    private static async Task<MemoryStream> Parquet()
    {
        var stream = new MemoryStream();
        await SweepParquet.WriteAsync(stream, Table);
        stream.Position = 0;
        return stream;
    }
}
