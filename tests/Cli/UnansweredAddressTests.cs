using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

/// <summary>Addresses that no machine has, and replies that do not find the way back: no table may show them as answered.</summary>
internal sealed class UnansweredAddressTests
{
    private const string Refused = "connection refused";
    private const string Silence = "no answer: the packet is lost";
    private const string Answered = "answered by d/web";

    [TestCase("iptables", "metallb", "internet", "203.0.113.77:80", Silence, Description = "An address of the pool that no Service has.")]
    [TestCase("iptables", "aws", "pod/c", "203.0.113.77:80", Silence)]
    [TestCase("iptables", "metallb", "internet", "203.0.113.0:81", Silence, Description = "A port that the load balancer does not have.")]
    [TestCase("ipvs", "metallb", "internet", "203.0.113.0:81", Refused, Description = "The node owns the address on kube-ipvs0.")]
    [TestCase("nftables", "metallb", "pod/c", "203.0.113.0:81", Silence)]
    [TestCase("iptables", "metallb", "pod/c", "10.244.9.9:8080", Silence, Description = "An address of the pod network that no pod has.")]
    [TestCase("iptables", "metallb", "node/node-1", "127.0.0.1:30080", Answered, Description = "iptables mode sets route_localnet.")]
    [TestCase("ipvs", "metallb", "node/node-1", "127.0.0.1:30080", Refused)]
    [TestCase("nftables", "metallb", "node/node-1", "127.0.0.1:30080", Refused)]
    [TestCase("iptables", "metallb", "pod/c", "127.0.0.1:30080", Refused, Description = "A pod's loopback is its own.")]
    [TestCase("iptables", "metallb", "internet", "127.0.0.1:30080", Silence)]
    public async Task An_address_that_no_machine_has_does_not_answer(string mode, string cloud, string from, string to, string outcome) =>
        Assert.That(await Traced(mode, cloud, "", 2, from, to), Does.Contain(outcome));

    [TestCase("203.0.113.9", "192.168.0.3:30080", Silence, Description = "The pod on the other node answers the client directly.")]
    [TestCase("203.0.113.9", "192.168.0.2:30080", Answered)]
    [TestCase("node/node-2", "203.0.113.0:80", Silence, Description = "The node sends from the address that it calls.")]
    [TestCase("node/node-1", "203.0.113.0:80", Answered)]
    [TestCase("pod/far", "203.0.113.0:80", Answered, Description = "The reply comes back through the pod's own node.")]
    public async Task In_IPVS_mode_policy_Local_leaves_replies_from_other_nodes_untranslated(string from, string to, string outcome) =>
        Assert.That(await Traced("ipvs", "metallb", "externalTrafficPolicy: Local, ", 2, from, to), Does.Contain(outcome));

    [TestCase("", Silence, Description = "No NAT loopback while client addresses are kept.")]
    [TestCase("preserve_client_ip.enabled=false", Answered)]
    public async Task A_pod_reaches_its_own_node_through_a_Network_Load_Balancer_only_where_client_addresses_are_hidden(string attributes, string outcome) =>
        Assert.That(await Traced("iptables", "aws", "", 1, "pod/c", "203.0.113.1:80", attributes), Does.Contain(outcome));

    [Test]
    public async Task A_pod_that_calls_a_load_balancer_outside_the_nodes_is_seen_with_the_address_of_its_node() =>
        Assert.That(await Traced("iptables", "aws", "externalTrafficPolicy: Local, ", 2, "pod/far", "203.0.113.1:80"),
            Does.Contain("sees the address of a node, not the client's"));

    private static async Task<string> Traced(string mode, string cloud, string policy, int nodes, string from, string to, string attributes = "")
    {
        string objects =
            $$"""
            {apiVersion: v1, kind: Pod, metadata: {name: web, namespace: d, labels: {app: web} }, spec: {nodeName: node-1, containers: [{name: c, image: c, ports: [{containerPort: 8080}]}]} }
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web, namespace: d, annotations: {service.beta.kubernetes.io/aws-load-balancer-target-group-attributes: "{{attributes}}"} }
            spec: {type: LoadBalancer, {{policy}}selector: {app: web}, ports: [{port: 80, targetPort: 8080, nodePort: 30080}]}
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: c, namespace: d}, spec: {nodeName: node-1, containers: [{name: c, image: c}]} }
            ---
            {apiVersion: v1, kind: Pod, metadata: {name: far, namespace: d}, spec: {nodeName: node-{{nodes}}, containers: [{name: c, image: c}]} }
            ---
            apiVersion: kubenetsim.io/v1alpha1
            kind: Scenario
            metadata: {name: a}
            spec: {cluster: {cloud: {{cloud}}, nodes: {{nodes}}, zones: [a], kubeProxy: {mode: {{mode}} } } }
            """;
        TestConsole console = new();
        await console.RunWithInputAsync(objects, "trace", "-", "--from", from, "--to", to);
        return console.Output + console.Error;
    }
}
