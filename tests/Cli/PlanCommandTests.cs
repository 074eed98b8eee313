using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Plans against answers that are known otherwise: Erlang's formula, and trying every setting.</summary>
public sealed class PlanCommandTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    /// <summary>
    /// One pod with c workers, Poisson arrivals and exponential work is M/M/c (but for some 0.1 ms of network jitter): Erlang C gives the mean wait. The limit is
    /// set between those of the best c and of one less, so that it can be told from both.
    /// </summary>
    [TestCase(90, 10, 10.0)]
    [TestCase(180, 40, 25.0)]
    [TestCase(450, 40, 1.5)]
    public async Task Sizing_finds_what_Erlang_C_says(int rate, int most, double limitMs)
    {
        double offered = rate * 0.01;
        int expected = Enumerable.Range(1, most).First(servers => servers > offered && MeanWaitMs(servers, offered) < limitMs);
        Assert.That(MeanWaitMs(expected, offered), Is.LessThan(0.7 * limitMs), "the limit must be clear of the best");
        Assert.That(expected - 1 <= offered || MeanWaitMs(expected - 1, offered) > 1.4 * limitMs, "and of the next best");
        Write("scenario.yaml", Scenario($"poisson: {{rate: {rate}/s}}", "replications: 5, duration: 120s, warmup: 10s"));
        Write("plan.yaml", Plan($"{{name: workers, field: 'backends[0].concurrency', range: {{from: 1, to: {most}}}}}", $"queue.mean < {limitMs.ToString(CultureInfo.InvariantCulture)}ms"));

        JsonNode result = await Planned(ExitCodes.Done);

        Assert.That((string?)result["best"]!["setting"]!["workers"], Is.EqualTo(expected.ToString(CultureInfo.InvariantCulture)));
        // It halves: not every setting is simulated.
        Assert.That(result["tried"]!.AsArray(), Has.Count.LessThanOrEqualTo(2 + (int)Math.Ceiling(Math.Log2(most))));
    }

    [Test]
    public async Task The_answer_is_that_of_trying_every_setting()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 250/s}", "replications: 5, duration: 60s, warmup: 5s", "cluster: {nodes: 3, kubeProxy: {mode: iptables}}"));
        Write("plan.yaml", Plan(
            "{name: replicas, field: replicas.one, range: {from: 1, to: 4}}", "latency.p99 < 90ms", "- {name: workers, field: 'backends[0].concurrency', values: [1, 2, 3]}"));

        JsonNode result = await Planned(ExitCodes.Done);

        List<(int Sum, string Setting)> meeting = [];
        for (int replicas = 1; replicas <= 4; replicas++)
            for (int workers = 1; workers <= 3; workers++)
            {
                Write("single.yaml", Scenario("poisson: {rate: 250/s}", "replications: 20, duration: 60s, warmup: 5s", $"replicas: {{one: {replicas}}}")
                    .Replace("concurrency: 1", $"concurrency: {workers}", StringComparison.Ordinal));
                JsonNode run = await Ran("run", Path.Combine(_folder, "single.yaml"), "-o", "json");
                if (run["workloads"]![0]!["latencyMs"] is { } latency && (double)latency["p99"]! < 90)
                    meeting.Add((replicas + workers, $"{replicas}, {workers}"));
            }
        (int Sum, string Setting) best = meeting.OrderBy(setting => setting.Sum).First();
        Assert.That((double)result["best"]!["size"]!, Is.EqualTo(best.Sum));
        Assert.That(meeting.Select(setting => setting.Setting), Does.Contain($"{result["best"]!["setting"]!["replicas"]}, {result["best"]!["setting"]!["workers"]}"));
    }

    [Test]
    public async Task Where_nothing_meets_the_objectives_it_says_so_and_fails()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 150/s}", "duration: 10s, warmup: 1s"));
        Write("plan.yaml", Plan("{name: workers, field: 'backends[0].concurrency', values: [1]}", "latency.mean < 5ms"));
        TestConsole console = new();

        int code = await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml"), "--out", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.Failed), console.Error);
        Assert.That(console.Output, Does.Contain("No setting meets the objectives.").And.Contain("grows"));
    }

    [Test]
    public async Task The_cheapest_is_the_one_with_the_smallest_bill()
    {
        // Traffic that stays in its zone costs nothing; the default spreads it over three.
        Write("scenario.yaml", Scenario("poisson: {rate: 100/s}", "duration: 10s, warmup: 1s", "cluster: {nodes: 3, cloud: aws}\n  replicas: {one: 6}"));
        Write("plan.yaml", Plan("{name: nodes, field: cluster.nodes, values: [3, 1]}", "errors < 10%", more: "  minimise: cost\n"));

        JsonNode result = await Planned(ExitCodes.Done);

        Assert.That((string?)result["best"]!["setting"]!["nodes"], Is.EqualTo("1"));
        Assert.That(result["tried"]!.AsArray(), Has.Count.EqualTo(2));
        Assert.That((string?)result["minimises"], Is.EqualTo("cost"));
    }

    [Test]
    public async Task Where_more_workers_are_not_shown_to_help_it_says_why_and_simulates_every_smaller_setting()
    {
        Write("scenario.yaml", Scenario("closedLoop: {users: 4, thinkTime: {exponential: 20ms}}", "duration: 20s, warmup: 1s"));
        Write("plan.yaml", Plan("{name: workers, field: 'backends[0].concurrency', range: {from: 1, to: 6}}", "queue.mean < 2ms"));

        JsonNode result = await Planned(ExitCodes.Done);

        int best = int.Parse((string)result["best"]!["setting"]!["workers"]!, CultureInfo.InvariantCulture);
        Assert.That(result["tried"]!.AsArray(), Has.Count.EqualTo(best));
        Assert.That((int)result["ruledOut"]!, Is.Zero);
        Assert.That((string?)result["notes"]![0], Does.Contain("not shown here").And.Contain("users of calls wait for an answer"));
    }

    [Test]
    public async Task An_objective_that_gets_worse_with_more_is_said_to_be_not_monotone()
    {
        // One node has no other zone to send to; six nodes in three zones do.
        Write("scenario.yaml", Scenario("poisson: {rate: 100/s}", "duration: 10s, warmup: 1s", "cluster: {nodes: 3, zones: [a, b, c], cloud: aws}\n  replicas: {one: 6}"));
        Write("plan.yaml", Plan("{name: nodes, field: cluster.nodes, values: [1, 3, 6]}", "crossZone < 10%", more: "  minimise: cost\n"));
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml"), "--out", _folder), Is.EqualTo(ExitCodes.Done), console.Error);

        Assert.That(console.Output, Does.Match("crossZone < 10% is not monotone in nodes: met with nodes = 1, missed with nodes = [36]\\."));
    }

    [Test]
    public async Task The_prices_that_are_given_decide_what_is_cheapest()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 100/s}", "duration: 10s, warmup: 1s", "cluster: {nodes: 3, zones: [a, b, c], cloud: aws}\n  replicas: {one: 6}"));
        Write("plan.yaml", Plan("{name: nodes, field: cluster.nodes, values: [3, 1]}", "errors < 10%", more: "  minimise: cost\n"));
        Write("prices.yaml", "apiVersion: kubenetsim.io/v1alpha1\nkind: PriceSheet\nmetadata: {name: free}\nspec: {asOf: \"2026-11-01\", crossZone: {sent: 0, received: 0, source: a friend}}\n");

        JsonNode charged = await Planned(ExitCodes.Done);
        JsonNode free = await Planned(ExitCodes.Done, "--prices", Path.Combine(_folder, "prices.yaml"));

        Assert.That((double)charged["tried"]!.AsArray().Max(tried => (double)tried!["size"]!), Is.GreaterThan(1));
        Assert.That(free["tried"]!.AsArray().Select(tried => (double)tried!["size"]!), Is.All.Zero);
    }

    [Test]
    public async Task Costs_count_the_nodes_that_a_setting_adds_at_the_price_of_the_sheet()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 100/s}", "duration: 10s, warmup: 1s", "cluster: {nodes: 1, zones: [a], node: {cpu: 2, memory: 4Gi}, cloud: aws}"));
        Write("plan.yaml", Plan("{name: nodes, field: cluster.nodes, values: [3, 1]}", "errors < 10%", more: "  minimise: cost\n"));
        Write("prices.yaml", "apiVersion: kubenetsim.io/v1alpha1\nkind: PriceSheet\nmetadata: {name: ours}\nspec: {asOf: \"2026-11-01\", compute: {vcpuHour: 0.03, gibHour: 0.004, source: us}}\n");

        JsonNode result = await Planned(ExitCodes.Done, "--prices", Path.Combine(_folder, "prices.yaml"));

        Assert.That((string)result["costOf"]!, Is.EqualTo("the network and the nodes"));
        double[] costs = [.. result["tried"]!.AsArray().Select(tried => (double)tried!["size"]!)];
        double node = 730 * (2 * 0.03 + 4 * 0.004);
        Assert.That(costs, Is.EqualTo((double[])[node, 3 * node]).Within(1e-6));
        Assert.That((string)result["best"]!["setting"]!["nodes"]!, Is.EqualTo("1"));
    }

    [Test]
    public async Task Costs_count_what_more_pods_ask_for_on_the_same_nodes()
    {
        string scenario = Scenario("poisson: {rate: 50/s}", "duration: 10s, warmup: 1s", "cluster: {nodes: 3, zones: [a], cloud: aws}")
            .Replace("containers: [{name: c, image: c,", "containers: [{name: c, image: c, resources: {requests: {cpu: 500m, memory: 1Gi} },", StringComparison.Ordinal);
        Write("scenario.yaml", scenario);
        Write("plan.yaml", Plan("{name: replicas, field: replicas.one, values: [4, 2]}", "errors < 10%", more: "  minimise: cost\n"));

        JsonNode result = await Planned(ExitCodes.Done);

        Assert.That((string)result["costOf"]!, Is.EqualTo("the network and what pods ask for"));
        double[] costs = [.. result["tried"]!.AsArray().Select(tried => (double)tried!["size"]!)];
        Assert.That(costs[1] - costs[0], Is.EqualTo(2 * 730 * (0.5 * 0.04048 + 1 * 0.004445)).Within(1));
    }

    [Test]
    public async Task Settings_that_cost_the_same_are_reported_and_the_smaller_one_is_the_answer()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 100/s}", "duration: 10s, warmup: 1s", "cluster: {nodes: 3, zones: [a, b, c], cloud: aws}\n  replicas: {one: 6}"));
        Write("plan.yaml", Plan("{name: mode, field: cluster.kubeProxy.mode, values: [nftables, iptables]}", "errors < 10%", more: "  minimise: cost\n"));
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml"), "--out", _folder), Is.EqualTo(ExitCodes.Done), console.Error);

        Assert.That(console.Output, Does.Contain("The cheapest setting that meets every objective is mode = nftables"));
        Assert.That(console.Output, Does.Contain("1 setting costs the same within chance, and the answer is the smallest of them: mode = iptables."));
        Assert.That(console.Output, Does.Match(@"nftables +\d+\.\d\d ±\d+\.\d\d "));
        string page = await File.ReadAllTextAsync(Path.Combine(_folder, "report.html"));
        Assert.That(page, Does.Contain("mode = nftables").And.Contain("what it costs").And.Contain("How sure this is"));
    }

    [Test]
    public async Task Nodes_without_a_price_are_said_not_to_be_counted()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 100/s}", "duration: 5s, warmup: 1s", "cluster: {nodes: 3, cloud: gcp}"));
        Write("plan.yaml", Plan("{name: nodes, field: cluster.nodes, values: [3, 1]}", "errors < 10%", more: "  minimise: cost\n"));

        JsonNode result = await Planned(ExitCodes.Done);

        Assert.That(result["notes"]!.AsArray().Select(note => (string)note!), Has.Some.Contains("costs are those of the network alone"));
    }

    [TestCase("latency.p98 < 5ms", "is no objective")]
    [TestCase("latency.mean > 5ms", "is no objective")]
    [TestCase("latency.mean < 5", "must be a time such as 50ms")]
    [TestCase("errors < 5ms", "must be a share")]
    [TestCase("nobody: errors < 1%", @":\d+:\d+: .*There is no workload ""nobody""")]
    public async Task An_objective_that_means_nothing_is_refused(string objective, string message)
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 10/s}", "duration: 1s"));
        Write("plan.yaml", Plan("{name: workers, field: 'backends[0].concurrency', values: [1]}", objective));
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml")), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(message));
    }

    [TestCase("cluster: {nodes: 3}", "  minimise: cost\n", "errors < 10%", @"plan.yaml:\d+:13: spec.minimise: Nobody charges")]
    [TestCase("cluster: {nodes: 3}", "", "cost < 10", @"plan.yaml:\d+:\d+: spec.objectives\[0\]: Nobody charges")]
    public async Task Costs_that_nobody_charges_are_not_compared(string cluster, string more, string objective, string message)
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 10/s}", "duration: 1s", cluster));
        Write("plan.yaml", Plan("{name: nodes, field: cluster.nodes, values: [3, 1]}", objective, more: more));
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml"), "--out", _folder), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match(message));
    }

    [Test]
    public async Task A_setting_that_cannot_be_read_is_one_error_and_not_three()
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 10/s}", "duration: 1s"));
        Write("plan.yaml", Plan("{name: workers, field: 'backends[0].concurrency', range: {from: 3, to: 1}}", "errors < 10%", more: "  minimise: workers\n"));
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml"), "--out", _folder), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.EndWith("kubenetsim: 1 error in the input\n"));
    }

    [TestCase("  settings: []\n  objectives: [errors < 1%]", "settings")]
    [TestCase("  settings: [{field: nothing.here, values: [1]}]\n  objectives: [errors < 1%]", "nothing")]
    [TestCase("  settings: [{field: cluster.nodes, values: [1]}]", "objectives")]
    [TestCase("  settings: [{field: cluster.nodes, values: [1]}]\n  objectives: [errors < 1%]\n  minimise: replicas", "minimise")]
    [TestCase("  settings: [{field: cluster.nodes, values: [1]}]\n  objectives: [errors < 1%]\n  surprise: 1", "surprise")]
    public async Task A_broken_plan_is_refused_with_its_position(string spec, string field)
    {
        Write("scenario.yaml", Scenario("poisson: {rate: 10/s}", "duration: 1s"));
        Write("plan.yaml", $"apiVersion: kubenetsim.io/v1alpha1\nkind: Plan\nmetadata: {{name: p}}\nspec:\n  scenario: scenario.yaml\n{spec}\n");
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml")), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Match($@"\.yaml:\d+:\d+: .*{field}"));
    }

    [Test]
    public async Task The_sample_prints_what_its_page_says()
    {
        TestConsole console = new();

        int code = await console.RunAsync("plan", RepositoryRoot.Combine("samples", "replica-plan", "plan.yaml"), "--out", _folder);

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        string page = await File.ReadAllTextAsync(RepositoryRoot.Combine("samples", "replica-plan", "README.md"));
        string table = Regex.Match(page, "```\n(?<table>REPLICAS.*?)```", RegexOptions.Singleline).Groups["table"].Value;
        Assert.That(console.Output, Does.Contain(table));
    }

    [Test]
    public async Task The_page_about_plans_shows_one_that_works()
    {
        string page = await File.ReadAllTextAsync(RepositoryRoot.Combine("docs", "plan.md"));
        Write("plan.yaml", Regex.Match(page, "```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline).Groups["yaml"].Value);
        File.Copy(RepositoryRoot.Combine("samples", "replica-plan", "web.yaml"), Path.Combine(_folder, "web.yaml"));
        Write("scenario.yaml", (await File.ReadAllTextAsync(RepositoryRoot.Combine("samples", "replica-plan", "scenario.yaml")))
            .Replace("duration: 60s, warmup: 5s", "duration: 5s, warmup: 1s", StringComparison.Ordinal));
        TestConsole console = new();

        Assert.That(await console.RunAsync("plan", Path.Combine(_folder, "plan.yaml"), "--out", _folder), Is.AnyOf(ExitCodes.Done, ExitCodes.Failed), console.Error);
    }

    private async Task<JsonNode> Planned(int expectedCode, params string[] more)
    {
        TestConsole console = new();
        Assert.That(await console.RunAsync(["plan", Path.Combine(_folder, "plan.yaml"), "-o", "json", .. more]), Is.EqualTo(expectedCode), console.Error);
        return JsonNode.Parse(console.Output)!;
    }

    private static async Task<JsonNode> Ran(params string[] args)
    {
        TestConsole console = new();
        Assert.That(await console.RunAsync(args), Is.EqualTo(ExitCodes.Done), console.Error);
        return JsonNode.Parse(console.Output)!;
    }

    private void Write(string file, string text) => File.WriteAllText(Path.Combine(_folder, file), text);

    private static string Plan(string setting, string objective, string second = "", string more = "") => $$"""
        apiVersion: kubenetsim.io/v1alpha1
        kind: Plan
        metadata: {name: sizing}
        spec:
          scenario: scenario.yaml
          settings:
          - {{setting}}
          {{second}}
          objectives: ["{{objective}}"]
        {{more}}
        """;

    private static string Scenario(string arrivals, string run, string more = "cluster: {nodes: 2}") => $$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: one}
        spec:
          replicas: 1
          selector: {matchLabels: {app: one} }
          template: {metadata: {labels: {app: one} }, spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]} }
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: one}
        spec: {selector: {app: one}, ports: [{port: 80}]}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: queue}
        spec:
          workloads:
          - {name: calls, from: nodes, to: http://one.default/, arrivals: { {{arrivals}} } }
          backends:
          - {selector: {app: one}, serviceTime: {exponential: 10ms}, concurrency: 1}
          {{more}}
          run: { {{run}} }
        """;

    // Mean wait in an M/M/c of 10 ms services: C / (c mu - lambda).
    private static double MeanWaitMs(int servers, double offered)
    {
        double blocked = 1;
        for (int number = 1; number <= servers; number++)
            blocked = offered * blocked / (number + (offered * blocked));
        double waits = blocked / (1 - (offered / servers * (1 - blocked)));
        return 10 * waits / (servers - offered);
    }
}
