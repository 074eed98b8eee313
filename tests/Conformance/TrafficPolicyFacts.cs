using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Which policy holds for whom, and who keeps the client's address. The facts are those of kubernetes/kubernetes
/// pkg/proxy/iptables/proxier_test.go and pkg/proxy/nftables/proxier_test.go, which agree on them: TestInternalTrafficPolicy,
/// TestExternalTrafficPolicyLocal, TestExternalTrafficPolicyCluster, TestInternalExternalMasquerade, TestTerminatingEndpoints*.
/// </summary>
[TestFixture(ProxyModeNames.Iptables)]
[TestFixture(ProxyModeNames.Nftables)]
public class TrafficPolicyFacts(string mode)
{
    private const string ClusterIP = "10.96.0.1";
    private const string BalancerIP = "203.0.113.1";
    private const string NodeIP = "192.0.2.1";
    private const string Pod = "10.1.1.9";
    private const string Here = "10.1.1.1";
    private const string There = "10.1.2.1";

    private static readonly Service Dock =
        Given.Service("dock", ClusterIP, nodePort: 30_080).WithLoadBalancer(BalancerIP) with { ExternalIPs = [IpAddress.Parse("203.0.113.2")] };

    [TestCase(ClusterIP, 80, $"{Here} {There}")]
    [TestCase(NodeIP, 30_080, $"{Here} {There} masqueraded")]
    [TestCase(BalancerIP, 80, $"{Here} {There} masqueraded")]
    [TestCase("203.0.113.2", 80, $"{Here} {There} masqueraded")]
    public void Under_policy_cluster_pods_are_masqueraded_except_at_the_cluster_IP(string destination, int port, string expected) =>
        Assert.That(At(Dock).Decide(Pod, destination, port), Is.EqualTo(expected));

    [TestCase(ClusterIP, 80)]
    [TestCase(NodeIP, 30_080)]
    [TestCase(BalancerIP, 80)]
    [TestCase("203.0.113.2", 80)]
    public void Under_policy_cluster_everybody_else_is_masqueraded_everywhere(string destination, int port)
    {
        Assert.That(At(Dock).Decide(Given.World, destination, port), Is.EqualTo($"{Here} {There} masqueraded"));
        Assert.That(At(Dock).Decide(NodeIP, destination, port), Is.EqualTo($"{Here} {There} masqueraded"));
    }

    [TestCase(NodeIP, 30_080)]
    [TestCase(BalancerIP, 80)]
    [TestCase("203.0.113.2", 80)]
    public void External_policy_local_confines_clients_from_outside_and_keeps_their_address(string destination, int port) =>
        Assert.That(At(Dock.Externally(TrafficPolicy.Local)).Decide(Given.World, destination, port), Is.EqualTo(Here));

    [TestCase(NodeIP, 30_080)]
    [TestCase(BalancerIP, 80)]
    [TestCase("203.0.113.2", 80)]
    public void External_policy_local_does_not_confine_pods_and_keeps_their_address(string destination, int port) =>
        Assert.That(At(Dock.Externally(TrafficPolicy.Local)).Decide(Pod, destination, port), Is.EqualTo($"{Here} {There}"));

    [TestCase(NodeIP, 30_080)]
    [TestCase(BalancerIP, 80)]
    [TestCase("203.0.113.2", 80)]
    public void External_policy_local_does_not_confine_the_node_itself_but_masquerades_it(string destination, int port) =>
        Assert.That(At(Dock.Externally(TrafficPolicy.Local)).Decide(NodeIP, destination, port), Is.EqualTo($"{Here} {There} masqueraded"));

    [Test]
    public void A_node_without_local_endpoints_drops_clients_from_outside_but_serves_its_own()
    {
        AtNode node = At(Dock.Externally(TrafficPolicy.Local), Given.Ready(There, "pier-2"));

        Assert.That(node.Decide(Given.World, NodeIP, 30_080), Is.EqualTo("Drop"));
        Assert.That(node.Decide(Given.World, BalancerIP), Is.EqualTo("Drop"));
        Assert.That(node.Decide(Pod, BalancerIP), Is.EqualTo(There));
        Assert.That(node.Decide(NodeIP, NodeIP, 30_080), Is.EqualTo($"{There} masqueraded"));
    }

    [Test]
    public void Internal_policy_local_without_local_endpoints_drops_even_though_others_could_serve() =>
        Assert.That(At(Dock.Internally(TrafficPolicy.Local), Given.Ready(There, "pier-2")).Decide(Pod, ClusterIP), Is.EqualTo("Drop"));

    [Test]
    public void Without_any_endpoint_every_policy_rejects([Values] TrafficPolicy inside, [Values] TrafficPolicy outside)
    {
        AtNode node = At(Dock.Internally(inside).Externally(outside), Given.Unready(Here, "pier-1"));

        Assert.That(node.Decide(Pod, ClusterIP), Is.EqualTo("Reject"));
        Assert.That(node.Decide(Given.World, NodeIP, 30_080), Is.EqualTo("Reject"));
        Assert.That(node.Decide(Given.World, BalancerIP), Is.EqualTo("Reject"));
        Assert.That(node.Decide(Pod, "203.0.113.2"), Is.EqualTo("Reject"));
    }

    [Test]
    public void Internal_policy_local_does_not_change_who_is_masqueraded()
    {
        AtNode node = At(Dock.Internally(TrafficPolicy.Local));

        Assert.That(node.Decide(Pod, ClusterIP), Is.EqualTo(Here));
        Assert.That(node.Decide(NodeIP, ClusterIP), Is.EqualTo($"{Here} masqueraded"));
        Assert.That(node.Decide(Given.World, ClusterIP), Is.EqualTo($"{Here} masqueraded"));
    }

    [Test]
    public void Masquerade_all_concerns_cluster_IPs_only()
    {
        Cluster cluster = Harbor(Dock.Externally(TrafficPolicy.Local));
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = mode, MasqueradeAll = true });

        Assert.That(node.Decide(Pod, ClusterIP), Is.EqualTo($"{Here} {There} masqueraded"));
        Assert.That(node.Decide(Pod, BalancerIP), Is.EqualTo($"{Here} {There}"));
        Assert.That(node.Decide(Given.World, BalancerIP), Is.EqualTo(Here));
    }

    [Test]
    public void Where_nothing_tells_pods_from_others_nobody_is_masqueraded_at_the_cluster_IP_and_pods_count_as_outside()
    {
        Cluster cluster = Harbor(Dock.Externally(TrafficPolicy.Local));
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = mode, ClusterCidrs = [] });

        Assert.That(node.Decide(Given.World, ClusterIP), Is.EqualTo($"{Here} {There}"));
        Assert.That(node.Decide(Pod, BalancerIP), Is.EqualTo(Here));
    }

    [TestCase(DetectLocalMode.NodeCIDR, "10.1.1.9", true)]
    [TestCase(DetectLocalMode.NodeCIDR, "10.1.2.9", false)]
    [TestCase(DetectLocalMode.ClusterCIDR, "10.1.2.9", true)]
    [TestCase(DetectLocalMode.BridgeInterface, "10.1.1.9", true)]
    [TestCase(DetectLocalMode.InterfaceNamePrefix, "10.1.2.9", false)]
    public void How_pods_are_told_from_others_decides_whose_address_is_kept(DetectLocalMode how, string source, bool kept)
    {
        Cluster cluster = Harbor(Dock);
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = mode, DetectLocalMode = how });

        Assert.That(node.Decide(source, ClusterIP), Is.EqualTo($"{Here} {There}" + (kept ? "" : " masqueraded")));
    }

    [TestCase(DetectLocalMode.BridgeInterface, "cbr0", "-i cbr0 ", "iifname \"cbr0\" ")]
    [TestCase(DetectLocalMode.InterfaceNamePrefix, "lxc", "-i lxc+ ", "iifname \"lxc*\" ")]
    [TestCase(DetectLocalMode.InterfaceNamePrefix, "", "-i veth+ ", "iifname \"veth*\" ")]
    public void Rules_that_tell_pods_by_their_link_name_it_as_configured(DetectLocalMode how, string link, string iptables, string nftables)
    {
        Cluster cluster = Harbor(Dock.Externally(TrafficPolicy.Local));
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = mode, DetectLocalMode = how, LocalInterface = link });

        string rules = string.Join('\n', RuleListing.Of(node.Snapshot));

        Assert.That(rules, Does.Contain(mode == ProxyModeNames.Iptables ? iptables : nftables));
    }

    [Test]
    public void A_pod_that_reaches_itself_is_masqueraded_on_the_way_to_itself_only() =>
        Assert.That(At(Dock).Decide(Here, ClusterIP), Is.EqualTo($"{Here} {There} some masqueraded"));

    private AtNode At(Service service, params Endpoint[] endpoints) => AtNode.With(mode, Harbor(service, endpoints));

    private static Cluster Harbor(Service service, params Endpoint[] endpoints) => Given.Cluster(
        [Given.Node("pier-1", NodeIP, pods: "10.1.1.0/24"), Given.Node("pier-2", "192.0.2.2", pods: "10.1.2.0/24")],
        (service, endpoints.Length > 0 ? endpoints : [Given.Ready(Here, "pier-1"), Given.Ready(There, "pier-2")]));
}
