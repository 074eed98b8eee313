using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Robustness;

public sealed class HostilePathTests
{
    private SweepFiles _files = null!;

    [SetUp]
    public void MakeFiles() => _files = new SweepFiles();

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [TestCase("\"\"")]
    [TestCase("\"a\\0b\"")]
    public async Task An_empty_path_and_one_with_nul_are_errors_of_the_scenario(string path)
    {
        File.WriteAllText(_files.At("bad.yaml"), $"apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {{name: a}}\nspec: {{manifests: [{path}]}}\n");
        TestConsole console = new();

        Assert.That(await console.RunAsync("check", _files.At("bad.yaml")), Is.EqualTo(ExitCodes.BadInput));

        Assert.That(console.Output, Does.Contain("bad.yaml:4:").And.Contain("spec.manifests[0]"));
    }

    [Test]
    public async Task An_empty_argument_is_refused()
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("run", _files.At("scenario.yaml"), "--out", ""), Is.EqualTo(ExitCodes.BadInput));
    }

    [Test]
    [Platform(Include = "Unix", Reason = "makes symbolic links")]
    public async Task Links_of_a_folder_to_itself_are_not_followed()
    {
        Directory.CreateSymbolicLink(_files.At("a"), _files.Folder);
        Directory.CreateSymbolicLink(_files.At("b"), _files.Folder);
        TestConsole alone = await SweepFiles.RunAsync("get", "pods", _files.At("scenario.yaml"));

        TestConsole folder = await SweepFiles.RunAsync("get", "pods", _files.Folder);

        Assert.That(folder.Output, Is.EqualTo(alone.Output));
    }

    [Test]
    [Platform(Include = "Linux", Reason = "reads a device")]
    public async Task A_device_is_refused_by_its_type()
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("get", "pods", "/dev/zero"), Is.EqualTo(ExitCodes.BadInput));

        Assert.That(console.Error, Does.Contain("a device"));
    }

    [Test]
    public async Task A_field_path_of_many_parts_is_refused()
    {
        string sweep = _files.Write($"  - {{field: {string.Join('.', Enumerable.Repeat("a", 50_000))}, values: [1]}}");
        TestConsole console = new();

        Assert.That(await console.RunAsync("sweep", sweep, "--out", _files.At("out")), Is.EqualTo(ExitCodes.BadInput));

        Assert.That(console.Error, Does.Contain("at most 100 parts"));
    }

    [TestCase("--image", "i;touch q")]
    [TestCase("--image", "a\nb")]
    [TestCase("--claim", "c\n      hostNetwork: true")]
    public async Task A_job_takes_only_an_image_and_a_claim(string option, string value)
    {
        string sweep = _files.Write("  - {field: cluster.backgroundServices, values: [1, 2]}");
        TestConsole console = new();

        Assert.That(await console.RunAsync("sweep", "submit", sweep, "--engine", "kubernetes", "--out", _files.At("out"), option, value), Is.EqualTo(ExitCodes.BadInput));

        Assert.That(Directory.Exists(_files.At("out")), Is.False);
    }

    [TestCase("x\ntouch PWNED\n#")]
    [TestCase("x\"y")]
    public async Task A_path_that_an_sbatch_line_cannot_carry_is_refused(string folder)
    {
        string sweep = _files.Write("  - {field: cluster.backgroundServices, values: [1, 2]}");
        TestConsole console = new();

        Assert.That(await console.RunAsync("sweep", "submit", sweep, "--engine", "slurm", "--out", _files.At(folder)), Is.EqualTo(ExitCodes.BadInput));

        Assert.That(Directory.Exists(_files.At(folder)), Is.False);
    }
}
