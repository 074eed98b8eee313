using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>The sample that tests a shop: its README shows what the command prints.</summary>
public sealed class NetworkTestSampleTests
{
    private const string Shown = "samples/network-test";

    private static readonly string Sample = RepositoryRoot.Combine("samples", "network-test");

    private string _folder = "";

    [SetUp]
    public void CopySample()
    {
        _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        foreach (string file in Directory.GetFiles(Sample))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task The_shop_does_what_is_expected_of_it()
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("test", _folder), Is.EqualTo(ExitCodes.Done), console.Output);
        Assert.That(await Readme(), Does.Contain(AsShown(console.Output)));
    }

    [Test]
    public async Task Two_changes_that_look_harmless_are_caught()
    {
        TestConsole console = new();
        string shop = Path.Combine(_folder, "shop.yaml");
        string text = await File.ReadAllTextAsync(shop);
        await File.WriteAllTextAsync(shop, text.Replace("externalTrafficPolicy: Local", "externalTrafficPolicy: Cluster", StringComparison.Ordinal)
            .Replace("selector: {app: cart}", "selector: {app: cart, version: v1}", StringComparison.Ordinal));

        Assert.That(await console.RunAsync("test", _folder), Is.EqualTo(ExitCodes.Failed), console.Error);
        Assert.That(await Readme(), Does.Contain(AsShown(console.Output)));
    }

    // As the README shows it: indented, and with the folder of the repository.
    private string AsShown(string output) =>
        string.Concat(output.TrimEnd('\n').Replace(_folder, Shown, StringComparison.Ordinal).Split('\n').Select(line => $"    {line}\n"));

    private static async Task<string> Readme() => (await File.ReadAllTextAsync(Path.Combine(Sample, "README.md"))).ReplaceLineEndings("\n");
}
