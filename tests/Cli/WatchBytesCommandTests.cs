using System.Text.Json.Nodes;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed class WatchBytesCommandTests
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "endpoint-bytes");

    [Test]
    public async Task The_sample_prints_what_its_README_says()
    {
        TestConsole console = new();

        int code = await console.RunAsync("watch-bytes", Sample);

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        string readme = (await File.ReadAllTextAsync(Path.Combine(Sample, "README.md"))).ReplaceLineEndings("\n");
        Assert.That(readme, Does.Contain(string.Concat(console.OutputLines.Select(line => $"    {line}\n"))));
    }

    [Test]
    public async Task Json_has_a_row_for_each_change_and_API()
    {
        TestConsole console = new();

        await console.RunAsync("watch-bytes", Sample, "--service", "media/feed", "--sizes", "kep-0752", "-o", "json");

        JsonNode[] rows = [.. JsonNode.Parse(console.Output)!.AsArray().Select(row => row!)];
        Assert.That(rows, Has.Length.EqualTo(12));
        Assert.That(rows[0].AsObject().Select(field => field.Key), Is.EqualTo("service endpoints nodes change api writes events largestObjectBytes bytesPerNode bytesAllNodes".Split(' ')));
        Assert.That((long)rows.Single(row => (string?)row["change"] == "rolling update" && (string?)row["api"] == "EndpointSlices of 100")["bytesAllNodes"]!, Is.EqualTo(50_000_000_000));
    }

    [Test]
    public async Task Figures_are_drawn_where_a_folder_is_named()
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        try
        {
            await new TestConsole().RunAsync("watch-bytes", Sample, "--service", "media/feed", "--out", folder);

            Assert.That(Directory.GetFiles(folder).Select(Path.GetFileName).Order(), Is.EqualTo("one-endpoint-changes.png one-endpoint-changes.svg report.html rolling-update.png rolling-update.svg".Split(' ')));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "report.html")), Does.Contain("nodes receive when endpoints of media/feed change?").And.Contain("EndpointSlices: 1.02 TB"));
            Assert.That(await File.ReadAllTextAsync(Path.Combine(folder, "rolling-update.svg")), Does.Contain("EndpointSlices: 1.02 TB"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Test]
    public async Task A_Service_that_is_not_there_is_bad_input()
    {
        TestConsole console = new();

        int code = await console.RunAsync("watch-bytes", Sample, "--service", "media/fed");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("there is no Service 'media/fed' that has endpoints"));
    }

    [Test]
    public async Task Endpoints_that_etcd_would_refuse_are_pointed_out()
    {
        TestConsole console = new();
        string many = (await File.ReadAllTextAsync(Path.Combine(Sample, "feed.yaml"))).Replace("replicas: 5000", "replicas: 20000", StringComparison.Ordinal);
        const string Nodes = "\n---\napiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {name: many}\nspec: {cluster: {nodes: 500}}\n";

        await console.RunWithInputAsync(many + Nodes, "watch-bytes", "-", "--service", "media/feed");

        Assert.That(console.Output, Does.Contain("etcd refuses an object of more than 1.5 MiB"));
    }
}
