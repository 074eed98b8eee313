using System.Text.Json.Nodes;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Objectives of a run: what is printed, what results.json holds, and what scripts are told.</summary>
public sealed class ObjectiveTests
{
    private const string Two = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web} }
          template: {metadata: {labels: {app: web} }, spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]} }
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: two}
        spec:
          cluster: {nodes: 2}
          workloads:
          - {name: shop.calls, from: nodes, to: http://web.default/, arrivals: {poisson: {rate: 100/s} } }
          - {name: lost, from: nodes, to: http://10.96.200.200/, arrivals: {constant: {rate: 10/s} } }
          backends:
          - {selector: {app: web}, serviceTime: {constant: 10ms}, concurrency: 16}
          OBJECTIVES
          run: {duration: 5s, warmup: 1s, replications: 5}
        """;

    [Test]
    public async Task Each_objective_gets_a_line_with_its_state_value_and_interval_and_a_missed_one_fails_the_run()
    {
        TestConsole console = new();

        int code = await Run(console, "objectives: [workloads.shop.calls.latency.p95 < 20ms, 'lost: errors < 50%']");

        Assert.That(code, Is.EqualTo(ExitCodes.Failed), console.Error);
        Assert.That(console.Output, Does.Match(@"\nmet          workloads\.shop\.calls\.latency\.p95 < 20ms  1\d\.\dms \(1\d\.\dms to 1\d\.\dms\)\n"));
        Assert.That(console.Output, Does.Match(@"\nmissed       lost: errors < 50%                       100% \(100% to 100%\)\n"));
    }

    [Test]
    public async Task Objectives_that_are_met_leave_exit_code_0()
    {
        TestConsole console = new();

        Assert.That(await Run(console, "", "--objective", "shop.calls: errors < 1%", "--objective", "shop.calls: latency.p99.9 < 1s"), Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.OutputLines.Where(line => line.StartsWith("met ", StringComparison.Ordinal)).Count(), Is.EqualTo(2));
    }

    [Test]
    public async Task One_replication_is_not_certain_and_does_not_fail()
    {
        TestConsole console = new();

        Assert.That(await Run(console, "", "--replications", "1", "--objective", "shop.calls: latency.mean < 1us"), Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.Output, Does.Match(@"not certain  shop\.calls: latency\.mean < 1us  1\d\.\dms \(one replication has no interval"));
    }

    [TestCase("latency.p50")]
    [TestCase("latency.p90")]
    [TestCase("latency.p95")]
    [TestCase("latency.p99")]
    [TestCase("latency.p99.9")]
    public async Task A_percentile_of_results_json_lies_between_those_around_it(string metric)
    {
        TestConsole console = new();

        Assert.That(await Run(console, "", "-o", "json", "--objective", $"shop.calls: {metric} < 1s"), Is.EqualTo(ExitCodes.Done), console.Error);

        JsonNode results = JsonNode.Parse(console.Output)!;
        JsonNode objective = results["objectives"]![0]!;
        JsonNode latency = results["workloads"]![0]!["latencyMs"]!;
        Assert.That((bool)objective["met"]!, Is.True);
        Assert.That((string)objective["workload"]!, Is.EqualTo("shop.calls"));
        Assert.That((double)objective["value"]!, Is.InRange((double)latency["p50"]! * 0.99, (double)latency["max"]!));
        Assert.That((double)objective["ci95"]![0]!, Is.LessThanOrEqualTo((double)objective["value"]!));
        Assert.That((double)objective["ci95"]![1]!, Is.GreaterThanOrEqualTo((double)objective["value"]!));
        Assert.That((double)objective["limit"]!, Is.EqualTo(1000));
    }

    [TestCase("latency.p98 < 5ms", "there is no metric \"latency.p98\".*metrics are latency.mean, latency.p50, latency.p90, latency.p95, latency.p99, latency.p99.9, queue.mean, errors, crossZone")]
    [TestCase("latency.p99 < 50", "must be a time such as 50ms.*the unit is missing: 50ms, 50us or 50s")]
    [TestCase("errors < 5", "must be a share such as 0.1%.*the unit is missing: 5%")]
    [TestCase("latency.p99 > 50ms", "to stay below its limit.*latency.p99 < 50ms")]
    [TestCase("fast", "is no objective.*latency.p99 < 50ms, errors < 0.1%")]
    [TestCase("nobody: errors < 1%", "There is no workload \"nobody\".*one of shop.calls, lost")]
    [TestCase("cost < 300", "Nobody charges.*cluster.cloud: aws")]
    public async Task An_objective_that_means_nothing_says_what_would(string objective, string message)
    {
        TestConsole option = new();
        TestConsole document = new();

        Assert.That(await Run(option, "", "--objective", objective), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(await Run(document, $"objectives: [\"{objective}\"]"), Is.EqualTo(ExitCodes.BadInput));

        Assert.That(option.Error, Does.Match($"^--objective: .*{message}"));
        Assert.That(document.Error, Does.Match($@"^-:\d+:\d+: .*spec\.objectives\[0\]: .*{message}"));
    }

    [Test]
    public async Task An_objective_of_costs_has_the_interval_of_the_bill()
    {
        TestConsole console = new();
        string scenario = Two.Replace("nodes: 2", "nodes: 2, zones: [a, b], cloud: aws", StringComparison.Ordinal).Replace("OBJECTIVES", "objectives: [cost < 1000000]", StringComparison.Ordinal);

        Assert.That(await console.RunWithInputAsync(scenario, "run", "-", "-o", "json"), Is.EqualTo(ExitCodes.Done), console.Error);

        JsonNode objective = JsonNode.Parse(console.Output)!["objectives"]![0]!;
        Assert.That((string)objective["unit"]!, Is.EqualTo("money"));
        Assert.That((double)objective["ci95"]![0]!, Is.LessThan((double)objective["ci95"]![1]!));
    }

    private static async Task<int> Run(TestConsole console, string objectives, params string[] args)
    {
        string folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        try
        {
            string[] kept = args.Contains("-o") ? [] : ["--out", folder];
            return await console.RunWithInputAsync(Two.Replace("OBJECTIVES", objectives, StringComparison.Ordinal), ["run", "-", .. kept, .. args]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
