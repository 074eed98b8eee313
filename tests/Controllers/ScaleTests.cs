using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>What <see cref="ControlPlane.Scale"/> and <see cref="ControlPlane.WithPods"/> change, and what they leave.</summary>
public class ScaleTests
{
    private static readonly ClusterObjects Objects = new()
    {
        Nodes = Made.Nodes(3),
        Controllers = [Made.Deployment("web", 3), Made.Deployment("other", 2), Made.Deployment("db", 2) with { Kind = PodControllerKind.StatefulSet }],
        Services = [Made.Service("web", "app=web"), Made.Service("other", "app=other")],
    };

    private static readonly Cluster Before = Objects.Reconciled().Cluster;

    [Test]
    public void Scaling_up_keeps_every_pod_as_it_is_and_appends_the_new_ones()
    {
        Cluster after = Before.Scaled("web", 5).Cluster;

        Assert.That(after.Pods[..Before.Pods.Length].Zip(Before.Pods), Has.All.Matches<(Pod, Pod)>(pair => ReferenceEquals(pair.Item1, pair.Item2)));
        Assert.That(after.Pods, Has.Length.EqualTo(Before.Pods.Length + 2));
        Assert.That(after.Controllers[0].Replicas, Is.EqualTo(5));
        Assert.That(after.SlicesOf("web").Single().Endpoints, Has.Length.EqualTo(5));
    }

    [Test]
    public void Slices_of_Services_that_no_changed_pod_belongs_to_are_not_even_copied()
    {
        Cluster after = Before.Scaled("web", 5).Cluster;

        Assert.That(after.SlicesOf("other").Single(), Is.SameAs(Before.SlicesOf("other").Single()));
        Assert.That(after.Services, Is.EqualTo(Before.Services));
    }

    [Test]
    public void Scaling_down_removes_the_newest_and_a_StatefulSet_its_highest_ordinals()
    {
        Cluster after = Before.Scaled("web", 1).Cluster.Scaled("db", 1, PodControllerKind.StatefulSet).Cluster;

        Assert.That(after.Pods.Where(pod => pod.OwnedBy == "Deployment/web").Single(), Is.SameAs(Before.Pods[0]));
        Assert.That(after.Pods.Where(pod => pod.OwnedBy == "StatefulSet/db").Single().Meta.Name, Is.EqualTo("db-0"));
    }

    [Test]
    public void Scaling_to_nothing_leaves_an_empty_slice_and_a_warning()
    {
        Reconciliation after = Before.Scaled("web", 0);

        Assert.That(after.Cluster.SlicesOf("web").Single().Endpoints, Is.Empty);
        Assert.That(after.Rules(), Is.EqualTo("selector-matches-nothing"));
    }

    [Test]
    public void A_pod_that_waited_gets_the_room_of_those_that_went()
    {
        PodSpec half = new() { RequestedMilliCpu = 2_000 };
        Cluster full = new ClusterObjects { Nodes = Made.Nodes(1), Controllers = [Made.Deployment("big", 2, half), Made.Deployment("late", 1, half)] }.Reconciled().Cluster;

        Cluster after = full.Scaled("big", 1).Cluster;

        Assert.That(full.Pods[2].NodeName, Is.Null);
        Assert.That(after.Pods.Single(pod => pod.OwnedBy == "Deployment/late"), Has.Property("NodeName").EqualTo("n1").And.Property("Ready").True.And.Property("PendingReason").Null);
    }

    [Test]
    public void What_cannot_be_scaled_says_why_and_changes_nothing()
    {
        ClusterObjects objects = new()
        {
            Nodes = Made.Nodes(1),
            Controllers =
            [
                Made.Deployment("agent", 1) with { Kind = PodControllerKind.DaemonSet },
                Made.Deployment("web-1", 1) with { Kind = PodControllerKind.ReplicaSet, OwnedBy = "Deployment/web" },
            ],
        };
        Cluster cluster = objects.Reconciled().Cluster;

        string Message(string name, PodControllerKind kind, int replicas = 2)
        {
            Reconciliation after = cluster.Scaled(name, replicas, kind);
            Assert.That(after.Cluster.Pods, Has.Length.EqualTo(cluster.Pods.Length));
            return after.Problems.Single().Message;
        }

        Assert.That(Message("agent", PodControllerKind.DaemonSet), Does.Contain("a pod on every node"));
        Assert.That(Message("web-1", PodControllerKind.ReplicaSet), Does.Contain("Deployment/web, which would undo"));
        Assert.That(Message("nobody", PodControllerKind.Deployment), Is.EqualTo("Deployment harbor/nobody is not among the objects"));
    }

    [Test]
    public void Slices_written_by_hand_stay_and_those_of_the_real_controller_follow()
    {
        EndpointSlice byHand = new() { Meta = Made.Meta("mine", "kubernetes.io/service-name=web") };
        EndpointSlice live = new() { Meta = Made.Meta("live", "kubernetes.io/service-name=other,endpointslice.kubernetes.io/managed-by=endpointslice-controller.k8s.io") };
        Cluster cluster = (Objects with { EndpointSlices = [byHand, live] }).Reconciled().Cluster;

        Cluster after = cluster.Scaled("web", 4).Cluster.Scaled("other", 4).Cluster;

        Assert.That(cluster.SlicesOf("other").Single(), Is.SameAs(live));
        Assert.That(after.SlicesOf("web").Single(), Is.SameAs(byHand));
        Assert.That(after.SlicesOf("other").Single().Endpoints, Has.Length.EqualTo(4));
    }

    [Test]
    public void A_pod_that_terminates_shows_in_its_slice_at_once()
    {
        ImmutableArray<Pod> pods = Before.Pods.SetItem(1, Before.Pods[1] with { Terminating = true });

        Cluster after = ControlPlane.WithPods(Before, pods);

        Assert.That(after.SlicesOf("web").Single().Endpoints[1], Is.EqualTo(Before.SlicesOf("web").Single().Endpoints[1] with { Ready = false, Terminating = true })
            .Using<Endpoint>((one, other) => (one.Ready, one.Serving, one.Terminating, one.PodName) == (other.Ready, other.Serving, other.Terminating, other.PodName)));
        Assert.That(after.SlicesOf("other").Single(), Is.SameAs(Before.SlicesOf("other").Single()));
    }
}
