using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Fields that the command line sets, and a scenario against itself with other fields.</summary>
public sealed class SettingTests
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 4
          selector: {matchLabels: {app: web} }
          template: {metadata: {labels: {app: web} }, spec: {containers: [{name: c, image: c, ports: [{containerPort: 80}]}]} }
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: web}
        spec: {selector: {app: web}, ports: [{port: 80}]}
        """;

    private const string Scenario = Web + """

        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: web}
        spec:
          cluster: {nodes: 3, backgroundServices: 20000}
          workloads:
          - {name: calls, from: nodes, to: http://web.default/, arrivals: {poisson: {rate: 50/s} } }
          backends: [{selector: {app: web}, serviceTime: {constant: 100us} }]
          run: {duration: 3s, warmup: 1s, replications: 3, seed: 1}
        """;

    private const string KubeProxy = """

        ---
        apiVersion: kubeproxy.config.k8s.io/v1alpha1
        kind: KubeProxyConfiguration
        mode: ipvs
        """;

    [TestCase("--set", "spec.cluster.kubeProxy.mode=nftables")]
    [TestCase("--set", "cluster.kubeProxy.mode=nftables")]
    [TestCase("--set", "spec.cluster.kubeProxy={mode: nftables}")]
    [TestCase("--mode", "nftables")]
    public async Task A_field_is_set_whatever_the_files_say(string option, string value)
    {
        foreach (string files in (string[])[Web, Scenario, Web + KubeProxy, Scenario + KubeProxy])
        {
            if (value.Contains('{', StringComparison.Ordinal) && files.Contains("KubeProxyConfiguration", StringComparison.Ordinal))
                continue;
            JsonNode results = await Ran(files, option, value);
            Assert.That((string)results["proxyMode"]!, Is.EqualTo("nftables"));
        }
    }

    [Test]
    public async Task Options_add_up_and_work_without_any_Scenario()
    {
        JsonNode results = await Ran(Web, "--nodes", "5", "--cloud", "gcp", "--set", "run.duration=2s", "--set", "spec.run.replications=2");

        Assert.That((int)results["cluster"]!["nodes"]!, Is.EqualTo(5));
        Assert.That((string)results["cloud"]!, Is.EqualTo("gcp"));
        Assert.That((double)results["simulatedSeconds"]!, Is.EqualTo(2));
        Assert.That((int)results["replications"]!, Is.EqualTo(2));
    }

    [TestCase("run", "--nodes", "0", "^--nodes 0: spec\\.cluster\\.nodes: 0 is not between 1 and 50000")]
    [TestCase("run", "--mode", "nftabels", "^--mode nftabels: .*did you mean \"nftables\"")]
    [TestCase("run", "--set", "cluster.nodez=3", "^--set cluster\\.nodez=3: .*There is no field \"nodez\" here")]
    [TestCase("run", "--set", "cluster", "^--set cluster: This must be a field and its value .*--set spec\\.cluster\\.kubeProxy\\.mode=nftables")]
    [TestCase("run", "--set", "cluster.nodes=", "^--set cluster\\.nodes=: The value must be YAML")]
    [TestCase("run", "--set", "workloads[other].retries=1", "cannot be set: the list has no item \"other\"")]
    [TestCase("check", "--nodes", "0", "0 is not between 1 and 50000")]
    public async Task A_setting_that_cannot_be_is_an_error_of_that_option(string command, string option, string value, string message)
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Scenario, command, "-", option, value), Is.Not.EqualTo(ExitCodes.Done));
        Assert.That(command == "check" ? console.Output : console.Error, Does.Match(message));
    }

    [TestCase("get", "nodes", "-")]
    [TestCase("trace", "-", "--from", "node/node-7", "--to", "http://web.default/")]
    [TestCase("rules", "-", "--node", "node-7")]
    [TestCase("resolve", "web", "-")]
    [TestCase("check", "-")]
    [TestCase("watch-bytes", "-")]
    public async Task Every_command_that_reads_a_scenario_takes_settings(params string[] args)
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Scenario, [.. args, "--nodes", "7", "--set", "spec.cluster.kubeProxy.mode=nftables"]), Is.EqualTo(ExitCodes.Done), console.Error);
    }

    [Test]
    public async Task Nodes_among_the_files_are_the_cluster_and_their_number_cannot_be_set()
    {
        TestConsole console = new();
        const string Node = "\n---\n{apiVersion: v1, kind: Node, metadata: {name: one}, status: {capacity: {cpu: 4, memory: 8Gi, pods: 100}}}\n";

        Assert.That(await console.RunWithInputAsync(Web + Node, "run", "-", "--nodes", "4"), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("the files hold 1 Nodes, and these are the cluster"));
    }

    [Test]
    public async Task Files_may_follow_f_as_in_kubectl()
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Web, "get", "svc", "-f", "-"), Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.Output, Does.Contain("web"));
    }

    [Test]
    public async Task A_scenario_is_compared_with_itself_in_another_mode_in_a_line()
    {
        TestConsole console = new();

        Assert.That(await console.RunWithInputAsync(Scenario, "run", "-", "-o", "json", "--mode", "nftables", "--compare-with", "mode=iptables"), Is.EqualTo(ExitCodes.Done), console.Error);
        TestConsole reversed = new();
        await reversed.RunWithInputAsync(Scenario, "run", "-", "-o", "json", "--compare-with", "spec.cluster.kubeProxy.mode=nftables");

        Match line = Regex.Match(console.Error, @"^nftables: (?<times>\d\.\d+) ± (?<half>0\.\d+) times faster than iptables$", RegexOptions.Multiline);
        Assert.That(line.Success, console.Error);
        Assert.That(reversed.Error, Does.Contain(line.Value));
        JsonNode nftables = JsonNode.Parse(console.Output)!, iptables = JsonNode.Parse(reversed.Output)!;
        double times = (double)iptables["workloads"]![0]!["latencyMs"]!["mean"]! / (double)nftables["workloads"]![0]!["latencyMs"]!["mean"]!;
        Assert.That(double.Parse(line.Groups["times"].Value, System.Globalization.CultureInfo.InvariantCulture), Is.EqualTo(times).Within(0.02));
    }

    [Test]
    public async Task The_same_compared_with_itself_is_no_faster_beyond_chance()
    {
        TestConsole console = new();

        await console.RunWithInputAsync(Scenario, "run", "-", "-o", "json", "--compare-with", "run.interval=1s");

        Assert.That(console.Error, Does.Contain("as written: no faster or slower than run.interval=1s beyond chance"));
    }

    private static async Task<JsonNode> Ran(string files, params string[] args)
    {
        TestConsole console = new();
        Assert.That(await console.RunWithInputAsync(files, ["run", "-", "-o", "json", .. args]), Is.EqualTo(ExitCodes.Done), console.Error);
        return JsonNode.Parse(console.Output)!;
    }
}
