using KubeNetSim.Cli;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>What does not listen does not answer, and what is not ready gets no connections: in traces and in runs alike.</summary>
internal sealed class ReachabilityTests
{
    private const string Nodes = """
        {apiVersion: v1, kind: Node, metadata: {name: node-a}, status: {conditions: [{type: Ready, status: "True"}]}}
        ---
        {apiVersion: v1, kind: Node, metadata: {name: node-b}, status: {conditions: [{type: Ready, status: Unknown}]}}
        ---

        """;

    // A headless Service maps no port (Services documentation, headless Services).
    private const string Headless = """
        {apiVersion: v1, kind: Service, metadata: {name: vectors, namespace: ml}, spec: {clusterIP: None, selector: {app: vectors}, ports: [{name: http, port: 80, targetPort: http}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: vectors, namespace: ml, labels: {app: vectors}}, spec: {containers: [{name: c, image: x, ports: [{name: http, containerPort: 8000}], readinessProbe: {httpGet: {port: 9100}}}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: caller, namespace: ml}, spec: {containers: [{name: c, image: x}]}}

        """;

    private const string OnBothNodes = Nodes + """
        {apiVersion: v1, kind: Pod, metadata: {name: w1, namespace: f, labels: {app: web}}, spec: {nodeName: node-a, containers: [{name: q, image: x, ports: [{containerPort: 80}]}]}}
        ---
        {apiVersion: v1, kind: Pod, metadata: {name: w2, namespace: f, labels: {app: web}}, spec: {nodeName: node-b, containers: [{name: q, image: x, ports: [{containerPort: 80}]}]}, status: {podIP: 10.244.1.9, podIPs: [{ip: 10.244.1.9}]}}
        ---
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: f}, spec: {selector: {app: web}, ports: [{port: 80}]}}
        """;

    [TestCase("http://vectors.ml:80/", "connection refused")]
    [TestCase("http://vectors.ml:9999/", "connection refused")]
    [TestCase("http://vectors.ml:8000/", "answered by ml/vectors")]
    [TestCase("http://vectors.ml:9100/", "answered by ml/vectors", Description = "a probe names the port")]
    public async Task A_pod_answers_at_the_ports_that_its_files_name_and_refuses_others(string url, string outcome) =>
        Assert.That(await Trace(Headless, "pod/ml/caller", url), Does.Contain(outcome));

    [Test]
    public async Task A_trace_says_which_ports_the_pod_declares() =>
        Assert.That(await Trace(Headless, "pod/ml/caller", "http://vectors.ml/"), Does.Contain("its containers declare TCP 8000"));

    [Test]
    public async Task A_scenario_can_declare_a_port()
    {
        string scenario = """
            ---
            {apiVersion: kubenetsim.io/v1alpha1, kind: Scenario, metadata: {name: s}, spec: {backends: [{selector: {app: vectors}, ports: [9999], serviceTime: 1ms}]}}
            """;

        Assert.That(await Trace(Headless + scenario, "pod/ml/caller", "http://vectors.ml:9999/"), Does.Contain("answered by ml/vectors"));
    }

    [Test]
    public async Task A_Service_reaches_a_target_port_that_no_container_names()
    {
        string objects = """
            {apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: 3000}]}}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: web, labels: {app: web}}, spec: {containers: [{name: c, image: x}]}}
            """;

        Assert.That(await Trace(objects, "node/node-1", "http://web.default/"), Does.Contain("answered by default/web"));
    }

    [Test]
    public async Task Pods_on_a_node_that_is_not_ready_get_nothing_from_Services()
    {
        string trace = await Trace(OnBothNodes, "node/node-a", "http://web.f/");

        Assert.That(trace, Does.Contain("the only endpoint").And.Contain("100.0%   node-a -> f/w1"));
    }

    [Test]
    public async Task A_pod_on_a_node_without_signs_of_life_does_not_answer() =>
        Assert.That(await Trace(OnBothNodes, "node/node-a", "http://10.244.1.9/"), Does.Contain("no answer: the packet is lost"));

    [Test]
    public async Task A_run_refuses_what_a_trace_refuses()
    {
        string scenario = """
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: s}
            spec:
              workloads:
              - {name: w, from: {pods: {namespace: ml, selector: {role: caller}}}, to: "http://vectors.ml/", arrivals: {poisson: {rate: 50/s}}}
              run: {duration: 2s, warmup: 0s, replications: 1}
            """;
        TestConsole console = new();

        int code = await console.RunWithInputAsync(Headless.Replace("name: caller, namespace: ml", "name: caller, namespace: ml, labels: {role: caller}", StringComparison.Ordinal) + scenario, "run", "-", "-o", "json");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        Assert.That(console.Output, Does.Contain("\"succeeded\": 0").And.Match("\"refused\": [1-9]"));
    }

    private static async Task<string> Trace(string objects, string from, string url)
    {
        TestConsole console = new();
        await console.RunWithInputAsync(objects, "trace", "-", "--from", from, "--to", url);
        return console.Output + console.Error;
    }
}
