using KubeNetSim.Cli;
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
    public async Task A_folder_without_results_is_bad_input()
    {
        TestConsole console = new();

        int code = await console.RunAsync("report", Path.Combine(_folder, "none"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("there is no results.json"));
    }
}
