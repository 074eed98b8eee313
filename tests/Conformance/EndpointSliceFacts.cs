using System.Collections.Immutable;
using KubeNetSim.Tests.Controllers;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// What the EndpointSlice controller does when a cluster changes. The facts are those of kubernetes/kubernetes
/// staging/src/k8s.io/endpointslice, named at each test, told of a harbor with piers in three zones.
/// </summary>
public class EndpointSliceFacts
{
    [Test(Description = "reconciler_test.go TestReconcileTopology, three endpoints in one of three equal zones")]
    public void Zones_without_an_endpoint_are_lent_one()
    {
        EndpointSlice slice = Cranes(ByCpu, "west west west").Slice();

        Assert.That(slice.Endpoints.Select(endpoint => endpoint.ZoneHints.Single()).Order().List(), Is.EqualTo("east north west"));
    }

    [TestCase("Disabled", "PreferClose", "east north west", Description = "TestReconcile_TrafficDistribution: the annotation does not stand in the way")]
    [TestCase("Auto", "PreferClose", "east north west")]
    [TestCase("Disabled", null, "- - -", Description = "TestReconcileTopology, annotation disabled")]
    public void The_annotation_decides_where_it_says_Auto_and_else_the_field(string mode, string? distribution, string hints)
    {
        Service service = WithMode(mode) with { TrafficDistribution = distribution };

        Assert.That(Cranes(service, "west east north").Slice().Endpoints.Select(endpoint => endpoint.ZoneHints.FirstOrDefault()).OrderBy(zone => zone, StringComparer.Ordinal).List(), Is.EqualTo(hints));
    }

    [Test(Description = "topologycache_test.go TestAddHints, getAllocatedHintsByZone: unwritten slices keep hints that still fit")]
    public void A_slice_that_does_not_change_keeps_its_hints()
    {
        Cluster before = Cranes(ByCpu, string.Join(' ', Enumerable.Repeat("west east north", 50)));

        Cluster after = ControlPlane.WithPods(before, [.. before.Pods, CraneIn("west", 900)]);

        Assert.That(after.SlicesOf("crane").Zip(before.SlicesOf("crane"), ReferenceEquals).List(), Is.EqualTo("True False"));
        Assert.That(after.Events.Count(item => item.Reason == "TopologyAwareHintsEnabled"), Is.EqualTo(1), "that it has hints is news only once");
    }

    [Test(Description = "utils_test.go Test_getHintsByZone: a slice without hints where all should have some is written too")]
    public void Hints_come_back_to_all_slices_once_they_are_possible_again()
    {
        Cluster hinted = Cranes(ByCpu, string.Join(' ', Enumerable.Repeat("west east north", 50)));
        Cluster without = ControlPlane.WithPods(hinted, [.. hinted.Pods.Take(2)]);

        Assert.That(without.SlicesOf("crane").SelectMany(slice => slice.Endpoints).SelectMany(endpoint => endpoint.ZoneHints), Is.Empty);
        Assert.That(without.Events[^1].Message, Is.EqualTo("Insufficient number of endpoints (2 endpoints, 3 zones), addressType: IPv4"));
        Cluster again = ControlPlane.WithPods(without, hinted.Pods);
        Assert.That(again.SlicesOf("crane").SelectMany(slice => slice.Endpoints).Select(endpoint => endpoint.ZoneHints.Length), Is.All.EqualTo(1));
    }

    [Test(Description = "topologycache.go AddHints, event.go NoZoneSpecified")]
    public void An_endpoint_without_a_zone_takes_the_hints_from_all()
    {
        Cluster cluster = new ClusterObjects
        {
            // The fourth node is not ready, so that its missing zone does not count for the CPU shares; its pod is published all the same.
            Nodes = [.. Piers, new Node { Meta = new ObjectMeta { Name = "drydock" }, Ready = false }],
            Pods = [.. "west east north west east".Split(' ').Select((zone, number) => CraneIn(zone, number + 1)), Made.Running("crane-6", "drydock", "10.0.0.6", "app=crane")],
            Services = [ByCpu with { PublishNotReadyAddresses = true }],
        }.Reconciled().Cluster;

        Assert.That(cluster.Slice().Endpoints.SelectMany(endpoint => endpoint.ZoneHints), Is.Empty);
        Assert.That(cluster.Events.Single().Message, Is.EqualTo("One or more endpoints do not have a zone specified, addressType: IPv4"));
    }

    [Test(Description = "trafficdist_test.go TestReconcileHints, node hints")]
    public void PreferSameNode_hints_for_the_node_and_its_zone()
    {
        Endpoint endpoint = Cranes(Crane with { TrafficDistribution = "PreferSameNode" }, "east").Slice().Endpoints.Single();

        Assert.That($"{endpoint.ZoneHints.List()} {endpoint.NodeHints.List()}", Is.EqualTo("east pier-east"));
    }

    [Test(Description = "util/controller_utils_test.go TestShouldPodBeInEndpoints")]
    public void A_pod_that_has_ended_is_in_no_slice_and_one_that_terminates_is()
    {
        Pod[] pods = [CraneIn("west", 1) with { Finished = true, Ready = false }, CraneIn("east", 2) with { Terminating = true }];

        Cluster cluster = new ClusterObjects { Nodes = Piers, Pods = [.. pods], Services = [Crane] }.Reconciled().Cluster;

        Assert.That(cluster.Slice().Endpoints.Single().PodName, Is.EqualTo("harbor/crane-2"));
    }

    [TestCase(false, 0)]
    [TestCase(true, 1)]
    public void A_pod_on_a_node_that_is_not_there_is_listed_only_where_unready_pods_are_wanted(bool publish, int listed)
    {
        Cluster cluster = new ClusterObjects { Nodes = Piers, Pods = [Made.Running("crane-1", "sunk", "10.0.0.1", "app=crane")], Services = [Crane with { PublishNotReadyAddresses = publish }] }.Reconciled().Cluster;

        Assert.That(cluster.Slice().Endpoints, Has.Length.EqualTo(listed), "reconciler_test.go TestReconcilerPodMissingNode");
    }

    private static readonly Service Crane = Made.Service("crane", "app=crane");
    private static readonly Service ByCpu = WithMode("Auto");
    private static readonly ImmutableArray<Node> Piers = [.. new[] { "west", "east", "north" }.Select(zone => Made.Node($"pier-{zone}", zone) with { AllocatablePods = 500 })];

    private static Service WithMode(string mode) => Crane with { Meta = Crane.Meta with { Annotations = Made.Labels($"service.kubernetes.io/topology-mode={mode}") } };

    private static Pod CraneIn(string zone, int number) => Made.Running($"crane-{number}", $"pier-{zone}", IpAddress.Parse("10.0.0.0").Plus((UInt128)number).ToString(), "app=crane");

    private static Cluster Cranes(Service service, string zones) => new ClusterObjects
    {
        Nodes = Piers,
        Pods = [.. zones.Split(' ').Select((zone, number) => CraneIn(zone, number + 1))],
        Services = [service],
    }.Reconciled().Cluster;
}

/// <summary>Slices of the crane Service.</summary>
file static class CraneSlices
{
    public static EndpointSlice Slice(this Cluster cluster) => cluster.SlicesOf("crane").Single();
}
