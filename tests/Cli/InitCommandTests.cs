using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class InitCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task Every_sample_of_the_repository_is_written_out_as_it_is()
    {
        foreach (string sample in Directory.GetDirectories(RepositoryRoot.Combine("samples")))
        {
            string target = Path.Combine(_folder, Path.GetFileName(sample));

            Assert.That(await new TestConsole().RunAsync("init", Path.GetFileName(sample), target), Is.EqualTo(ExitCodes.Done));

            foreach (string file in Directory.GetFiles(sample, "*", SearchOption.AllDirectories))
                Assert.That(await File.ReadAllTextAsync(Path.Combine(target, Path.GetRelativePath(sample, file))),
                    Is.EqualTo((await File.ReadAllTextAsync(file)).Replace("../../docs/kubenetsim.schema.json", "kubenetsim.schema.json", StringComparison.Ordinal)));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(target, "kubenetsim.schema.json")), Is.EqualTo(DocumentSchema.Text()));
            Assert.That(ScenarioReader.Read([target], null).Problems.Where(problem => problem.Position.File.EndsWith(".json", StringComparison.Ordinal)), Is.Empty);
        }
    }

    [Test]
    public async Task A_file_that_exists_is_never_overwritten_and_nothing_else_is_written()
    {
        string mine = Path.Combine(_folder, "echo.yaml");
        await File.WriteAllTextAsync(mine, "mine");
        TestConsole console = new();

        int code = await console.RunAsync("init", "service-types", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain(mine));
        Assert.That(Directory.GetFiles(_folder), Is.EqualTo([mine]));
        Assert.That(await File.ReadAllTextAsync(mine), Is.EqualTo("mine"));
    }

    [Test]
    public async Task An_unknown_sample_names_those_there_are()
    {
        TestConsole console = new();

        int code = await console.RunAsync("init", "service-tipes", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("service-types"));
    }

    [Test]
    public async Task A_folder_that_cannot_be_made_is_bad_input_and_no_internal_error()
    {
        string file = Path.Combine(_folder, "file");
        await File.WriteAllTextAsync(file, "");
        TestConsole console = new();

        int code = await console.RunAsync("init", "service-types", Path.Combine(file, "below"));

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.StartWith("kubenetsim: "));
    }
}
