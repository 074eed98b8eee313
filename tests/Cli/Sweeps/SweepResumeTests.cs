using System.Diagnostics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Sweeps that are killed and interrupted: real processes, real signals.</summary>
public sealed class SweepResumeTests
{
    private const int Points = 80;
    private const int Seed = 20_260_315;

    private static readonly string Axes = $"  - {{field: cluster.backgroundServices, range: {{from: 1, to: {Points}}}}}";

    private SweepFiles _files = null!;
    private string _sweep = "";

    [SetUp]
    public void MakeFiles()
    {
        _files = new SweepFiles();
        File.WriteAllText(_files.At("scenario.yaml"), File.ReadAllText(_files.At("scenario.yaml")).Replace("rate: 100/s", "rate: 2000/s").Replace("duration: 1s", "duration: 10s"));
        _sweep = _files.Write(Axes);
    }

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [Test]
    public async Task Killed_ten_times_at_random_moments_a_sweep_ends_with_the_same_bytes()
    {
        (int alone, _, string error) = await KubenetsimProcess.RunAsync("sweep", _sweep, "--out", _files.At("whole"));
        Assert.That(alone, Is.Zero, error);
        Random random = new(Seed);
        List<int> left = [];
        for (int kill = 0; kill < 10; kill++)
            left.Add(await KillAfter(random.Next(0, 5), random.Next(0, kill == 0 ? 400 : 150)));

        (int code, _, error) = await KubenetsimProcess.RunAsync("sweep", _sweep, "--out", _files.At("killed"));

        Assert.That(code, Is.Zero, error);
        Assert.That(left, Is.Ordered.And.All.LessThan(Points), "every kill came in the middle, and no finished point was lost");
        Assert.That(left[^1], Is.GreaterThan(5), "sweeps went on where the one before was killed");
        SortedDictionary<string, byte[]> killed = SweepFiles.Contents(_files.At("killed"));
        foreach ((string name, byte[] bytes) in SweepFiles.Contents(_files.At("whole")))
            Assert.That(killed.GetValueOrDefault(name), Is.EqualTo(bytes), name);
        Assert.That(killed.Keys.Where(name => name.EndsWith(".part", StringComparison.Ordinal)), Is.Empty, "what a kill leaves half written is cleared away");
    }

    [Test]
    [Platform(Include = "Unix", Reason = "sends a signal")]
    public async Task Interrupted_a_sweep_says_what_is_kept_and_the_same_command_goes_on()
    {
        using Process process = KubenetsimProcess.Start("sweep", _sweep, "--out", _files.At("out"));
        await Until(() => Stored("out") >= 3, process);
        using Process signal = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await signal.WaitForExitAsync();
        (int code, string output, string error) = await KubenetsimProcess.EndAsync(process);
        int kept = Stored("out");

        Assert.That(code, Is.EqualTo(130), error);
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain($"{kept} of {Points} points are done and kept").And.Contain("the same command goes on").And.EndWith("interrupted\n"));
        Assert.That(kept, Is.LessThan(Points));
        (code, _, error) = await KubenetsimProcess.RunAsync("sweep", _sweep, "--out", _files.At("out"));
        Assert.That(code, Is.Zero, error);
        Assert.That(Stored("out"), Is.EqualTo(Points));
    }

    // Kill -9 some time after so many further points, whatever the machine's speed; returns how many points are stored.
    private async Task<int> KillAfter(int points, int milliseconds)
    {
        int before = Stored("killed");
        using Process process = KubenetsimProcess.Start("sweep", _sweep, "--out", _files.At("killed"), "--jobs", "2");
        await Until(() => Stored("killed") >= before + points, process);
        await Task.Delay(milliseconds);
        process.Kill();
        (int code, _, string error) = await KubenetsimProcess.EndAsync(process);
        Assert.That(code, Is.EqualTo(128 + 9), $"the sweep was killed, and did not end: {error}");
        return Stored("killed");
    }

    private static async Task Until(Func<bool> condition, Process process)
    {
        while (!condition() && !process.HasExited)
            await Task.Delay(1);
    }

    private int Stored(string folder) => Directory.Exists(_files.At($"{folder}/points")) ? Directory.GetFiles(_files.At($"{folder}/points"), "*.json").Length : 0;
}
