using System.Text.Json;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Load balancers whose targets are pods: they call them without node ports, and follow them by their own controller.</summary>
internal sealed class PodTargetTests
{
    private const string Prefix = "service.beta.kubernetes.io/aws-load-balancer-";

    [TestCase("aws", Prefix + "type: external, " + Prefix + "nlb-target-type: ip", "")]
    [TestCase("aws", Prefix + "type: nlb-ip", "")]
    [TestCase("aws", Prefix + "nlb-target-type: ip", "", Description = "The controller takes Services that name no other.")]
    [TestCase("aws", Prefix + "nlb-target-type: ip", "loadBalancerClass: service.k8s.aws/nlb, ")]
    [TestCase("aws", "", "loadBalancerClass: eks.amazonaws.com/nlb, ", Description = "The default of EKS Auto Mode.")]
    [TestCase("gcp", "cloud.google.com/neg: '{\"exposed_ports\": {\"80\": {}}}'", "")]
    [TestCase("gcp, loadBalancerTargets: pods", "", "")]
    [TestCase("azure, loadBalancerTargets: pods", "", "allocateLoadBalancerNodePorts: false, ")]
    public async Task It_sends_to_pods_without_node_ports(string cloud, string annotations, string spec)
    {
        string trace = await Traced(cloud, annotations, spec, "internet");

        Assert.That(trace, Does.Contain("chooses one of 2 pods").And.Contain("answered by d/web").And.Not.Contain("is Service").And.Not.Contain(":30080"));
        Assert.That(trace.Split('\n').Where(line => line.Contains("50.0%", StringComparison.Ordinal)).ToArray(), Has.Length.EqualTo(2), "both pods, and the node without one is no target");
    }

    [TestCase("aws", Prefix + "type: nlb, " + Prefix + "nlb-target-type: ip", Description = "The cloud's own controller knows no target type.")]
    [TestCase("aws", Prefix + "type: external, " + Prefix + "nlb-target-type: instance")]
    [TestCase("gcp", "cloud.google.com/neg: '{\"ingress\": true}'", Description = "GKE writes this on every Service; it is for Ingresses.")]
    [TestCase("metallb, loadBalancerTargets: pods", "")]
    public async Task Other_load_balancers_send_to_nodes(string cloud, string annotations) =>
        Assert.That(await Traced(cloud, annotations, "", "internet"), Does.Contain("is Service d/web"));

    [TestCase("", "sees the address of the load balancer")]
    [TestCase(", " + Prefix + "target-group-attributes: preserve_client_ip.enabled=true", "sees the client's address")]
    public async Task A_pod_sees_the_client_only_where_the_target_group_keeps_its_address(string more, string seen) =>
        Assert.That(await Traced("aws", $"{Prefix}nlb-target-type: ip{more}", "", "internet"), Does.Contain(seen));

    [TestCase("198.18.0.0/15", "answered by")]
    [TestCase("10.0.0.0/8", "the client is not in loadBalancerSourceRanges")]
    public async Task Its_firewall_holds_the_source_ranges_since_no_node_does(string range, string outcome) =>
        Assert.That(await Traced("aws", $"{Prefix}nlb-target-type: ip", $"loadBalancerSourceRanges: [{range}], ", "internet"), Does.Contain(outcome));

    [TestCase("preserve_client_ip.enabled=true", "no answer", Description = "A target cannot be its own client while addresses are kept.")]
    [TestCase("preserve_client_ip.enabled=false", "answered by d/web")]
    public async Task A_pod_reaches_itself_only_where_its_address_is_hidden(string attribute, string outcome) =>
        Assert.That(await Traced("aws", $"{Prefix}nlb-target-type: ip, {Prefix}target-group-attributes: {attribute}", "", "pod/d/web-1", onlyOne: true), Does.Contain(outcome));

    // Deregistration takes about two minutes: a preStop hook that lasts longer than the load balancer loses nothing.
    [TestCase(5, true)]
    [TestCase(150, false)]
    public async Task It_calls_pods_that_have_left_until_it_has_deregistered_them(int preStop, bool loses)
    {
        TestConsole console = new();
        int code = await console.RunWithInputAsync(Scaled(preStop), "run", "-", "-o", "json");

        Assert.That(code, Is.EqualTo(ExitCodes.Done), console.Error);
        using JsonDocument results = JsonDocument.Parse(console.Output);
        JsonElement workload = results.RootElement.GetProperty("workloads")[0];
        Assert.That(workload.GetProperty("path").GetString(), Is.EqualTo("client -> AWS Network Load Balancer -> pod"));
        long failed = workload.GetProperty("requests").GetInt64() - workload.GetProperty("succeeded").GetInt64();
        // From 15 s to 130 s half of 50 requests a second.
        Assert.That(failed, loses ? Is.EqualTo(115 * 25).Within(10).Percent : Is.Zero);
    }

    private static string Scaled(int preStop) => $$"""
        {apiVersion: v1, kind: Service, metadata: {name: web, namespace: d, annotations: { {{Prefix}}nlb-target-type: ip} }, spec: {type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]} }
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web, namespace: d}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web} }
          template:
            metadata: {labels: {app: web} }
            spec: {terminationGracePeriodSeconds: 200, containers: [{name: c, image: c, ports: [{containerPort: 80}], lifecycle: {preStop: {sleep: {seconds: {{preStop}} } } } }]}
        ---
        apiVersion: kubenetsim.io/v1alpha1
        kind: Scenario
        metadata: {name: s}
        spec:
          cluster: {cloud: aws, nodes: 2, zones: [a]}
          workloads: [{name: u, from: internet, to: "http://web.d/", arrivals: {poisson: {rate: 50/s} }, timeout: 1s}]
          timeline: [{at: 10s, scale: {deployment: web, namespace: d, replicas: 1} }]
          run: {duration: 180s, warmup: 0s, replications: 1}
        """;

    private static async Task<string> Traced(string cloud, string annotations, string spec, string from, bool onlyOne = false)
    {
        string Web(string name) => $"{{apiVersion: v1, kind: Pod, metadata: {{name: {name}, namespace: d, labels: {{app: web}} }}, spec: {{nodeName: {name.Replace("web", "node", StringComparison.Ordinal)}, containers: [{{name: c, image: c, ports: [{{containerPort: 8080}}]}}]}} }}\n---\n";
        string objects = Web("web-1") + (onlyOne ? "" : Web("web-2")) +
            $$"""
            {apiVersion: v1, kind: Service, metadata: {name: web, namespace: d, annotations: { {{annotations}} } }, spec: {type: LoadBalancer, {{spec}}selector: {app: web}, ports: [{port: 80, targetPort: 8080{{(spec.StartsWith("allocate", StringComparison.Ordinal) ? "" : ", nodePort: 30080")}} }]} }
            ---
            {apiVersion: kubenetsim.io/v1alpha1, kind: Scenario, metadata: {name: a}, spec: {cluster: {cloud: {{cloud}}, nodes: 3, zones: [a]} } }
            """;
        TestConsole console = new();
        await console.RunWithInputAsync(objects, "trace", "-", "--from", from, "--to", cloud.StartsWith("metallb", StringComparison.Ordinal) ? "http://203.0.113.0/" : "http://203.0.113.1/");
        return console.Output + console.Error;
    }
}
