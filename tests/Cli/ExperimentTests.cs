using System.Globalization;
using System.Text.Json.Nodes;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>
/// How often a scenario is run, from when on it is measured, and what is not said of it: a pod that serves one request at a time in 10 ms on average,
/// exponentially, and so 100 a second.
/// </summary>
public sealed class ExperimentTests
{
    private string _file = "";
    private int _replicas;

    [SetUp]
    public void MakeFile()
    {
        _file = Path.GetTempFileName();
        _replicas = 1;
    }

    [TearDown]
    public void RemoveFile() => File.Delete(_file);

    [Test]
    public async Task A_run_that_starts_with_a_rush_is_measured_from_where_it_has_settled()
    {
        JsonNode results = await Run("arrivals: {ramp: {from: 400/s, to: 50/s, over: 3s}}", "duration: 60s, replications: 5, seed: 1");

        // 675 requests come in the first 3 s, and 300 are answered; the others are worked off at 100 - 50 a second: until 10.5 s.
        Assert.That((string?)results["warmupBy"], Is.EqualTo("found"));
        Assert.That((double)results["warmupSeconds"]!, Is.InRange(8, 14));
        Assert.That(results["unsettled"]!.AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_warm_up_that_is_given_is_taken()
    {
        JsonNode results = await Run("arrivals: {poisson: {rate: 50/s}}", "duration: 10s, replications: 2", "--warmup", "3s");

        Assert.That((string?)results["warmupBy"], Is.EqualTo("given"));
        Assert.That((double)results["warmupSeconds"]!, Is.EqualTo(3));
    }

    [Test]
    public async Task Too_few_requests_to_see_anything_leave_a_tenth()
    {
        JsonNode results = await Run("arrivals: {poisson: {rate: 50/s}}", "duration: 2s, replications: 2");

        Assert.That((string?)results["warmupBy"], Is.EqualTo("default"));
        Assert.That((double)results["warmupSeconds"]!, Is.EqualTo(0.2));
    }

    [Test]
    public async Task A_ramp_does_not_settle_and_the_words_say_so()
    {
        TestConsole console = await Printed("arrivals: {ramp: {from: 10/s, to: 150/s, over: 60s}}", "duration: 60s, replications: 5");

        Assert.That(console.Output, Does.Match(@"calls had not settled: its requests took \S+ms in the first half of the measured time and \S+s in the second"));
    }

    [Test]
    public async Task A_warm_up_that_takes_half_of_the_run_is_a_warning()
    {
        TestConsole console = await Printed("arrivals: {poisson: {rate: 200/s}}", "duration: 20s, replications: 2");

        Assert.That(console.Output, Does.Contain("the first 10s not measured (MSER-5 found no end of the warm-up in the first half: the run may be too short)"));
    }

    [Test]
    public async Task A_warm_up_as_long_as_the_run_is_refused()
    {
        await Write("arrivals: {poisson: {rate: 50/s}}", "duration: 10s", "nodes: 2", "", "");
        TestConsole console = new();

        Assert.That(await console.RunAsync("run", _file, "-o", "json", "--warmup", "10s"), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--warmup: the warm-up must be shorter than the run"));
    }

    [Test]
    public async Task Replications_are_added_until_the_mean_is_as_precise_as_asked_for()
    {
        JsonNode few = await Run("arrivals: {poisson: {rate: 50/s}}", "duration: 20s, warmup: 2s, replications: 2", "--precision", "20%");
        JsonNode many = await Run("arrivals: {poisson: {rate: 50/s}}", "duration: 20s, warmup: 2s, replications: 2, precision: 2%");

        Assert.That((int)few["replications"]!, Is.EqualTo(10));
        Assert.That((int)many["replications"]!, Is.InRange(11, 99));
        Assert.That(HalfOverMean(many), Is.EqualTo((double)many["precision"]!["reached"]!).Within(1e-9).And.LessThanOrEqualTo(0.02));
    }

    [Test]
    public async Task Added_replications_are_those_that_would_have_been_run_at_once()
    {
        JsonNode grown = await Run("arrivals: {poisson: {rate: 50/s}}", "duration: 20s, warmup: 2s", "--precision", "3%", "--threads", "3");
        JsonNode atOnce = await Run("arrivals: {poisson: {rate: 50/s}}", "duration: 20s, warmup: 2s", "--replications", ((int)grown["replications"]!).ToString(CultureInfo.InvariantCulture));

        Assert.That(grown["workloads"]!.ToJsonString(), Is.EqualTo(atOnce["workloads"]!.ToJsonString()));
    }

    [Test]
    public async Task A_precision_that_is_not_reached_is_not_claimed()
    {
        TestConsole console = await Printed("arrivals: {poisson: {rate: 80/s}}", "duration: 5s, warmup: 500ms", "--precision", "1%", "--max-replications", "6");

        Assert.That(console.Output, Does.Contain("not reached with 6 replications, ±"));
    }

    [TestCase("2")]
    [TestCase("-1%")]
    [TestCase("much")]
    public async Task A_precision_that_is_no_share_is_refused(string share)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("run", "-", "--precision", share), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--precision:"));
    }

    [Test]
    public async Task An_overloaded_pod_has_no_mean_latency_and_is_named()
    {
        JsonNode results = await Run("arrivals: {poisson: {rate: 103/s}}", "duration: 200s, warmup: 0s, replications: 3");

        Assert.That(results["workloads"]![0]!["latencyMs"], Is.Null);
        Assert.That((long)results["workloads"]![0]!["succeeded"]!, Is.GreaterThan(60_000));
        JsonNode station = results["unstable"]!.AsArray().Single()!;
        Assert.That((string?)station["name"], Does.StartWith("default/one-"));
        Assert.That((double)station["offeredPerSecond"]!, Is.EqualTo(103).Within(1.5));
        Assert.That((double)station["capacityPerSecond"]!, Is.EqualTo(100).Within(1e-9));
        Assert.That((string?)station["workloads"]![0], Is.EqualTo("calls"));
    }

    [Test]
    public async Task The_words_say_which_station_and_why()
    {
        TestConsole console = await Printed("arrivals: {poisson: {rate: 150/s}}", "duration: 20s, warmup: 0s, replications: 2");

        Assert.That(console.Output, Does.Match(@"Unstable: default/one-\S+ gets 1[45]\d(\.\d)? requests/s and can handle 100/s \(1 at a time, 10\.0ms each\)"));
        Assert.That(console.Output, Does.Contain("so calls has no mean latency"));
    }

    [Test]
    public async Task A_busy_pod_is_not_taken_for_an_overloaded_one()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            JsonNode results = await Run(
                "arrivals: {poisson: {rate: 95/s}}", "duration: 60s, warmup: 5s, replications: 3", "--seed", seed.ToString(CultureInfo.InvariantCulture));
            Assert.That(results["unstable"]!.AsArray(), Is.Empty, $"seed {seed}");
        }
    }

    [Test]
    public async Task Short_runs_of_a_busy_pod_are_not_taken_for_an_overload_by_chance()
    {
        for (int seed = 1; seed <= 60; seed++)
        {
            JsonNode results = await Run(
                "arrivals: {poisson: {rate: 95/s}}", "duration: 4s, warmup: 0s, replications: 2", "--seed", seed.ToString(CultureInfo.InvariantCulture));
            Assert.That(results["unstable"]!.AsArray(), Is.Empty, $"seed {seed}");
        }
    }

    [Test]
    public async Task A_pod_that_is_slightly_overloaded_is_found_with_every_seed()
    {
        for (int seed = 1; seed <= 20; seed++)
        {
            JsonNode results = await Run(
                "arrivals: {poisson: {rate: 102/s}}", "duration: 120s, warmup: 5s, replications: 3", "--seed", seed.ToString(CultureInfo.InvariantCulture));
            Assert.That(results["unstable"]!.AsArray(), Has.Count.EqualTo(1), $"seed {seed}");
        }
    }

    [Test]
    public async Task Long_connections_that_share_a_pod_overload_it_though_the_others_could_help()
    {
        // Each of two nodes keeps one connection to one of four pods, 150 requests/s on each: a pod does 100.
        _replicas = 4;
        JsonNode results = await Run("arrivals: {poisson: {rate: 300/s}}, connections: {reuse: http2}", "duration: 30s, warmup: 1s, replications: 3");

        JsonNode[] unstable = [.. results["unstable"]!.AsArray().Select(station => station!)];
        Assert.That(unstable, Is.Not.Empty);
        Assert.That(unstable.Select(station => (double)station["offeredPerSecond"]!), Has.All.GreaterThan(130));
        Assert.That(results["workloads"]![0]!["latencyMs"], Is.Null);
    }

    [Test]
    public async Task A_cluster_DNS_that_is_asked_too_much_is_named()
    {
        JsonNode results = await RunIn(
            "nodes: 2, dnsReplicas: 1", "", "network: {dnsServiceTime: 50ms, clientDnsCache: false}",
            "arrivals: {poisson: {rate: 80/s}}", "duration: 30s, warmup: 1s, replications: 2");

        JsonNode station = results["unstable"]!.AsArray().Single()!;
        Assert.That((string?)station["name"], Does.StartWith("kube-system/coredns"));
        Assert.That((string?)station["workloads"]![0], Is.EqualTo("calls"));
    }

    [TestCase("arrivals: {closedLoop: {users: 50, thinkTime: 1ms}}", "")]
    [TestCase("arrivals: {poisson: {rate: 200/s}}", ", queue: 10")]
    public async Task A_loop_and_a_bounded_queue_settle_by_themselves(string arrivals, string queue)
    {
        JsonNode results = await RunIn("nodes: 2", queue, "", arrivals, "duration: 20s, warmup: 2s, replications: 2");

        Assert.That(results["unstable"]!.AsArray(), Is.Empty);
        Assert.That(results["workloads"]![0]!["latencyMs"], Is.Not.Null);
    }

    [Test]
    public async Task A_node_whose_rules_take_more_than_its_cores_have_is_named()
    {
        // Each new connection costs the client's node as many rules as stand before its Service's among 30,000, some tenths of a ms of a core;
        // it has one.
        JsonNode results = await RunIn(
            "nodes: 1, backgroundServices: 30000", ", queue: 1", "network: {packetCores: 1}",
            "arrivals: {poisson: {rate: 9000/s}}", "duration: 2s, warmup: 0s, replications: 2");

        JsonNode station = results["unstable"]!.AsArray().Single()!;
        Assert.That((string?)station["kind"], Is.EqualTo("node"));
        Assert.That((string?)station["why"], Does.Match(@"gets 8,9\d\d(\.\d)? requests/s and can handle [\d,.]+/s \(1 packet core, \d\d\dµs of a core each\)"));
    }

    [Test]
    public async Task Time_series_add_up_to_the_run_and_obey_Littles_law()
    {
        JsonNode results = await Run("arrivals: {poisson: {rate: 60/s}}", "duration: 100s, warmup: 0s, replications: 1, interval: 10s");

        JsonNode series = results["series"]!;
        JsonNode workload = series["workloads"]![0]!;
        Assert.That((double)series["intervalSeconds"]!, Is.EqualTo(10));
        Assert.That(Numbers(workload["throughput"]!), Has.Length.EqualTo(10));
        // Those that started in the last moments ended after the run.
        Assert.That(10 * Numbers(workload["throughput"]!).Sum(), Is.EqualTo((double)results["requests"]!).Within(10));
        // Those that wait: arrivals a second times the mean wait.
        double waitSeconds = (double)results["workloads"]![0]!["breakdownMs"]!["queue"]! / 1e3;
        Assert.That(Numbers(workload["queued"]!).Average(), Is.EqualTo((double)results["requests"]! / 100 * waitSeconds).Within(1).Percent);
        double p99 = (double)results["workloads"]![0]!["latencyMs"]!["p99"]!;
        Assert.That(Numbers(workload["p99Ms"]!).Average(), Is.EqualTo(p99).Within(40).Percent);
        Assert.That(series["nodes"]!.AsArray().Select(node => (string?)node!["name"]), Does.Contain("all nodes").And.Contain("node-1"));
        Assert.That(Numbers(series["nodes"]![0]!["packetShare"]!), Has.All.GreaterThan(0).And.All.LessThan(0.01));
    }

    [Test]
    public async Task Whatever_the_number_of_threads_the_results_have_the_same_bytes()
    {
        const string Settings = "duration: 20s, replications: 3, precision: 3%";
        JsonNode one = await Run("arrivals: {poisson: {rate: 50/s}}", Settings, "--threads", "1");
        JsonNode many = await Run("arrivals: {poisson: {rate: 50/s}}", Settings, "--threads", "4");

        Assert.That(many.ToJsonString(), Is.EqualTo(one.ToJsonString()));
    }

    [Test]
    public async Task There_are_never_more_than_a_thousand_intervals()
    {
        JsonNode results = await Run("arrivals: {poisson: {rate: 60/s}}", "duration: 100s, replications: 1", "--interval", "1ms");

        Assert.That((double)results["series"]!["intervalSeconds"]!, Is.EqualTo(0.1));
    }

    private static double HalfOverMean(JsonNode results)
    {
        JsonNode workload = results["workloads"]![0]!;
        double[] interval = Numbers(workload["latencyCI95Ms"]!["mean"]!);
        return (interval[1] - interval[0]) / 2 / (double)workload["latencyMs"]!["mean"]!;
    }

    private static double[] Numbers(JsonNode list) => [.. list.AsArray().Select(number => (double)number!)];

    private Task<JsonNode> Run(string arrivals, string run, params string[] options) => RunIn("nodes: 2", "", "", arrivals, run, options);

    private async Task<JsonNode> RunIn(string cluster, string backend, string network, string arrivals, string run, params string[] options)
    {
        await Write(arrivals, run, cluster, backend, network);
        TestConsole console = new();
        Assert.That(await console.RunAsync(["run", _file, "-o", "json", .. options]), Is.EqualTo(ExitCodes.Done), console.Error);
        return JsonNode.Parse(console.Output)!;
    }

    private async Task<TestConsole> Printed(string arrivals, string run, params string[] options)
    {
        await Write(arrivals, run, "nodes: 2", "", "");
        TestConsole console = new();
        string folder = Directory.CreateTempSubdirectory("kubenetsim-").FullName;
        await console.RunAsync(["run", _file, "--out", folder, .. options]);
        Directory.Delete(folder, recursive: true);
        return console;
    }

    private Task Write(string arrivals, string run, string cluster, string backend, string network) => File.WriteAllTextAsync(_file, $$$"""
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: one}
        spec:
          replicas: {{{_replicas}}}
          selector: {matchLabels: {app: one}}
          template:
            metadata: {labels: {app: one}}
            spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]}
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
          cluster: { {{{cluster}}} }
          workloads:
          - {name: calls, from: nodes, to: http://one.default/, {{{arrivals}}} }
          backends:
          - {selector: {app: one}, serviceTime: {exponential: 10ms}, concurrency: 1{{{backend}}} }
          {{{network}}}
          run: { {{{run}}} }
        """);
}
