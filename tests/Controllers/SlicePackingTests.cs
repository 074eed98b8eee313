using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// How slices change when endpoints do: with few writes rather than in few slices. Facts: kubernetes/kubernetes
/// staging/src/k8s.io/endpointslice reconciler_test.go (TestReconcileEndpointSlices…, TestReconcileMaxEndpointsPerSlice, TestReconcileManyPods).
/// </summary>
public class SlicePackingTests
{
    [TestCase(50, "50 50 50 50 50")]
    [TestCase(150, "150 100")]
    [TestCase(250, "250")]
    [TestCase(500, "250")]
    public void New_endpoints_fill_slices_one_after_the_other(int capacity, string sizes) =>
        Assert.That(Packed(capacity, [], Endpoints(250)), Is.EqualTo($"created {sizes}"));

    [TestCase("62 61", 250, "updated 89 created 100 unchanged 61", Description = "127 left over: 100 make a slice of their own, 27 fit into one that exists, the fullest of them")]
    [TestCase("62 61", 130, "updated 69 unchanged 61")]
    [TestCase("61 62", 160, "updated 99 unchanged 61", Description = "37 go where they fill best, not where they fit first")]
    [TestCase("74 74", 300, "created 100 52 unchanged 74 74", Description = "52 fit into none: a new slice is one write, two half-filled ones are two")]
    [TestCase("30 30 30", 90, "unchanged 30 30 30", Description = "never packed closer without need")]
    [TestCase("100 100", 201, "created 1 unchanged 100 100")]
    [TestCase("99", 100, "updated 100")]
    [TestCase("0", 1, "updated 1")]
    public void More_endpoints_cost_few_writes(string before, int endpoints, string after)
    {
        EndpointSlice[] existing = Slices(before);

        Assert.That(Packed(100, existing, Endpoints(endpoints)), Is.EqualTo(after));
    }

    [Test(Description = "TestReconcileEndpointSlicesUpdatePacking")]
    public void Slices_that_are_written_anyway_are_filled_first_the_fullest_before_the_others()
    {
        Endpoint[] endpoints = [.. Endpoints(115).Select((endpoint, number) => number < 100 && number % 10 == 0 ? endpoint with { Ready = false } : endpoint)];

        Assert.That(Packed(100, Slices("20 80"), endpoints), Is.EqualTo("updated 95 20"));
    }

    [Test]
    public void An_endpoint_stays_in_its_slice_and_at_its_place_when_its_state_changes()
    {
        EndpointSlice[] existing = Slices("3 3");
        SlicePlan plan = PlanOf(100, existing, [.. Endpoints(6).Select((endpoint, number) => number == 4 ? endpoint with { Ready = false, Terminating = true } : endpoint)]);

        Assert.That(plan.Unchanged.Single(), Is.SameAs(existing[0]));
        Assert.That(plan.Updated.Single().Endpoints.Select(endpoint => $"{endpoint.Addresses[0]}{(endpoint.IsReady ? "" : "!")}").List(), Is.EqualTo("10.0.0.4 10.0.0.5! 10.0.0.6"));
    }

    [TestCase("2 2", 3, "updated 1 unchanged 2")]
    [TestCase("2 2", 2, "unchanged 2 deleted 2")]
    [TestCase("2 2", 0, "deleted 2 2")]
    public void Fewer_endpoints_leave_holes_that_nobody_closes(string before, int endpoints, string after) =>
        Assert.That(Packed(100, Slices(before), Endpoints(endpoints)), Is.EqualTo(after));

    [Test(Description = "TestReconcileEndpointSlicesReplaceDeprecated, finalize: one write for two")]
    public void A_slice_that_would_go_takes_the_content_of_one_that_would_be_new()
    {
        Cluster before = ClusterOf(Slices("30 30 30 30 30 30 30 30 30 30"), 300);
        Cluster renumbered = before with { Services = [before.Services[0] with { Ports = [new ServicePort { Port = 80, TargetPort = 81 }] }] };

        ImmutableArray<EndpointSlice> after = Touched(renumbered, 300).SlicesOf("web");

        Assert.That(after.Select(slice => slice.Endpoints.Length).Order().List(), Is.EqualTo("100 100 100"));
        Assert.That(after.Select(slice => slice.Meta.Name), Is.SubsetOf(before.SlicesOf("web").Select(slice => slice.Meta.Name)));
        Assert.That(after.Select(slice => slice.Ports.Single().Port), Is.All.EqualTo(81));
    }

    [Test]
    public void A_change_of_one_pod_leaves_the_other_slices_the_same_objects()
    {
        Cluster before = ClusterOf(Slices("100 100 50"), 250);

        Cluster after = ControlPlane.WithPods(before, before.Pods.SetItem(120, before.Pods[120] with { Ready = false }));

        Assert.That(after.SlicesOf("web").Zip(before.SlicesOf("web"), ReferenceEquals).List(), Is.EqualTo("True False True"));
    }

    [Test]
    public void A_Service_that_loses_its_last_pod_keeps_an_empty_slice_and_one_that_gets_its_first_uses_it()
    {
        Cluster before = ClusterOf(Slices("1"), 1);

        Cluster empty = ControlPlane.WithPods(before, []);
        Cluster again = ControlPlane.WithPods(empty, before.Pods);

        Assert.That((empty.SlicesOf("web").Single().Ports.Length, empty.SlicesOf("web").Single().Endpoints.Length), Is.EqualTo((0, 0)));
        Assert.That(again.SlicesOf("web").Single().Endpoints, Has.Length.EqualTo(1));
        Assert.That(again.SlicesOf("web").Single().Meta.Name, Is.EqualTo(before.SlicesOf("web").Single().Meta.Name));
    }

    [Test]
    public void New_slices_have_names_that_none_has_yet()
    {
        Cluster first = new ClusterObjects { Nodes = [Made.Node("n1") with { AllocatablePods = 1_000 }], Controllers = [Made.Deployment("web", 250)], Services = [Made.Service("web", "app=web")] }.Reconciled().Cluster;

        ImmutableArray<EndpointSlice> after = first.Scaled("web", 20).Cluster.Scaled("web", 400).Cluster.SlicesOf("web");

        Assert.That(after.Sum(slice => slice.Endpoints.Length), Is.EqualTo(253), "as many as one /24 has addresses for");
        Assert.That(after.Select(slice => slice.Meta.Name), Is.Unique);
    }

    private static string Packed(int capacity, EndpointSlice[] existing, Endpoint[] desired)
    {
        SlicePlan plan = PlanOf(capacity, existing, desired);
        return string.Join(' ', new[] { ("updated", plan.Updated), ("created", plan.Created), ("unchanged", plan.Unchanged), ("deleted", plan.Deleted) }
            .Where(part => part.Item2.Count > 0).Select(part => $"{part.Item1} {part.Item2.Select(slice => slice.Endpoints.Length).List()}"));
    }

    private static SlicePlan PlanOf(int capacity, EndpointSlice[] existing, Endpoint[] desired)
    {
        SlicePlan plan = new();
        new SlicePacking(capacity).Pack(plan, existing, desired, new EndpointSlice { Meta = SliceMeta.Of(Web, 0, ServiceEndpoints.ControllerName) });
        return plan;
    }

    private static readonly Service Web = Made.Service("web", "app=web");

    /// <summary>Slices of these sizes that hold the first endpoints one after the other.</summary>
    private static EndpointSlice[] Slices(string sizes)
    {
        Queue<Endpoint> endpoints = new(Endpoints(1_000));
        return
        [
            .. sizes.Split(' ').Select((size, number) => new EndpointSlice
            {
                Meta = SliceMeta.Of(Web, number, ServiceEndpoints.ControllerName),
                Ports = [new EndpointPort("", 8080, Protocol.TCP)],
                Endpoints = [.. Enumerable.Range(0, int.Parse(size, System.Globalization.CultureInfo.InvariantCulture)).Select(_ => endpoints.Dequeue())],
            }),
        ];
    }

    private static Endpoint[] Endpoints(int count) =>
    [
        .. Pods(count).Select(pod => new Endpoint { Addresses = pod.Addresses, Ready = true, Serving = true, Terminating = false, NodeName = "n1", Zone = "zone-a", PodName = pod.Meta.FullName }),
    ];

    private static IEnumerable<Pod> Pods(int count) => Enumerable.Range(1, count).Select(number =>
        Made.Running($"web-{number}", "n1", IpAddress.Parse("10.0.0.0").Plus((UInt128)number).ToString(), "app=web"));

    private static Cluster ClusterOf(EndpointSlice[] slices, int pods) =>
        new ClusterObjects { Nodes = Made.Nodes(1), Pods = [.. Pods(pods)], Services = [Web], EndpointSlices = [.. slices] }.Reconciled().Cluster;

    // Every pod another object, so that the controller looks at the Service again.
    private static Cluster Touched(Cluster cluster, int pods) => ControlPlane.WithPods(cluster, [.. Pods(pods)]);
}
