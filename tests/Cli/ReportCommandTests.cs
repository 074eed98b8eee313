using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class ReportCommandTests
{
    private string _folder = "";

    [SetUp]
    public async Task Run()
    {
        _folder = Directory.CreateTempSubdirectory("kubenetsim-report-").FullName;
        TestConsole console = new();
        int code = await console.RunAsync(
            "run", RepositoryRoot.Combine("samples", "service-types"), "--duration", "2s", "--replications", "2", "--out", _folder);
        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Everything_is_made_again_from_the_results_to_the_byte()
    {
        Dictionary<string, byte[]> made = Directory.GetFiles(_folder).ToDictionary(file => file, File.ReadAllBytes);
        foreach (string file in made.Keys.Where(file => Path.GetFileName(file) != "results.json"))
            File.Delete(file);

        int code = await new TestConsole().RunAsync("report", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(made.Keys.Select(Path.GetFileName), Is.SupersetOf((string[])["report.html", "breakdown.png", "latency.svg", "density.png", "hops.png", "backends.png", "time.png", "costs.png"]));
        Assert.That(Directory.GetFiles(_folder), Is.EquivalentTo(made.Keys));
        foreach ((string file, byte[] bytes) in made)
            Assert.That(File.ReadAllBytes(file).AsSpan().SequenceEqual(bytes), Is.True, file);
    }

    [Test]
    public async Task The_file_itself_names_its_folder_and_figures_for_dark_slides_come_on_demand()
    {
        TestConsole console = new();

        int code = await console.RunAsync("report", Path.Combine(_folder, "results.json"), "--dark");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(File.Exists(Path.Combine(_folder, "time-dark.png")), Is.True);
        Assert.That(console.Error, Does.Contain($"to {_folder}"));
    }

    [Test]
    public async Task A_sweep_is_drawn_again_from_its_points_to_the_byte_and_for_dark_slides()
    {
        using SweepFiles files = new();
        await SweepFiles.RunAsync("sweep", files.Write("  - {field: cluster.nodes, values: [1, 2]}"), "--out", files.At("out"));
        SortedDictionary<string, byte[]> made = SweepFiles.Contents(files.At("out"));
        foreach (string file in made.Keys.Where(file => !file.EndsWith(".json", StringComparison.Ordinal)))
            File.Delete(files.At($"out/{file}"));

        await SweepFiles.RunAsync("report", files.At("out"), "--dark");

        SortedDictionary<string, byte[]> again = SweepFiles.Contents(files.At("out"));
        foreach ((string file, byte[] bytes) in made)
            Assert.That(again.GetValueOrDefault(file), Is.EqualTo(bytes), file);
        Assert.That(again.Keys, Does.Contain("mean_ms-dark.png").And.Contain("mean_ms-dark.svg"));
    }

    [Test]
    public async Task A_sweep_whose_points_are_not_all_there_says_how_many_are_missing()
    {
        using SweepFiles files = new();
        await SweepFiles.RunAsync("sweep", files.Write("  - {field: cluster.nodes, values: [1, 2, 3]}"), "--out", files.At("out"), "--shard", "1/3");
        TestConsole console = new();

        Assert.That(await console.RunAsync("report", files.At("out")), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("2 of 3 points are not there yet"));
    }

    [Test]
    public async Task A_plan_is_drawn_again_from_its_answer()
    {
        using SweepFiles files = new();
        File.WriteAllText(files.At("plan.yaml"), """
            {apiVersion: kubenetsim.io/v1alpha1, kind: Plan, metadata: {name: p}, spec: {scenario: scenario.yaml, settings: [{field: cluster.nodes, values: [1, 2]}], objectives: [errors < 50%]}}
            """);
        TestConsole first = await SweepFiles.RunAsync("plan", files.At("plan.yaml"), "--out", files.At("out"));
        byte[] picture = File.ReadAllBytes(files.At("out/plan.png"));
        File.Delete(files.At("out/plan.png"));

        TestConsole again = await SweepFiles.RunAsync("report", files.At("out"), "--dark");

        Assert.That(again.Output, Is.EqualTo(first.Output));
        Assert.That(File.ReadAllBytes(files.At("out/plan.png")), Is.EqualTo(picture));
        Assert.That(File.Exists(files.At("out/plan-dark.svg")), Is.True);
        File.WriteAllText(files.At("out/plan.json"), "{}");
        TestConsole broken = new();
        Assert.That(await broken.RunAsync("report", files.At("out")), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(broken.Error, Does.Contain("this is no answer of a plan"));
    }

    [Test]
    public async Task A_folder_without_results_is_bad_input()
    {
        TestConsole console = new();

        int code = await console.RunAsync("report", Path.Combine(_folder, "none"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("there is no results.json"));
    }
}
