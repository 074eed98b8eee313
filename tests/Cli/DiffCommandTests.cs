using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary><c>diff</c>: objects, routes, rules, endpoints, latency, failures and the bill of two sets of manifests, and what must not happen.</summary>
public sealed class DiffCommandTests
{
    private const string Shop = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: shop}
        spec:
          replicas: 4
          selector: {matchLabels: {app: web} }
          template: {metadata: {labels: {app: web} }, spec: {containers: [{name: c, image: c, ports: [{name: http, containerPort: 8080}]}]} }
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec: {type: LoadBalancer, externalTrafficPolicy: Cluster, selector: {app: web}, ports: [{name: http, port: 80, targetPort: 8080}]}
        """;

    private static readonly string[] Quick = ["--duration", "4s", "--warmup", "1s", "--replications", "5", "--cloud", "aws"];

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_traffic_policy_changes_the_object_the_route_the_rules_the_hops_and_the_bill()
    {
        JsonNode result = await Compared(ExitCodes.Done, Shop, Shop.Replace("externalTrafficPolicy: Cluster", "externalTrafficPolicy: Local", StringComparison.Ordinal));

        JsonNode field = result["objects"]!.AsArray().Single()!;
        Assert.That($"{field["object"]} {field["field"]}: {field["old"]} -> {field["new"]}", Is.EqualTo("Service shop/web spec.externalTrafficPolicy: Cluster -> Local"));
        Assert.That(result["routes"]!.AsArray().Select(route => $"{route!["what"]}: {route["new"]}"), Does.Contain("client's address: kept"));
        Assert.That(result["cluster"]!.AsArray().Select(fact => (string)fact!["what"]!), Does.Contain("rules a node"));
        Assert.That(Metric(result, "hops")["verdict"]!.ToString(), Is.EqualTo("better"));
        Assert.That((double)Metric(result, "crossNode")["new"]!, Is.Zero);
        Assert.That((double)Metric(result, "cost")["difference"]!, Is.Negative);
        Assert.That((double)Metric(result, "cost")["ci95"]![1]!, Is.Negative);
    }

    [Test]
    public async Task The_same_manifests_in_other_files_and_another_order_do_not_differ()
    {
        string[] documents = Shop.Split("\n---\n");
        Directory.CreateDirectory(Path.Combine(_folder, "new"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "new", "a.yaml"), documents[1]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "new", "b.yaml"), documents[0]);
        await File.WriteAllTextAsync(Path.Combine(_folder, "old.yaml"), Shop);
        TestConsole console = new();

        Assert.That(await console.RunAsync(["diff", Path.Combine(_folder, "old.yaml"), Path.Combine(_folder, "new"), "--fail-on", "any-loss", "--fail-on", "latency.mean > +0%", .. Quick]), Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.Output, Does.Contain(": no difference shown\n").And.Contain("Unchanged: web.").And.Not.Contain("OBJECT"));
    }

    [Test]
    public async Task A_selector_that_matches_no_pod_loses_every_request_and_fails_any_loss()
    {
        JsonNode result = await Compared(ExitCodes.Failed, Shop, Shop.Replace("selector: {app: web}, ports", "selector: {app: wbe}, ports", StringComparison.Ordinal), "--fail-on", "any-loss");

        Assert.That((double)Metric(result, "errors")["new"]!, Is.EqualTo(1));
        Assert.That((string)result["verdict"]!, Does.EndWith("worse"));
        Assert.That((string)result["conditions"]![0]!["state"]!, Is.EqualTo("failed"));
        Assert.That(result["cluster"]!.AsArray().Select(fact => $"{fact!["subject"]}, {fact["what"]}: {fact["old"]} -> {fact["new"]}"), Does.Contain("Service shop/web, ready endpoints: 4 -> 0"));
    }

    [Test]
    public async Task A_Service_that_is_removed_is_said_to_be_removed()
    {
        JsonNode result = await Compared(ExitCodes.Done, Shop + "\n---\n" + Shop.Split("\n---\n")[1].Replace("name: web,", "name: old,", StringComparison.Ordinal), Shop);

        Assert.That(result["objects"]!.AsArray().Select(change => $"{change!["object"]} {change["change"]}"), Is.EqualTo((string[])["Service shop/old removed"]));
        Assert.That(result["routes"]!.AsArray().Select(route => $"{route!["subject"]}: {route["new"]}"), Does.Contain("old: none: there is nothing to send them to"));
    }

    [TestCase("latency.p50 > +10%", "failed")]
    [TestCase("web: latency.mean > +1ms", "failed")]
    [TestCase("workloads.web.latency.mean > +1s", "passed")]
    [TestCase("errors > +0.1pp", "passed")]
    [TestCase("cost > +1000", "passed")]
    public async Task A_condition_is_judged_by_the_interval_of_the_growth(string condition, string state)
    {
        string scenario = Path.Combine(_folder, "both.yaml");
        await File.WriteAllTextAsync(scenario, """
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: both}
            spec:
              workloads: [{name: web, from: internet, to: http://web.shop/, arrivals: {poisson: {rate: 100/s} } }]
              backends: [{selector: {app: web}, serviceTime: {exponential: 20ms}, concurrency: 1}]
            """);

        // Half of the pods for the same work: they wait for each other.
        JsonNode result = await Compared(state == "failed" ? ExitCodes.Failed : ExitCodes.Done, Shop, Shop.Replace("replicas: 4", "replicas: 3", StringComparison.Ordinal), "--scenario", scenario, "--fail-on", condition);

        Assert.That((string)result["conditions"]![0]!["state"]!, Is.EqualTo(state), result["conditions"]!.ToJsonString());
    }

    [TestCase("latency.p98 > +10%", "there is no metric 'latency.p98'; there are latency.mean, latency.p50")]
    [TestCase("latency.p99 < 50ms", "is no condition: write latency.p99 > +10%")]
    [TestCase("latency.p99 > +10", "the limit must be a growth such as +10% or +5ms")]
    [TestCase("errors > +1", "the limit must be a growth such as +10% of the old value, or +0.1pp (percentage points)")]
    [TestCase("nobody: errors > +1pp", "both sides have no workload \"nobody\"; they have web")]
    public async Task A_condition_that_means_nothing_says_what_would(string condition, string message)
    {
        TestConsole console = new();

        Assert.That(await Run(console, Shop, Shop, ["--fail-on", condition, .. Quick]), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain(message));
    }

    [Test]
    public async Task An_error_on_either_side_is_told_with_its_position()
    {
        TestConsole console = new();

        Assert.That(await Run(console, Shop, Shop.Replace("port: 80,", "port: eighty,", StringComparison.Ordinal), Quick), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(@"new\.yaml:\d+:\d+: spec\.ports\[0\]\.port: "));
    }

    [Test]
    public async Task Markdown_has_a_verdict_a_table_and_folded_details_and_no_markup_of_foreign_names()
    {
        TestConsole console = new();
        string changed = Shop.Replace("externalTrafficPolicy: Cluster", "externalTrafficPolicy: Local", StringComparison.Ordinal)
            .Replace("name: web, namespace: shop}\nspec: {type", "name: web, namespace: shop, annotations: {note: \"<b>|`x`\"}}\nspec: {type", StringComparison.Ordinal);

        Assert.That(await Run(console, Shop, changed, ["-o", "markdown", .. Quick]), Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.OutputLines[0], Does.Match("^### . KubeNetSim: better"));
        Assert.That(console.Output, Does.Contain("| workload | metric | old | new | difference | 95% interval | verdict |\n|---|---|--:|--:|--:|--:|---|\n"));
        Assert.That(Regex.Count(console.Output, "<details><summary>"), Is.EqualTo(Regex.Count(console.Output, "</details>")).And.EqualTo(4));
        Assert.That(console.Output, Does.Contain(@"&lt;b>\|\`x\`"));
    }

    [Test]
    public async Task The_sample_prints_what_its_page_says()
    {
        string sample = RepositoryRoot.Combine("samples", "pull-request");
        string manifests = await File.ReadAllTextAsync(Path.Combine(sample, "deploy", "shop.yaml"));
        TestConsole console = new();

        int code = await Run(console, manifests, manifests.Replace("externalTrafficPolicy: Cluster", "externalTrafficPolicy: Local", StringComparison.Ordinal),
            "--scenario", Path.Combine(sample, "scenario.yaml"), "--fail-on", "any-loss", "--fail-on", "latency.p99 > +10%");

        Assert.That(code, Is.EqualTo(ExitCodes.Failed), console.Error);
        string shown = Regex.Match(await File.ReadAllTextAsync(Path.Combine(sample, "README.md")), "```\n(?<shown>.*?)```", RegexOptions.Singleline).Groups["shown"].Value;
        Assert.That(console.Output.Replace(Path.Combine(_folder, "old.yaml"), "base", StringComparison.Ordinal).Replace(Path.Combine(_folder, "new.yaml"), "deploy", StringComparison.Ordinal), Is.EqualTo(shown));
    }

    private static JsonNode Metric(JsonNode result, string name) => result["metrics"]!.AsArray().First(metric => (string)metric!["metric"]! == name)!;

    private async Task<JsonNode> Compared(int expected, string old, string changed, params string[] args)
    {
        TestConsole console = new();
        Assert.That(await Run(console, old, changed, ["-o", "json", .. Quick, .. args]), Is.EqualTo(expected), console.Error + console.Output);
        return JsonNode.Parse(console.Output)!;
    }

    private async Task<int> Run(TestConsole console, string old, string changed, params string[] args)
    {
        (string before, string after) = (Path.Combine(_folder, "old.yaml"), Path.Combine(_folder, "new.yaml"));
        await File.WriteAllTextAsync(before, old);
        await File.WriteAllTextAsync(after, changed);
        return await console.RunAsync(["diff", before, after, .. args]);
    }
}
