using System.Globalization;
using System.Runtime.Versioning;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Slurm;

/// <summary>The Slurm engine on a real Slurm: Debian's, with this machine as its only node.</summary>
[Category("Slurm")]
[UnsupportedOSPlatform("windows")]
public sealed class SlurmTests
{
    private const string Axes = """
          - {field: cluster.kubeProxy.mode, values: [iptables, nftables]}
          - {field: cluster.backgroundServices, values: [10, 100, 1000]}
          - {field: cluster.nodes, values: [3, 6]}
        """;

    private static readonly int[] ThreeEach = [3, 3, 3, 3];
    private static readonly string[] Results = ["table.csv", "table.parquet", "report.html", "points.json", "mean_ms.png", "rules_ms.svg"];

    [Test]
    public async Task An_array_of_four_tasks_leaves_the_same_bytes_as_one_machine()
    {
        RequireSlurm();
        using SweepFiles files = new();
        string sweep = files.Write(Axes, "  metrics: [mean_ms, rules_ms]\n");
        await SweepFiles.RunAsync("sweep", sweep, "--out", files.At("alone"));
        using LoopbackSlurm slurm = new();

        string said = slurm.Run(
            "dotnet", Path.Combine(AppContext.BaseDirectory, "kubenetsim.dll"), "sweep", "submit", sweep, "--engine", "slurm", "--tasks", "4", "--out", files.At("slurm"), "--now");
        slurm.WaitForJobs();

        string logs = said + string.Join("\n", Directory.GetFiles(files.At("slurm/slurm"), "*.log").Select(log => $"{Path.GetFileName(log)}: {File.ReadAllText(log)}"));
        Assert.That(PointsOfShares(files.At("slurm/shares")), Is.EqualTo(ThreeEach), logs);
        SortedDictionary<string, byte[]> alone = SweepFiles.Contents(files.At("alone"));
        SortedDictionary<string, byte[]> joined = SweepFiles.Contents(files.At("slurm"));
        Assert.That(alone.Keys, Is.SupersetOf(Results));
        foreach ((string name, byte[] bytes) in alone)
            Assert.That(joined.GetValueOrDefault(name), Is.EqualTo(bytes), $"{name}\n{logs}");
    }

    private static int[] PointsOfShares(string folder) =>
    [
        .. Enumerable.Range(1, 4).Select(share => Path.Combine(folder, share.ToString(CultureInfo.InvariantCulture), "points"))
            .Select(points => Directory.Exists(points) ? Directory.GetFiles(points, "*.json").Length : 0),
    ];

    // A developer's machine may be without Slurm; the one that decides may not.
    private static void RequireSlurm()
    {
        if (LoopbackSlurm.Obstacle() is not { } obstacle)
            return;
        if (Environment.GetEnvironmentVariable("CI") == "true")
            Assert.Fail(obstacle);
        Assert.Ignore(obstacle);
    }
}
