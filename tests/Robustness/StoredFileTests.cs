using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Robustness;

/// <summary>Files of results: complete or absent, verified before they are used, and locked while a command works on them.</summary>
public sealed class StoredFileTests
{
    private SweepFiles _files = null!;

    [SetUp]
    public void MakeFiles() => _files = new SweepFiles();

    [TearDown]
    public void RemoveFiles() => _files.Dispose();

    [Test]
    public void A_file_that_cannot_be_completed_leaves_the_old_one()
    {
        string path = _files.At("results.json");
        WholeFile.Write(path, "old");

        Assert.That(() => WholeFile.Write(path, file => throw new IOException("full")), Throws.InstanceOf<IOException>());

        Assert.That(File.ReadAllText(path), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(_files.Folder, "*.part"), Is.Empty);
    }

    [Test]
    [Platform(Include = "Unix", Reason = "makes a symbolic link")]
    public void A_symbolic_link_in_the_place_of_a_result_is_replaced_and_not_followed()
    {
        File.WriteAllText(_files.At("precious"), "keep");
        File.CreateSymbolicLink(_files.At("results.json"), _files.At("precious"));

        WholeFile.Write(_files.At("results.json"), "new");

        Assert.That(File.ReadAllText(_files.At("precious")), Is.EqualTo("keep"));
        Assert.That(File.ReadAllText(_files.At("results.json")), Is.EqualTo("new"));
    }

    [TestCase("{\"rows\":[null]}")]
    [TestCase("{\"rows\":[]}")]
    [TestCase("[null]")]
    [TestCase("")]
    public async Task A_damaged_point_is_simulated_again_and_the_table_has_the_same_bytes(string damaged)
    {
        string sweep = _files.Write("  - {field: cluster.backgroundServices, values: [1, 2]}");
        await SweepFiles.RunAsync("sweep", sweep, "--out", _files.At("out"));
        string table = await File.ReadAllTextAsync(_files.At("out/table.csv"));
        await File.WriteAllTextAsync(Directory.GetFiles(_files.At("out/points"))[0], damaged);

        TestConsole console = await SweepFiles.RunAsync("sweep", sweep, "--out", _files.At("out"));

        Assert.That(await File.ReadAllTextAsync(_files.At("out/table.csv")), Is.EqualTo(table));
        Assert.That(console.Error, Does.Contain("simulated again, because the stored result is damaged"));
    }

    [Test]
    public async Task A_second_sweep_in_a_folder_is_refused_with_the_process_that_works_there()
    {
        string sweep = _files.Write("  - {field: cluster.backgroundServices, values: [1, 2]}");
        using FolderLock first = FolderLock.Take(_files.At("out"));
        TestConsole console = new();

        int code = await console.RunAsync("sweep", sweep, "--out", _files.At("out"));

        Assert.That(code, Is.EqualTo(2));
        Assert.That(console.Error, Does.Contain($"process {Environment.ProcessId}"));
    }
}
