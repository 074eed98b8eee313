using System.Globalization;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class SweepCommandTests
{
    private SweepFiles _files = null!;

    [SetUp]
    public void MakeFiles() => _files = new SweepFiles();

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [Test]
    public async Task A_grid_has_a_row_for_each_point_workload_and_replication()
    {
        string[] rows = await Sweep("""
              - {field: cluster.kubeProxy.mode, values: [iptables, nftables]}
              - {name: rate, field: "workloads[all].arrivals.poisson.rate", values: [50/s, 100/s, 200/s]}
            """);

        Assert.That(rows[0], Does.StartWith("point,cluster.kubeProxy.mode,rate,workload,replication,requests,"));
        Assert.That(rows, Has.Length.EqualTo(1 + (2 * 3 * 2)));
        Assert.That(rows[^1], Does.StartWith("5,nftables,200/s,all,1,"));
    }

    [Test]
    public async Task A_sweep_that_was_stopped_goes_on_and_ends_with_the_same_table()
    {
        const string Axes = "  - {field: cluster.backgroundServices, logRange: {from: 10, to: 1000, points: 3}}";
        string[] whole = await Sweep(Axes);
        string[] points = Directory.GetFiles(_files.At("out/points"));
        DateTime kept = File.GetLastWriteTimeUtc(points[0]);
        // What a kill leaves: points that are missing, and a file that was being written.
        File.Delete(points[1]);
        await File.WriteAllTextAsync(points[2], "{\"rows\":[{\"workl");

        string[] resumed = await Sweep(Axes);

        Assert.That(resumed, Is.EqualTo(whole));
        Assert.That(File.GetLastWriteTimeUtc(points[0]), Is.EqualTo(kept), "a finished point is not run again");
    }

    [Test]
    public async Task A_latin_hypercube_uses_every_value_of_every_axis()
    {
        string[] rows = await Sweep("""
              - {field: cluster.nodes, range: {from: 1, to: 4}}
              - {field: cluster.backgroundServices, values: [0, 1, 2, 3]}
            """, "  sample: {latinHypercube: 4}\n");

        string[][] cells = [.. rows.Skip(1).Select(row => row.Split(','))];
        Assert.That(cells.Select(row => row[1]).Distinct(), Is.EquivalentTo("1 2 3 4".Split(' ')));
        Assert.That(cells.Select(row => row[2]).Distinct(), Is.EquivalentTo("0 1 2 3".Split(' ')));
    }

    [Test]
    public async Task A_value_that_the_scenario_cannot_have_is_told_where_the_sweep_says_it()
    {
        TestConsole console = new();
        string sweep = _files.Write("  - {field: cluster.kubeProxy.mode, values: [iptables, nft]}", "");

        int code = await console.RunAsync("sweep", sweep, "--out", _files.At("out"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain($"{sweep}:7:56: spec.cluster.kubeProxy.mode: \"nft\" is not one of iptables, ipvs, nftables"));
    }

    [Test]
    public async Task Other_prices_are_other_points_with_other_bills()
    {
        File.WriteAllText(_files.At("prices.yaml"), "apiVersion: kubenetsim.io/v1alpha1\nkind: PriceSheet\nmetadata: {name: ours}\nspec: {asOf: \"2026-11-01\", crossZone: {sent: 1000, received: 0, source: us}}\n");
        string sweep = _files.Write("  - {field: cluster.zones, values: [[a], [a, b, c]]}\n  - {field: cluster.nodes, values: [3]}");

        double Bill(string row) => row.Split(',')[^1] is { Length: > 0 } text ? double.Parse(text, CultureInfo.InvariantCulture) : double.NaN;
        await SweepFiles.RunAsync("sweep", sweep, "--out", _files.At("out"));
        string[] free = await File.ReadAllLinesAsync(_files.At("out/table.csv"));
        await SweepFiles.RunAsync("sweep", sweep, "--out", _files.At("out"), "--prices", _files.At("prices.yaml"));
        string[] charged = await File.ReadAllLinesAsync(_files.At("out/table.csv"));

        Assert.That(free.Skip(1).Select(Bill), Is.All.NaN, "nobody charges for a cluster of one's own");
        Assert.That(charged.Skip(1).Take(2).Select(Bill), Is.All.Zero, "nothing leaves a single zone");
        Assert.That(charged.Skip(3).Select(Bill), Is.All.GreaterThan(1));
    }

    private async Task<string[]> Sweep(string axes, string more = "")
    {
        await SweepFiles.RunAsync("sweep", _files.Write(axes, more), "--out", _files.At("out"), "--jobs", "2");
        return await File.ReadAllLinesAsync(_files.At("out/table.csv"));
    }
}
