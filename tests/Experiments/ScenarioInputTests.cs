using System.Globalization;
using System.Text.Json.Nodes;
using KubeNetSim.Tests.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Experiments;

/// <summary>A run, a sweep and a plan read the same files in the same way.</summary>
public sealed class ScenarioInputTests
{
    private const string Sheet =
        """
        apiVersion: kubenetsim.io/v1alpha1
        kind: PriceSheet
        metadata: {name: ours}
        spec: {currency: EUR, region: eu-1, asOf: "2026-01-01", loadBalancer: {hour: 0.5}}
        """;

    private const string Scenario =
        """
        {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: web, ports: [{containerPort: 80}]}]}}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: priced}
        spec:
          cluster: {cloud: aws, nodes: 2}
          workloads: [{name: all, from: internet, to: "http://web.default/", arrivals: {poisson: {rate: 50/s}}}]
          run: {duration: 2s, warmup: 0s, replications: 1, seed: 1}
        """;

    private string _folder = "";

    [SetUp]
    public void WriteFiles()
    {
        _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        File.WriteAllText(At("prices.yaml"), Sheet);
        File.WriteAllText(At("scenario.yaml"), Scenario);
        File.WriteAllText(At("sweep.yaml"), Grid("Sweep", "axes: [{field: cluster.nodes, values: [2]}], metrics: [monthly_cost]"));
        File.WriteAllText(At("plan.yaml"), Grid("Plan", "settings: [{field: cluster.nodes, values: [2]}], objectives: [cost < 1000000], minimise: cost"));
    }

    [TearDown]
    public void RemoveFiles() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task A_price_sheet_that_is_given_makes_the_same_bill_in_a_run_a_sweep_and_a_plan()
    {
        JsonNode run = JsonNode.Parse(await Output("run", At("scenario.yaml"), "--prices", At("prices.yaml"), "-o", "json"))!;
        await Output("sweep", At("sweep.yaml"), "--prices", At("prices.yaml"), "--out", At("sweep"));
        JsonNode plan = JsonNode.Parse(await Output("plan", At("plan.yaml"), "--prices", At("prices.yaml"), "-o", "json"))!;

        double monthly = (double)run["cost"]!["monthly"]!;
        Assert.That(monthly, Is.GreaterThan(300));
        Assert.That(CostInTable(), Is.EqualTo(monthly).Within(1e-9));
        Assert.That((string?)plan["currency"], Is.EqualTo("EUR"));
    }

    private double CostInTable()
    {
        string[][] rows = [.. File.ReadAllLines(At("sweep/table.csv")).Select(line => line.Split(','))];
        return double.Parse(rows[1][Array.IndexOf(rows[0], "monthly_cost")], CultureInfo.InvariantCulture);
    }

    private static async Task<string> Output(params string[] arguments)
    {
        TestConsole console = new();
        int code = await console.RunAsync(arguments);
        Assert.That(code, Is.Zero, console.Error);
        return console.Output;
    }

    private static string Grid(string kind, string rest) =>
        $"{{apiVersion: kubenetsim.io/v1alpha1, kind: {kind}, metadata: {{name: priced}}, spec: {{scenario: scenario.yaml, {rest}}}}}";

    private string At(string file) => Path.Combine(_folder, file);
}
