using System.Text.Json;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>
/// Every file of the folder Pitfalls is wrong in one way, and begins with what must be found: <c># expect LINE:COLUMN severity rule</c>, and
/// where a figure of the simulator belongs to it, the words that have it. Nothing else may be found.
/// </summary>
public sealed class PitfallFileTests
{
    private const string Mark = "# expect ";

    private static string Folder => RepositoryRoot.Combine("tests", "Cli", "Pitfalls");

    private static IEnumerable<string> Files() => Directory.EnumerateFiles(Folder).Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public async Task Exactly_what_is_wrong_is_found(string file)
    {
        string[] expected = [.. (await File.ReadAllLinesAsync(Path.Combine(Folder, file))).Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..])];
        TestConsole console = new();

        int code = await console.RunAsync("check", Path.Combine(Folder, file), "-o", "json");

        JsonElement[] found = [.. JsonDocument.Parse(console.Output).RootElement.EnumerateArray()];
        Assert.That(found.Select(Brief), Is.EqualTo(expected.Select(line => string.Join(' ', line.Split(' ')[..3]))));
        foreach ((JsonElement finding, string line) in found.Zip(expected))
            Assert.That(finding.GetProperty("message").GetString(), Does.Contain(string.Join(' ', line.Split(' ')[3..])));
        Assert.That(code, Is.EqualTo(found.Any(finding => finding.GetProperty("severity").GetString() == "error") ? ExitCodes.Failed : ExitCodes.Done));
    }

    [Test]
    public void There_are_at_least_forty() => Assert.That(Files().Count(), Is.GreaterThanOrEqualTo(40));

    [Test]
    public async Task All_of_them_together_are_read_in_one_go_and_no_name_is_lost()
    {
        TestConsole console = new();

        await console.RunAsync("check", Folder, "-o", "json");

        Assert.That(CheckCommandTests.RulesOf(console), Does.Contain("duplicate-object"), "the files name the same objects");
    }

    private static string Brief(JsonElement finding) =>
        $"{finding.GetProperty("line").GetInt32()}:{finding.GetProperty("column").GetInt32()} {finding.GetProperty("severity").GetString()} {finding.GetProperty("rule").GetString()}";
}
