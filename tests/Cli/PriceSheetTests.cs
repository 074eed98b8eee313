using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>By which prices the bill is made: those of the cloud, those among the files, those given.</summary>
public sealed class PriceSheetTests
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "service-types");

    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "price-sheet.md"));

    private static readonly string Example = Regex.Match(Page, "```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline).Groups["yaml"].Value;

    private string _file = "";

    [SetUp]
    public void MakeFile() => File.WriteAllText(_file = Path.GetTempFileName(), Example);

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public async Task The_cloud_of_the_scenario_says_whose_list_prices_hold()
    {
        JsonNode cost = (await Run(Sample))["cost"]!;

        Assert.That((string?)cost["priceSheet"], Does.StartWith("aws, us-east-1"));
        Assert.That(cost["items"]!.AsArray().Select(item => (string?)item!["what"]), Does.Contain("load balancers"));
        foreach (JsonNode? item in cost["items"]!.AsArray())
            Assert.That((double)item!["quantity"]! * (double)item["unitPrice"]!, Is.EqualTo((double)item["monthly"]!).Within(1e-9));
        Assert.That(cost["items"]!.AsArray().Sum(item => (double)item!["monthly"]!), Is.EqualTo((double)cost["monthly"]!).Within(1e-9));
    }

    [Test]
    public async Task A_sheet_that_is_given_replaces_them()
    {
        JsonNode cost = (await Run(Sample, "--prices", _file))["cost"]!;

        Assert.That((string?)cost["priceSheet"], Is.EqualTo("ours, eu-central-1"));
        Assert.That((string?)cost["currency"], Is.EqualTo("EUR"));
        // One load balancer: the price of the first five together, for 730 hours.
        Assert.That((double)cost["items"]!.AsArray().First(item => ((string?)item!["what"])!.StartsWith("load balancers", StringComparison.Ordinal))!["monthly"]!, Is.EqualTo(730 * 0.02));
    }

    [Test]
    public async Task The_only_sheet_among_the_files_is_used() =>
        Assert.That((string?)(await Run(Sample, _file))["cost"]!["priceSheet"], Is.EqualTo("ours, eu-central-1"));

    [TestCase("cloud: metallb")]
    [TestCase("cloud: minikube")]
    [TestCase("nodes: 3")]
    public async Task Who_charges_nothing_makes_no_bill(string cluster)
    {
        TestConsole console = new();
        string scenario = $"{{apiVersion: kubenetsim.io/v1alpha1, kind: Scenario, metadata: {{name: s}}, spec: {{cluster: {{{cluster}}}}}}}";

        int code = await console.RunWithInputAsync(scenario, "run", "-", Path.Combine(Sample, "echo.yaml"), "--duration", "1s", "--replications", "1", "-o", "json");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(JsonNode.Parse(console.Output)!["cost"], Is.Null);
    }

    [TestCase("asOf: \"2026-11-01\"", "asOf: yesterday", "asOf")]
    [TestCase("{upTo: 100, price: 0}", "{upTo: -1, price: 0}", "upTo")]
    [TestCase("- {price: 0.07}", "- {upTo: 50, price: 0.07}", "A tier must end above the one before it")]
    [TestCase("hour: 0.01", "hour: cheap", "loadBalancer.hour")]
    [TestCase("gigabyte: GB", "gigabyte: MB", "gigabyte")]
    [TestCase("region:", "regoin:", "regoin")]
    public async Task A_broken_sheet_is_refused_with_its_position(string old, string broken, string message)
    {
        await File.WriteAllTextAsync(_file, Example.Replace(old, broken, StringComparison.Ordinal));
        TestConsole console = new();

        int code = await console.RunAsync("run", Sample, "--prices", _file, "-o", "json");

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(@":\d+:\d+: ").And.Contain(message));
    }

    private static async Task<JsonNode> Run(params string[] args)
    {
        TestConsole console = new();
        Assert.That(await console.RunAsync(["run", .. args, "--duration", "2s", "--replications", "1", "-o", "json"]), Is.EqualTo(ExitCodes.Done), console.Error);
        return JsonNode.Parse(console.Output)!;
    }
}
