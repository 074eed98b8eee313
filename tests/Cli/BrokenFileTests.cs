using System.Text;
using System.Text.Json;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>
/// Every file of the folder Broken is wrong in one way (or in the ways that its name says). expected.txt holds what its author is told: all of
/// it, and nothing else.
/// </summary>
public sealed class BrokenFileTests
{
    private static readonly string Folder = Path.Combine(TestContext.CurrentContext.TestDirectory, "Cli", "Broken");

    private static IEnumerable<string> Files() =>
        Directory.EnumerateFiles(Folder, "*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    [TestCaseSource(nameof(Files))]
    public async Task A_broken_file_is_told_with_position_and_field_and_ends_with_exit_code_2(string file)
    {
        TestConsole console = new();
        using StreamReader expected = new(Path.Combine(Folder, "expected.txt"));
        string[] wanted = [.. (await expected.ReadToEndAsync()).Split('\n').Where(line => line.StartsWith(file + ":", StringComparison.Ordinal))];

        int code = await console.RunAsync("run", Path.Combine(Folder, file), "--out", Path.Combine(Path.GetTempPath(), "kubenetsim-broken"));

        string[] told = [.. console.Error.Split('\n').Where(line => line.Contains(".yaml:", StringComparison.Ordinal) && !line.Contains(": warning: ", StringComparison.Ordinal) && !line.Contains(": info: ", StringComparison.Ordinal))
            .Select(line => line.Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal))];
        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(wanted, Is.Not.Empty, "expected.txt does not know this file");
        Assert.That(told, Is.EqualTo(wanted));
        Assert.That(console.Error, Does.Not.Contain("   at "), "a stack trace");
        Assert.That(console.Output, Is.Empty);
    }

    [TestCaseSource(nameof(Files))]
    public async Task Check_finds_the_same_errors(string file)
    {
        TestConsole console = new();
        using StreamReader expected = new(Path.Combine(Folder, "expected.txt"));
        string[] wanted = [.. (await expected.ReadToEndAsync()).Split('\n').Where(line => line.StartsWith(file + ":", StringComparison.Ordinal))];

        int code = await console.RunAsync("check", Path.Combine(Folder, file), "-o", "json");

        JsonElement[] errors = [.. JsonDocument.Parse(console.Output).RootElement.EnumerateArray().Where(finding => finding.GetProperty("severity").GetString() == "error")];
        Assert.That(code, Is.EqualTo(ExitCodes.Failed).Or.EqualTo(ExitCodes.BadInput));
        Assert.That(errors.Select(error => $"{file}:{error.GetProperty("line")}:{error.GetProperty("column")}: "), Is.EquivalentTo(wanted.Select(line => string.Join(':', line.Split(':')[..3]) + ": ")));
        Assert.That(errors.Select(error => error.GetProperty("message").GetString()!.Replace(Folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)),
            Is.All.Matches<string>(message => wanted.Any(line => line.Contains(message!, StringComparison.Ordinal))));
    }

    [Test]
    public async Task A_file_of_3_gigabytes_is_refused_without_reading_it()
    {
        string path = Path.GetTempFileName();
        try
        {
            await using (FileStream file = File.OpenWrite(path))
                file.SetLength(3L << 30);
            TestConsole console = new();

            int code = await console.RunAsync("run", path);

            Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
            Assert.That(console.Error, Does.StartWith($"{path}:1:1: The file is larger than 2000 MiB"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Test]
    public async Task A_file_that_is_not_there_is_told()
    {
        TestConsole console = new();

        int code = await console.RunAsync("run", "/nowhere/at-all.yaml");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.StartWith("/nowhere/at-all.yaml:1:1: There is no such file or folder"));
    }

    [Test]
    public async Task A_selector_that_matches_nothing_is_a_warning_with_a_position()
    {
        TestConsole console = new();

        int code = await console.RunWithInputAsync("{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}]}}", "get", "services", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.Error, Does.Contain("-:1:73: warning: spec.selector: Service default/web selects 'app=web', and no pod"));
    }

    [Test]
    public async Task Kinds_without_a_part_in_the_network_are_named_once_each()
    {
        TestConsole console = new();
        string manifest = string.Concat(Enumerable.Range(0, 3).Select(number => $"---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: s{number}}}\n"))
            + "---\napiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";

        int code = await console.RunWithInputAsync(manifest, "get", "services", "-");

        Assert.That(code, Is.EqualTo(ExitCodes.Done));
        Assert.That(console.Error.Split("kind ConfigMap").Length - 1, Is.EqualTo(1));
    }

    [Test]
    public async Task Pieces_of_a_good_file_never_break_the_reader()
    {
        string good = await File.ReadAllTextAsync(Path.Combine(Folder, "unknown-service.yaml"));
        Random random = new(1);
        for (int round = 0; round < 400; round++)
        {
            StringBuilder text = new(good[..random.Next(good.Length)]);
            for (int change = random.Next(4); change > 0 && text.Length > 0; change--)
                text[random.Next(text.Length)] = "{}[]:,-&*\"'\n \t#|>0aZ"[random.Next(20)];
            TestConsole console = new();

            int code = await console.RunWithInputAsync(text.ToString(), "get", "services", "-");

            Assert.That(code, Is.EqualTo(ExitCodes.Done).Or.EqualTo(ExitCodes.BadInput), text.ToString());
        }
    }
}
