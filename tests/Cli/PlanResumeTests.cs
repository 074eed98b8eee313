using System.Diagnostics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Plans that are killed, interrupted and asked again: real processes, real signals.</summary>
public sealed class PlanResumeTests
{
    private const int Settings = 60;
    private const int Seed = 20_260_316;

    private SweepFiles _files = null!;
    private string _plan = "";

    [SetUp]
    public void MakeFiles()
    {
        _files = new SweepFiles();
        File.WriteAllText(_files.At("scenario.yaml"), File.ReadAllText(_files.At("scenario.yaml")).Replace("rate: 100/s", "rate: 2000/s").Replace("duration: 1s", "duration: 5s"));
        _plan = Write("latency.mean < 1us");
    }

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [Test]
    public async Task Killed_ten_times_at_random_moments_a_plan_ends_with_the_same_bytes()
    {
        (int alone, string whole, string error) = await KubenetsimProcess.RunAsync("plan", _plan, "--out", _files.At("whole"));
        Assert.That(alone, Is.EqualTo(ExitCodes.Failed), error);
        Random random = new(Seed);
        List<int> left = [];
        for (int kill = 0; kill < 10; kill++)
            left.Add(await KillAfter(random.Next(0, 5), random.Next(0, 150)));

        (int code, string output, error) = await KubenetsimProcess.RunAsync("plan", _plan, "--out", _files.At("killed"));

        Assert.That(code, Is.EqualTo(ExitCodes.Failed), error);
        Assert.That(output, Is.EqualTo(whole));
        Assert.That(left, Is.Ordered.And.All.LessThan(Settings), "every kill came in the middle, and no finished setting was lost");
        Assert.That(left[^1], Is.GreaterThan(5), "plans went on where the one before was killed");
        SortedDictionary<string, byte[]> killed = SweepFiles.Contents(_files.At("killed"));
        foreach ((string name, byte[] bytes) in SweepFiles.Contents(_files.At("whole")))
            Assert.That(killed.GetValueOrDefault(name), Is.EqualTo(bytes), name);
        Assert.That(killed.Keys.Where(name => name.EndsWith(".part", StringComparison.Ordinal)), Is.Empty, "what a kill leaves half written is cleared away");
    }

    [Test]
    [Platform(Include = "Unix", Reason = "sends a signal")]
    public async Task Interrupted_a_plan_says_where_finished_settings_are_kept()
    {
        using Process process = KubenetsimProcess.Start("plan", _plan, "--out", _files.At("out"));
        await Until(() => Stored("out") >= 2, process);
        using Process signal = Process.Start("kill", ["-INT", $"{process.Id}"]);
        await signal.WaitForExitAsync();
        (int code, string output, string error) = await KubenetsimProcess.EndAsync(process);

        Assert.That(code, Is.EqualTo(130), error);
        Assert.That(output, Is.Empty);
        Assert.That(error, Does.Contain($"finished settings are kept in {_files.At("out")}; the same command goes on").And.EndWith("interrupted\n"));
    }

    [Test]
    public async Task Another_objective_is_another_question_and_the_same_one_is_not_simulated_again()
    {
        TestConsole first = await Plan();
        int once = Stored("out");
        DateTime[] written = Written();
        TestConsole again = await Plan();
        Assert.That(again.Output, Is.EqualTo(first.Output));
        Assert.That(Written(), Is.EqualTo(written), "nothing was simulated, so nothing was written");

        Write("latency.mean < 2us");
        await Plan();

        Assert.That(Stored("out"), Is.EqualTo(2 * once));
    }

    [Test]
    public async Task A_folder_with_results_of_a_plan_is_still_a_folder_of_manifests()
    {
        File.Delete(_files.At("plan.yaml"));
        _plan = Write("latency.mean < 1us");
        await Plan();
        File.Delete(_files.At("plan.yaml"));

        await SweepFiles.RunAsync("get", "pods", _files.Folder);
    }

    private async Task<TestConsole> Plan()
    {
        TestConsole console = new();
        Assert.That(await console.RunAsync("plan", _plan, "--out", _files.At("out")), Is.EqualTo(ExitCodes.Failed), console.Error);
        return console;
    }

    private DateTime[] Written() => [.. Directory.GetFiles(_files.At("out/settings")).Order(StringComparer.Ordinal).Select(File.GetLastWriteTimeUtc)];

    // Kill -9 some time after so many further settings, whatever the machine's speed; returns how many settings are stored.
    private async Task<int> KillAfter(int settings, int milliseconds)
    {
        int before = Stored("killed");
        using Process process = KubenetsimProcess.Start("plan", _plan, "--out", _files.At("killed"), "--threads", "2");
        await Until(() => Stored("killed") >= before + settings, process);
        await Task.Delay(milliseconds);
        process.Kill();
        (int code, _, string error) = await KubenetsimProcess.EndAsync(process);
        Assert.That(code, Is.EqualTo(128 + 9), $"the plan was killed, and did not end: {error}");
        return Stored("killed");
    }

    private static async Task Until(Func<bool> condition, Process process)
    {
        while (!condition() && !process.HasExited)
            await Task.Delay(1);
    }

    private int Stored(string folder) => Directory.Exists(_files.At($"{folder}/settings")) ? Directory.GetFiles(_files.At($"{folder}/settings"), "*.verdict").Length : 0;

    private string Write(string objective)
    {
        File.WriteAllText(_files.At("plan.yaml"), $$"""
            apiVersion: kubenetsim.io/v1alpha1
            kind: Plan
            metadata: {name: long}
            spec:
              scenario: scenario.yaml
              settings: [{name: services, field: cluster.backgroundServices, range: {from: 1, to: {{Settings}}} }]
              objectives: ["{{objective}}"]
            """);
        return _files.At("plan.yaml");
    }
}
