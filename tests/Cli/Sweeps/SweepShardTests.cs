using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class SweepShardTests
{
    private const string Axes = """
          - {field: cluster.kubeProxy.mode, values: [iptables, nftables]}
          - {name: Services, field: cluster.backgroundServices, values: [10, 20, 30]}
        """;

    private SweepFiles _files = null!;
    private string _sweep = "";

    [SetUp]
    public void MakeFiles() => _sweep = (_files = new SweepFiles()).Write(Axes);

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [Test]
    public async Task Shares_that_ran_apart_are_joined_to_the_same_bytes()
    {
        await SweepFiles.RunAsync("sweep", _sweep, "--out", _files.At("whole"));
        await RunShares(4, 1, 2, 3, 4);

        await SweepFiles.RunAsync("sweep", "merge", Share(1), Share(2), Share(3), Share(4), "--out", _files.At("joined"));

        Assert.That(SweepFiles.Contents(_files.At("joined")), Is.EqualTo(SweepFiles.Contents(_files.At("whole"))));
        Assert.That(Enumerable.Range(1, 4).Sum(share => Directory.GetFiles(Path.Combine(Share(share), "points")).Length), Is.EqualTo(6), "every point ran once");
    }

    [Test]
    public async Task The_number_of_jobs_does_not_change_a_byte()
    {
        await SweepFiles.RunAsync("sweep", _sweep, "--out", _files.At("one"), "--jobs", "1");
        await SweepFiles.RunAsync("sweep", _sweep, "--out", _files.At("many"), "--jobs", "16");

        Assert.That(SweepFiles.Contents(_files.At("many")), Is.EqualTo(SweepFiles.Contents(_files.At("one"))));
    }

    [Test]
    public async Task A_point_that_no_share_has_is_named_and_the_rest_is_kept()
    {
        await RunShares(3, 1, 3);
        TestConsole console = new();

        int code = await console.RunAsync("sweep", "merge", Share(1), Share(3), "--out", _files.At("joined"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(@"2 of 6 points are missing: \d \((iptables|nftables), [123]0\), \d \((iptables|nftables), [123]0\)\n"));
        Assert.That(File.Exists(_files.At("joined/table.csv")), Is.False, "half a table would be taken for a whole one");
        await SweepFiles.RunAsync("sweep", _sweep, "--out", _files.At("joined"));
        Assert.That(File.ReadAllLines(_files.At("joined/table.csv")), Has.Length.EqualTo(1 + (6 * 2)));
    }

    [Test]
    public async Task Shares_of_another_input_are_refused_with_the_reason()
    {
        await RunShares(2, 1);
        File.WriteAllText(_files.At("scenario.yaml"), File.ReadAllText(_files.At("scenario.yaml")).Replace("replications: 2", "replications: 2, seed: 7"));
        await RunShares(2, 2);
        TestConsole console = new();

        int code = await console.RunAsync("sweep", "merge", Share(1), Share(2), "--out", _files.At("joined"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain($"{Share(2)} is no share of the same sweep as {Share(1)}: its point 0 has other input"));
    }

    [Test]
    public async Task A_folder_without_a_sweep_is_refused()
    {
        TestConsole console = new();

        int code = await console.RunAsync("sweep", "merge", _files.At("nothing"), "--out", _files.At("joined"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("there is no points.json, so no sweep ran here"));
    }

    [TestCase("0/4")]
    [TestCase("5/4")]
    [TestCase("1")]
    [TestCase("a/b")]
    [TestCase("1/1000000")]
    public async Task A_share_that_is_none_is_refused(string share)
    {
        TestConsole console = new();

        int code = await console.RunAsync("sweep", _sweep, "--shard", share);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain($"--shard: '{share}' is no share such as 1/4"));
    }

    private string Share(int share) => _files.At($"share-{share}");

    private async Task RunShares(int of, params int[] shares)
    {
        foreach (int share in shares)
            await SweepFiles.RunAsync("sweep", _sweep, "--shard", $"{share}/{of}", "--out", Share(share));
    }
}
