using System.Text.Json.Nodes;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>One request of the sample, for each type of Service, hop by hop.</summary>
public sealed class TraceCommandTests
{
    private static readonly string Sample = RepositoryRoot.Combine("samples", "service-types");

    [Test]
    public async Task A_cluster_ip_is_rewritten_on_the_node_of_the_client()
    {
        string trace = await Traced("pod/client", "http://echo-clusterip.service-types-demo/");

        Assert.That(trace, Does.Match(@"TCP 10\.\d+\.\d+\.\d+:80 is Service service-types-demo/echo-clusterip:http: one of 2 endpoints, DNAT to 10\.244\.\d+\.\d+:8080  \["));
        Assert.That(trace, Does.Match(@"nat KUBE-SVC-\w+: endpoint \d of 2  \[\d rules?, [\d.]+ us\]"));
        Assert.That(trace, Does.Contain("sees the client's address"));
        Assert.That(trace, Does.Match(@"answered by service-types-demo/echo-server-\S+, after [\d.]+ ms"));
    }

    [Test]
    public async Task A_node_port_loses_the_address_of_the_client()
    {
        string trace = await Traced("internet", "http://echo-nodeport.service-types-demo:30080/");

        Assert.That(trace, Does.Contain(":30080 is Service service-types-demo/echo-nodeport:http"));
        Assert.That(trace, Does.Contain("SNAT to this node's address"));
        Assert.That(trace, Does.Contain("sees the address of a node, not the client's"));
    }

    [Test]
    public async Task The_steps_are_those_of_the_wire_each_at_its_time_and_place()
    {
        string trace = await Traced("pod/client", "https://echo-clusterip.service-types-demo:80/", "-o", "json");
        JsonNode[] steps = [.. JsonNode.Parse(trace)!["steps"]!.AsArray().Select(step => step!)];
        long At(string what) => steps.Single(step => step["what"]!.GetValue<string>().Contains(what, StringComparison.Ordinal))["atNs"]!.GetValue<long>();

        long[] times = [At("SYN arrives"), At("SYN-ACK arrives"), At("TLS 1.3 handshake is done"), At("request arrives"), At("served"), At("gets the answer")];

        Assert.That(times, Is.Ordered);
        Assert.That(times.Distinct().Count(), Is.EqualTo(times.Length), "no two of them are one instant");
        Assert.That(times[^1], Is.EqualTo(JsonNode.Parse(trace)!["totalNs"]!.GetValue<long>()));
        Assert.That(times[5] - times[4], Is.LessThan(times[3] - times[0]), "one path back, and three before the request is there");
    }

    [Test]
    public async Task A_look_up_has_a_step_at_the_client_at_the_pod_of_CoreDNS_and_at_the_client_again()
    {
        string trace = await Traced("pod/client", "http://echo-clusterip.service-types-demo/", "-o", "json");
        (long At, string Place, string What)[] steps =
            [.. JsonNode.Parse(trace)!["steps"]!.AsArray().Select(step => ((long)step!["atNs"]!, (string)step["place"]!, (string)step["what"]!))];
        (long At, string Place, string What) Last(string what) => steps.Last(step => step.What.Contains(what, StringComparison.Ordinal));

        (long At, string Place, string What) asked = Last("asks cluster DNS for A and AAAA of echo-clusterip.service-types-demo.svc.cluster.local.");
        (long At, string Place, string What) arrived = Last("DNS query arrives");
        (long At, string Place, string What) answered = Last("answers the DNS query: A 10.");
        (long At, string Place, string What) got = Last("the DNS answer arrives");
        (long At, string Place, string What) sent = Last("SYN arrives");

        Assert.That(steps.Count(step => step.What.Contains("asks cluster DNS", StringComparison.Ordinal)), Is.EqualTo(2), "the second name of the search path exists");
        Assert.That(asked.Place, Does.Contain("client").And.EqualTo(got.Place));
        Assert.That(arrived.Place, Does.StartWith("kube-system/coredns-").And.EqualTo(answered.Place));
        Assert.That(new[] { asked.At, arrived.At, answered.At, got.At, sent.At }, Is.Ordered.And.Unique);
    }

    [TestCase("answered", "http://echo-clusterip.service-types-demo/", ExitCodes.Done)]
    [TestCase("refused", "http://echo-clusterip.service-types-demo/", ExitCodes.Failed)]
    [TestCase("dropped", "tcp://10.96.255.254:80", ExitCodes.Done)]
    [TestCase("answered", "tcp://10.96.255.254:80", ExitCodes.Failed)]
    public async Task An_expectation_sets_the_exit_code(string expected, string to, int code)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("trace", Sample, "--from", "pod/client", "--to", to, "--expect", expected), Is.EqualTo(code));
        Assert.That(console.Error, code == ExitCodes.Failed ? Does.Contain($"--expect {expected}: the request is ") : Does.Not.Contain("--expect"));
    }

    [Test]
    public async Task A_load_balancer_stands_before_the_node()
    {
        string trace = await Traced("internet", "http://echo-loadbalancer.service-types-demo/");

        Assert.That(trace, Does.Contain("AWS Network Load Balancer: chooses one of 3 nodes"));
        Assert.That(trace, Does.Contain("internet -> load balancer -> node-"));
    }

    [Test]
    public async Task A_headless_service_is_reached_without_any_rewriting()
    {
        string trace = await Traced("pod/client", "http://echo-headless.service-types-demo:8080/");

        Assert.That(trace, Does.Match(@"no rule is about TCP 10\.244\.\d+\.\d+:8080: passes unchanged"));
        Assert.That(trace, Does.Not.Contain("echo-headless:http"));
    }

    [Test]
    public async Task An_external_name_leaves_the_cluster()
    {
        string trace = await Traced("pod/client", "http://external-api.service-types-demo/");

        Assert.That(trace, Does.Contain("resolves external-api.service-types-demo to httpbin.org"));
        Assert.That(trace, Does.Contain("answered by httpbin.org"));
    }

    [Test]
    public async Task Json_holds_every_step_and_ways_that_add_up_to_one()
    {
        string trace = await Traced("pod/client", "http://echo-clusterip.service-types-demo/", "-o", "json");

        JsonNode json = JsonNode.Parse(trace)!;
        JsonNode[] rules = [.. json["steps"]!.AsArray().SelectMany(step => step!["rules"]!.AsArray()).Select(rule => rule!)];
        Assert.That((bool)json["succeeded"]!, Is.True);
        Assert.That(rules.Select(rule => (long)rule["costNs"]!), Has.Some.Positive);
        Assert.That(rules.Select(rule => (string)rule["rule"]!), Has.Some.Contain("-j DNAT --to-destination"));
        Assert.That(json["ways"]!.AsArray().Sum(way => (double)way!["share"]!), Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public async Task Yaml_says_the_same_as_json()
    {
        string json = await Traced("internet", "http://echo-nodeport.service-types-demo:30080/", "-o", "json");
        string yaml = await Traced("internet", "http://echo-nodeport.service-types-demo:30080/", "-o", "yaml");

        Assert.That(yaml, Is.EqualTo(YamlText.FromJson(json)));
    }

    [Test]
    public async Task An_address_of_the_cluster_means_whoever_has_it()
    {
        string byName = await Traced("node/node-2", "http://echo-clusterip.service-types-demo/");
        string byAddress = await Traced(await Address("nodes", item => (string?)item["metadata"]!["name"] == "node-2"), "http://echo-clusterip.service-types-demo/");

        Assert.That(byAddress, Is.EqualTo(byName));
    }

    [Test]
    public async Task An_address_of_nobody_in_the_cluster_is_a_client_outside()
    {
        string trace = await Traced("198.18.7.7", "http://echo-nodeport.service-types-demo:30080/");

        Assert.That(trace, Does.StartWith("198.18.7.7 -> "));
        Assert.That(trace, Does.Contain("internet -> node-"));
    }

    [Test]
    public async Task A_target_may_be_an_address_and_a_port()
    {
        string trace = await Traced("node/node-1", "10.96.0.1:443");

        Assert.That(trace, Does.Contain("is Service default/kubernetes:https"));
    }

    [TestCase("pod/nobody", "http://echo-clusterip.service-types-demo/", "no running pod is named 'pod/nobody'; there are pod/")]
    [TestCase("pod/elsewhere/client", "http://echo-clusterip.service-types-demo/", "no running pod is named 'pod/elsewhere/client'")]
    [TestCase("node/node-9", "http://echo-clusterip.service-types-demo/", "no node is named 'node/node-9'; there are node/node-1, node/node-2, node/node-3")]
    [TestCase("somebody", "http://echo-clusterip.service-types-demo/", "'somebody' names no client")]
    [TestCase("internet", "echo-clusterip", "'echo-clusterip' is no URL")]
    [TestCase("internet", "ftp://echo-clusterip/", "'ftp://echo-clusterip/' is no URL")]
    [TestCase("pod/client", "http://echo-clusterpi.service-types-demo/", "echo-clusterpi")]
    public async Task Who_or_where_that_does_not_exist_is_a_usage_error_that_helps(string from, string to, string message)
    {
        TestConsole console = new();

        int code = await console.RunAsync("trace", Sample, "--from", from, "--to", to);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Output, Is.Empty);
        Assert.That(console.Error, Does.Contain(message));
    }

    [Test]
    public async Task Sender_and_target_are_required()
    {
        TestConsole console = new();

        int code = await console.RunAsync("trace", Sample);

        Assert.That(code, Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain("--from").And.Contain("--to"));
    }

    private static async Task<string> Traced(string from, string to, params string[] options)
    {
        TestConsole console = new();
        int code = await console.RunAsync(["trace", Sample, "--from", from, "--to", to, .. options]);
        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        return console.Output;
    }

    private static async Task<string> Address(string kind, Func<JsonNode, bool> isMeant)
    {
        TestConsole console = new();
        await console.RunAsync("get", kind, Sample, "-o", "json");
        JsonNode item = JsonNode.Parse(console.Output)!["items"]!.AsArray().Single(item => isMeant(item!))!;
        return (string)item["status"]!["addresses"]![0]!["address"]!;
    }
}
