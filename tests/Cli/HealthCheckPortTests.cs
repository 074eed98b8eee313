using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Health checks that kube-proxy itself answers: those of Services with policy Local, and its own (pkg/proxy/healthcheck).</summary>
internal sealed class HealthCheckPortTests
{
    private const string WithPod = "answers 200, X-Load-Balancing-Endpoint-Weight: 1: {\"service\": {\"namespace\": \"d\", \"name\": \"web\"}, \"localEndpoints\": 1, \"serviceProxyHealthy\": true}";
    private const string WithoutPod = "answers 503, X-Load-Balancing-Endpoint-Weight: 0: {\"service\": {\"namespace\": \"d\", \"name\": \"web\"}, \"localEndpoints\": 0, \"serviceProxyHealthy\": true}";

    [Test]
    public async Task A_health_check_node_port_answers_with_the_ready_pods_of_the_node(
        [Values("iptables", "ipvs", "nftables")] string mode, [Values("internet", "pod/d/c", "node/node-1", "node/node-2")] string from)
    {
        (string with, _) = await Traced($"kubeProxy: {{mode: {mode} }}", from, "http://192.168.0.2:32000/healthz");
        (string without, _) = await Traced($"kubeProxy: {{mode: {mode} }}", from, "http://192.168.0.3:32000/");

        Assert.That(with, Does.Contain($"\nkube-proxy on node-1 {WithPod}, after").And.Contain("100.0%").And.Contain("-> kube-proxy on node-1"));
        Assert.That(without, Does.Contain($"\nkube-proxy on node-2 {WithoutPod}, after").And.Not.Contain("efused"));
    }

    [Test]
    public async Task An_answer_of_any_status_is_an_answer()
    {
        (string output, int code) = await Traced("", "internet", "http://192.168.0.3:32000/", "--expect", "answered");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), output);
    }

    [TestCase("http://192.168.0.2:10256/healthz", "kube-proxy on node-1 answers 200: {\"nodeEligible\": true}")]
    [TestCase("http://192.168.0.2:10256/livez", "kube-proxy on node-1 answers 200")]
    [TestCase("http://192.168.0.2:10256/", "kube-proxy on node-1 answers 404")]
    [TestCase("http://192.168.0.2:10257/healthz", "connection refused")]
    [TestCase("http://10.244.0.2:10256/healthz", "connection refused", Description = "A pod that has the node's address answers there, and no other.")]
    public async Task The_proxy_answers_for_itself_at_port_10256_of_its_node(string url, string outcome) =>
        Assert.That((await Traced("", "node/node-2", url)).Output, Does.Contain(outcome));

    [Test]
    public async Task A_node_that_the_autoscaler_will_remove_is_not_eligible() =>
        Assert.That((await Traced("node: {taints: [{key: ToBeDeletedByClusterAutoscaler, effect: PreferNoSchedule}]}", "internet", "http://192.168.0.2:10256/healthz")).Output,
            Does.Contain("answers 503: {\"nodeEligible\": false}"));

    [Test]
    public async Task Node_port_addresses_confine_health_checks_too()
    {
        const string Proxy = "\n---\n{apiVersion: kubeproxy.config.k8s.io/v1alpha1, kind: KubeProxyConfiguration, nodePortAddresses: [10.99.0.0/16]}";

        Assert.That((await Traced("", "internet", "http://192.168.0.2:32000/", documents: Proxy)).Output, Does.Contain("connection refused"));
    }

    private static Task<(string Output, int Code)> Traced(string cluster, string from, string to, string documents) => Traced(cluster, from, to, [], documents);

    private static Task<(string Output, int Code)> Traced(string cluster, string from, string to, params string[] options) => Traced(cluster, from, to, options, "");

    private static async Task<(string Output, int Code)> Traced(string cluster, string from, string to, string[] options, string documents)
    {
        string objects =
            $$"""
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: d, labels: {app: web} }, spec: {nodeName: node-1, containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]} }
            ---
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: d}, spec: {type: LoadBalancer, externalTrafficPolicy: Local, healthCheckNodePort: 32000, selector: {app: web}, ports: [{name: a, port: 80, targetPort: 8080}, {name: b, port: 81, targetPort: 8080}]} }
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: c, namespace: d}, spec: {nodeName: node-1, containers: [{name: c, image: c}]} }
            ---
            {apiVersion: kubenetsim.io/v1alpha1, kind: Scenario, metadata: {name: a}, spec: {cluster: {cloud: aws, nodes: 2, zones: [a], {{cluster}} } } }
            """;
        TestConsole console = new();
        int code = await console.RunWithInputAsync(objects + documents, ["trace", "-", "--from", from, "--to", to, .. options]);
        return (console.Output + console.Error, code);
    }
}
