using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Where IPVS mode differs from the others. The facts are those of kubernetes/kubernetes pkg/proxy/ipvs/proxier.go and its tests:
/// TestExternalIPs, TestOnlyLocalNodePorts, TestLoadBalancer*, Test_syncEndpoint_updateWeightsOnRestart, and pkg/proxy/ipvs/README.md.
/// </summary>
public class IpvsFacts
{
    private const string ClusterIP = "10.96.0.1";
    private const string BalancerIP = "203.0.113.1";
    private const string NodeIP = "192.0.2.1";
    private const string Pod = "10.1.1.9";
    private const string Here = "10.1.1.1";
    private const string There = "10.1.2.1";

    private static readonly Service Dock = Given.Service("dock", ClusterIP, nodePort: 30_080).WithLoadBalancer(BalancerIP);

    [Test]
    public void External_policy_local_confines_pods_and_the_node_too()
    {
        AtNode node = At(Dock.Externally(TrafficPolicy.Local), Given.Ready(Here, "pier-1"), Given.Ready(There, "pier-2"));

        Assert.That(node.Decide(Given.World, BalancerIP), Is.EqualTo(Here));
        Assert.That(node.Decide(Pod, BalancerIP), Is.EqualTo(Here));
        Assert.That(node.Decide(NodeIP, NodeIP, 30_080), Is.EqualTo(Here));
    }

    [Test]
    public void A_local_policy_that_finds_nobody_falls_back_to_the_whole_cluster()
    {
        Endpoint[] elsewhere = [Given.Ready(There, "pier-2")];

        Assert.That(At(Dock.Externally(TrafficPolicy.Local), elsewhere).Decide(Given.World, BalancerIP), Is.EqualTo(There));
        Assert.That(At(Dock.Internally(TrafficPolicy.Local), elsewhere).Decide(Pod, ClusterIP), Is.EqualTo(There));
    }

    [Test]
    public void A_service_that_uses_no_endpoints_of_other_nodes_at_all_has_nothing_to_fall_back_to()
    {
        Service service = Given.Service("dock", ClusterIP).Internally(TrafficPolicy.Local);

        Assert.That(At(service, Given.Ready(There, "pier-2")).Decide(Pod, ClusterIP), Is.EqualTo("Reject"));
    }

    [Test]
    public void A_virtual_server_without_real_servers_refuses()
    {
        Assert.That(At(Dock, Given.Unready(Here, "pier-1")).Decide(Pod, ClusterIP), Is.EqualTo("Reject"));
        Assert.That(At(Dock, Given.Unready(Here, "pier-1")).Decide(NodeIP, BalancerIP), Is.EqualTo("Reject"));
    }

    [Test]
    public void Without_a_way_to_tell_pods_only_the_nodes_own_packets_are_masqueraded_at_the_cluster_IP()
    {
        Cluster cluster = Harbor(Dock, Given.Ready(There, "pier-2"));
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = ProxyModeNames.Ipvs, ClusterCidrs = [] });

        Assert.That(node.Decide(Pod, ClusterIP), Is.EqualTo(There));
        Assert.That(node.Decide(Given.World, ClusterIP), Is.EqualTo(There));
        Assert.That(node.Decide(NodeIP, ClusterIP), Is.EqualTo($"{There} masqueraded"));
    }

    [Test]
    public void Policy_cluster_masquerades_everybody_at_external_addresses()
    {
        AtNode node = At(Dock, Given.Ready(There, "pier-2"));

        Assert.That(node.Decide(Pod, BalancerIP), Is.EqualTo($"{There} masqueraded"));
        Assert.That(node.Decide(Given.World, NodeIP, 30_080), Is.EqualTo($"{There} masqueraded"));
    }

    [Test(Description = "Every virtual address is on kube-ipvs0, and KUBE-IPVS-FILTER lets health check ports pass before it refuses.")]
    public void A_packet_for_a_virtual_address_at_a_port_of_no_service_is_refused_by_the_node_but_a_health_check_is_answered()
    {
        Service service = Dock.Externally(TrafficPolicy.Local) with { HealthCheckNodePort = 32_000 };
        AtNode node = At(service, Given.Ready(There, "pier-2"));

        Assert.That(node.Decide(Given.World, BalancerIP, 81), Is.EqualTo("Reject"));
        Assert.That(node.Decide(Pod, ClusterIP, 30_080), Is.EqualTo("Reject"));
        Assert.That(node.Decide(Given.World, BalancerIP, 32_000), Is.EqualTo("Accept"));
        Assert.That(node.Decide(Given.World, BalancerIP, 32_000, Protocol.UDP), Is.EqualTo("Reject"));
    }

    [Test(Description = "KUBE-LOOP-BACK holds the endpoints of the node.")]
    public void Only_pods_of_the_node_are_masqueraded_when_they_reach_themselves()
    {
        AtNode node = At(Dock, Given.Ready(Here, "pier-1"), Given.Ready(There, "pier-2"));

        Assert.That(node.Decide(Here, ClusterIP), Is.EqualTo($"{Here} {There} some masqueraded"));
        Assert.That(node.Decide(There, ClusterIP), Is.EqualTo($"{Here} {There}"));
    }

    [Test(Description = "pkg/proxy/ipvs: the scheduler mh is always given mh-port.")]
    public void Virtual_servers_are_written_in_the_grammar_of_ipvsadm([Values("rr", "lc", "sh", "mh")] string scheduler)
    {
        Cluster cluster = Harbor(Dock with { AffinitySeconds = 60 }, Given.Ready(Here, "pier-1"), Given.Ready(There, "pier-2"));
        AtNode node = new(cluster, cluster.KubeProxy with { Mode = ProxyModeNames.Ipvs, IpvsScheduler = scheduler });
        const string Server = @"(-t|-u|--sctp-service) (\d+(\.\d+){3}|\[[0-9a-f:]+\]):\d+";

        string[] lines = [.. RuleListing.Of(node.Snapshot)];

        Assert.That(lines, Has.Length.EqualTo(3 * 3), "cluster IP, balancer and node port, with two real servers each");
        Assert.That(lines, Is.All.Match($@"^(-A {Server} -s {scheduler}{(scheduler == "mh" ? " -b mh-port" : "")} -p 60|-a {Server} -r (\d+(\.\d+){{3}}|\[[0-9a-f:]+\]):\d+ -m -w 1)$"));
    }

    private static AtNode At(Service service, params Endpoint[] endpoints) => AtNode.With(ProxyModeNames.Ipvs, Harbor(service, endpoints));

    private static Cluster Harbor(Service service, params Endpoint[] endpoints) => Given.Cluster(
        [Given.Node("pier-1", NodeIP, pods: "10.1.1.0/24"), Given.Node("pier-2", "192.0.2.2", pods: "10.1.2.0/24")],
        (service, endpoints));
}
