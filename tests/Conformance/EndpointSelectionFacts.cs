using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Who may receive a packet. The facts are those of kubernetes/kubernetes pkg/proxy/topology_test.go TestCategorizeEndpoints, told of a
/// Service of our own: pier-1 (zone north) is the node asked; pier-2 (north) and pier-3 (south) are others.
/// </summary>
public class EndpointSelectionFacts
{
    private const string ClusterIP = "10.96.0.1";
    private const string A = "10.1.1.1";
    private const string B = "10.1.2.1";
    private const string C = "10.1.3.1";

    private static readonly Service Dock = Given.Service("dock", ClusterIP, nodePort: 30_080);

    [Test]
    public void Ready_endpoints_of_the_whole_cluster_are_chosen_from()
    {
        Assert.That(FromPod(Dock, Given.Ready(A, "pier-1"), Given.Ready(B, "pier-2")), Is.EqualTo($"{A} {B}"));
    }

    [Test]
    public void An_endpoint_that_is_not_ready_gets_nothing()
    {
        Assert.That(FromPod(Dock, Given.Ready(A, "pier-1"), Given.Unready(B, "pier-2")), Is.EqualTo(A));
    }

    [Test]
    public void An_endpoint_that_terminates_gets_nothing_while_others_are_ready()
    {
        Assert.That(FromPod(Dock, Given.Ready(A, "pier-1"), Given.Terminating(B, "pier-2")), Is.EqualTo(A));
    }

    [Test]
    public void Endpoints_that_terminate_but_still_serve_step_in_when_none_is_ready()
    {
        Endpoint dead = Given.Terminating(C, "pier-3") with { Serving = false };

        Assert.That(FromPod(Dock, Given.Terminating(A, "pier-1"), Given.Terminating(B, "pier-2"), dead), Is.EqualTo($"{A} {B}"));
    }

    [Test]
    public void Conditions_that_nobody_stated_mean_ready()
    {
        Endpoint unstated = Given.Ready(A, "pier-2") with { Ready = null };

        Assert.That(FromPod(Dock, unstated), Is.EqualTo(A));
    }

    [Test(Description = "pkg/proxy/endpointslicecache.go addEndpoints, k8s.io/api discovery/v1 EndpointConditions")]
    public void An_endpoint_that_terminates_serves_unless_it_says_otherwise()
    {
        Endpoint unstated = Given.Terminating(A, "pier-2") with { Serving = null };

        Assert.That(FromPod(Dock, unstated), Is.EqualTo(A));
        Assert.That(FromPod(Dock, unstated with { Terminating = null }), Is.EqualTo("Reject"));
    }

    [Test(Description = "pkg/proxy/endpointslicecache.go addEndpoints")]
    public void Where_a_pod_has_the_address_of_one_that_still_terminates_the_pod_counts()
    {
        Service service = Dock.Externally(TrafficPolicy.Local);
        Endpoint before = Given.Terminating(A, "pier-2");
        Endpoint now = Given.Ready(A, "pier-1");

        Assert.That(FromWorld(service, before, now), Is.EqualTo(A));
        Assert.That(FromWorld(service, now, before), Is.EqualTo(A));
    }

    [Test]
    public void Internal_policy_local_confines_the_cluster_IP_to_the_node()
    {
        Service service = Dock.Internally(TrafficPolicy.Local);

        Assert.That(FromPod(service, Given.Ready(A, "pier-1"), Given.Ready(B, "pier-2")), Is.EqualTo(A));
    }

    [Test]
    public void Internal_policy_local_leaves_the_other_addresses_alone()
    {
        Service service = Dock.Internally(TrafficPolicy.Local);

        Assert.That(FromWorld(service, Given.Ready(A, "pier-1"), Given.Ready(B, "pier-2")), Is.EqualTo($"{A} {B} masqueraded"));
    }

    [Test]
    public void External_policy_local_leaves_the_cluster_IP_alone()
    {
        Service service = Dock.Externally(TrafficPolicy.Local);

        Assert.That(FromPod(service, Given.Ready(A, "pier-1"), Given.Ready(B, "pier-2")), Is.EqualTo($"{A} {B}"));
    }

    [Test]
    public void External_policy_local_means_nothing_to_a_service_that_only_has_a_cluster_IP()
    {
        Service service = Given.Service("dock", ClusterIP).Externally(TrafficPolicy.Local);

        Assert.That(FromPod(service, Given.Ready(A, "pier-2")), Is.EqualTo(A));
    }

    [Test]
    public void A_local_policy_falls_back_to_terminating_endpoints_of_the_node_by_itself()
    {
        Service service = Dock.Externally(TrafficPolicy.Local);
        Endpoint[] endpoints = [Given.Terminating(A, "pier-1"), Given.Ready(B, "pier-2")];

        Assert.That(FromWorld(service, endpoints), Is.EqualTo(A));
        Assert.That(FromPod(service, endpoints), Is.EqualTo(B));
    }

    [Test]
    public void An_endpoint_that_is_on_no_known_node_is_local_to_none()
    {
        Service service = Dock.Externally(TrafficPolicy.Local);

        Assert.That(FromWorld(service, Given.Ready(A, null), Given.Ready(B, "elsewhere")), Is.EqualTo("Drop"));
    }

    [Test]
    public void Zone_hints_narrow_the_choice_to_the_endpoints_for_the_zone()
    {
        Endpoint[] endpoints = [Given.Ready(A, "pier-3", "north"), Given.Ready(B, "pier-2", "south"), Given.Ready(C, "pier-2", "south", "north")];

        Assert.That(FromPod(Dock, endpoints), Is.EqualTo($"{A} {C}"));
    }

    [Test]
    public void Zone_hints_are_ignored_when_one_ready_endpoint_has_none()
    {
        Assert.That(FromPod(Dock, Given.Ready(A, "pier-2", "north"), Given.Ready(B, "pier-3")), Is.EqualTo($"{A} {B}"));
    }

    [Test]
    public void An_endpoint_that_is_not_ready_need_not_have_hints()
    {
        Endpoint[] endpoints = [Given.Ready(A, "pier-2", "north"), Given.Ready(B, "pier-3", "south"), Given.Unready(C, "pier-1")];

        Assert.That(FromPod(Dock, endpoints), Is.EqualTo(A));
    }

    [Test]
    public void Zone_hints_are_ignored_when_none_is_for_the_zone()
    {
        Assert.That(FromPod(Dock, Given.Ready(A, "pier-2", "south"), Given.Ready(B, "pier-3", "south")), Is.EqualTo($"{A} {B}"));
    }

    [Test]
    public void Zone_hints_are_ignored_on_a_node_without_a_zone()
    {
        Cluster cluster = Given.Cluster(
            [Given.Node("pier-1", "192.0.2.1"), Given.Node("pier-2", "192.0.2.2", "north")],
            (Dock, [Given.Ready(A, "pier-2", "north"), Given.Ready(B, "pier-2", "north"), Given.Ready(C, "pier-2", "south")]));

        Assert.That(AtNode.With(ProxyModeNames.Iptables, cluster).Decide("10.1.1.9", ClusterIP), Is.EqualTo($"{A} {B} {C}"));
    }

    [Test]
    public void Zone_hints_never_narrow_what_a_local_policy_may_use()
    {
        Service service = Dock.Externally(TrafficPolicy.Local);

        Assert.That(FromWorld(service, Given.Ready(A, "pier-1", "south"), Given.Ready(B, "pier-3", "north")), Is.EqualTo(A));
    }

    [Test]
    public void Slices_of_headless_services_are_not_for_the_proxy()
    {
        Cluster cluster = Given.Cluster([Given.Node("pier-1", "192.0.2.1")], (Dock, [Given.Ready(A, "pier-1")]));
        EndpointSlice other = Given.Slice(Dock, Given.Ready(B, "pier-1"));
        ObjectMeta labelled = other.Meta with { Name = "dock-other", Labels = other.Meta.Labels.Add(EndpointSlice.HeadlessLabel, "") };
        Cluster withBoth = cluster with { EndpointSlices = cluster.EndpointSlices.Add(other with { Meta = labelled }) };

        Assert.That(AtNode.With(ProxyModeNames.Iptables, withBoth).Decide("10.1.1.9", ClusterIP), Does.Contain(A).And.Not.Contain(B));
    }

    [Test]
    public void A_service_with_the_label_of_headless_ones_is_not_for_the_proxy()
    {
        Service labelled = Dock with { Meta = Dock.Meta with { Labels = ObjectMeta.NoLabels.Add(EndpointSlice.HeadlessLabel, "") } };

        Assert.That(FromPod(labelled, Given.Ready(A, "pier-1")), Is.EqualTo("PassThrough"));
    }

    [Test]
    public void Node_hints_outrank_zone_hints()
    {
        Endpoint here = Given.Ready(A, "pier-1", "north") with { NodeHints = ["pier-1"] };
        Endpoint near = Given.Ready(B, "pier-2", "north") with { NodeHints = ["pier-2"] };

        Assert.That(FromPod(Dock, here, near), Is.EqualTo(A));
    }

    [Test]
    public void Without_a_node_hint_for_the_node_the_zone_hints_decide()
    {
        Endpoint near = Given.Ready(A, "pier-2", "north") with { NodeHints = ["pier-2"] };
        Endpoint far = Given.Ready(B, "pier-3", "south") with { NodeHints = ["pier-3"] };

        Assert.That(FromPod(Dock, near, far), Is.EqualTo(A));
    }

    private static string FromPod(Service service, params Endpoint[] endpoints) =>
        AtPier1(service, endpoints).Decide("10.1.1.9", ClusterIP);

    private static string FromWorld(Service service, params Endpoint[] endpoints) =>
        AtPier1(service, endpoints).Decide(Given.World, "192.0.2.1", 30_080);

    private static AtNode AtPier1(Service service, Endpoint[] endpoints) => AtNode.With(ProxyModeNames.Iptables, Given.Cluster(
        [
            Given.Node("pier-1", "192.0.2.1", "north", pods: "10.1.1.0/24"),
            Given.Node("pier-2", "192.0.2.2", "north"),
            Given.Node("pier-3", "192.0.2.3", "south"),
        ],
        (service, endpoints)));
}
