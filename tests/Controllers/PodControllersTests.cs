using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Which pods controllers make, what they are called, and which of those that are there count as theirs.</summary>
public class PodControllersTests
{
    private const string Letters = "[bcdfghjklmnpqrstvwxz2456789]";

    [Test(Description = "Deployment, template hash and five letters, as the ReplicaSet of a Deployment names its pods; apimachinery pkg/util/rand for the letters")]
    public void Pods_of_a_Deployment_have_names_labels_and_an_owner_like_real_ones()
    {
        Cluster cluster = new ClusterObjects { Controllers = [Made.Deployment("web", 3)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.Meta.Name), Is.Unique.And.All.Match($"^web-{Letters}{{9}}-{Letters}{{5}}$"));
        Assert.That(cluster.Pods, Has.All.Matches<Pod>(pod =>
            pod is { OwnedBy: "Deployment/web", Ready: true } && pod.Meta.Labels["app"] == "web" && pod.Meta.Name.Contains(pod.Meta.Labels["pod-template-hash"])));
    }

    [Test]
    public void Names_are_the_same_every_time_and_differ_between_namespaces()
    {
        PodController here = Made.Deployment("web", 2);
        PodController there = here with { Meta = here.Meta with { Namespace = "elsewhere" } };

        string[] Names(params PodController[] controllers) =>
            [.. new ClusterObjects { Controllers = [.. controllers] }.Reconciled().Cluster.Pods.Select(pod => pod.Meta.Name)];

        Assert.That(Names(here, there), Is.Unique);
        Assert.That(Names(here, there)[..2], Is.EqualTo(Names(here)));
    }

    [Test(Description = "apiserver pkg/storage/names: 58 letters of the prefix are kept")]
    public void Generated_names_stay_within_63_letters() =>
        Assert.That(new ClusterObjects { Controllers = [Made.Deployment(new string('x', 70), 2)] }.Reconciled().Cluster.Pods.Select(pod => pod.Meta.Name),
            Is.Unique.And.All.Length.EqualTo(63));

    [Test(Description = "KEP-3335 spec.ordinals.start; pod-index label: KEP-4017")]
    public void Pods_of_a_StatefulSet_are_numbered_and_have_host_names_below_its_Service()
    {
        Cluster cluster = new ClusterObjects { Controllers = [Stateful("db", 3) with { ServiceName = "peers", OrdinalStart = 5 }] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => $"{pod.Meta.Name}/{pod.Spec.Hostname}.{pod.Spec.Subdomain}").List(),
            Is.EqualTo("db-5/db-5.peers db-6/db-6.peers db-7/db-7.peers"));
        Assert.That(cluster.Pods[1].Meta.Labels["statefulset.kubernetes.io/pod-name"], Is.EqualTo("db-6"));
        Assert.That(cluster.Pods[1].Meta.Labels["apps.kubernetes.io/pod-index"], Is.EqualTo("6"));
    }

    [Test(Description = "pkg/controller/daemon/daemon_controller_test.go: cordoned nodes get a daemon, tainted and unselected ones do not")]
    public void A_DaemonSet_has_one_pod_on_every_node_that_it_selects_and_tolerates()
    {
        ImmutableArray<Node> nodes =
        [
            Made.Node("plain", labels: "os=linux"), Made.Node("cordoned", labels: "os=linux") with { Unschedulable = true },
            Made.Node("tainted", labels: "os=linux") with { Taints = [new Taint("gpu", "", "NoSchedule")] },
            Made.Node("pressed", labels: "os=linux") with { Taints = [new Taint("node.kubernetes.io/memory-pressure", "", "NoSchedule")] },
            Made.Node("other", labels: "os=windows"),
        ];

        Cluster cluster = new ClusterObjects { Nodes = nodes, Controllers = [Daemon("agent", new PodSpec { NodeSelector = Made.Labels("os=linux") })] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.NodeName).List(), Is.EqualTo("plain cordoned pressed"));
    }

    [Test]
    public void A_daemon_without_room_waits_for_its_own_node_and_gets_no_other()
    {
        ImmutableArray<Node> nodes = [Made.Node("n1") with { AllocatableMilliCpu = 100 }, Made.Node("n2")];

        Cluster cluster = new ClusterObjects { Nodes = nodes, Controllers = [Daemon("agent", new PodSpec { RequestedMilliCpu = 200 }), Made.Deployment("web", 0)] }.Reconciled().Cluster;
        Cluster later = cluster.Scaled("web", 1).Cluster;

        Assert.That(cluster.Pods[0].PendingReason, Is.EqualTo("0/2 nodes are available: 1 Insufficient cpu, 1 node(s) didn't satisfy plugin(s) [NodeAffinity]."));
        Assert.That(later.Pods.Where(pod => pod.OwnedBy == "DaemonSet/agent").Select(pod => pod.NodeName).Order().List(), Is.EqualTo("- n2"));
    }

    [Test]
    public void Pods_of_a_live_cluster_count_and_only_the_missing_ones_are_made()
    {
        Pod live = Made.Running("web-5d9c7b6f4-abcde", "n1", "10.244.0.9", "app=web") with { OwnedBy = "ReplicaSet/web-5d9c7b6f4" };
        Pod leaving = Made.Running("web-5d9c7b6f4-fghij", "n1", "10.244.0.8", "app=web") with { OwnedBy = "ReplicaSet/web-5d9c7b6f4", Terminating = true };

        Reconciliation made = new ClusterObjects { Nodes = Made.Nodes(2), Pods = [live, leaving], Controllers = [Made.Deployment("web", 2)] }.Reconciled();

        Assert.That(made.Cluster.Pods, Has.Length.EqualTo(3), "one runs, one leaves and does not count, one is new");
        Assert.That(made.Cluster.Pods[0].Addresses.List(), Is.EqualTo("10.244.0.9"));
        Assert.That(made.Cluster.Pods[2].NodeName, Is.EqualTo("n2"), "spread against the one that runs");
    }

    [Test]
    public void A_ReplicaSet_that_belongs_to_a_Deployment_makes_no_pods_besides_and_its_pods_are_the_Deployments()
    {
        PodController set = Made.Deployment("web-1", 3) with { Kind = PodControllerKind.ReplicaSet, OwnedBy = "Deployment/web" };
        Pod live = Made.Running("web-1-x", "n1", "10.244.0.9", "app=web") with { OwnedBy = "ReplicaSet/web-1" };

        Cluster cluster = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [live], Controllers = [set, Made.Deployment("web", 3)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.OwnedBy), Is.EqualTo(Enumerable.Repeat("Deployment/web", 3)));
    }

    [Test]
    public void A_ReplicaSet_of_nobody_makes_its_own_pods()
    {
        PodController set = Made.Deployment("lone", 2) with { Kind = PodControllerKind.ReplicaSet };

        Cluster cluster = new ClusterObjects { Controllers = [set] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.Meta.Name), Is.Unique.And.All.Match($"^lone-{Letters}{{5}}$"));
    }

    [Test(Description = "pkg/controller/controller_utils.go ActivePodsWithRanks: unassigned, not ready, deletion cost, newest")]
    public void Too_many_pods_of_a_live_cluster_go_in_the_order_of_the_ReplicaSet_controller()
    {
        Pod Owned(string name) => Made.Running(name, "n1", $"10.244.0.{10 + name[0]}") with { OwnedBy = "Deployment/web" };
        Pod dear = Owned("dear");
        Pod cheap = Owned("cheap") with { Meta = Made.Meta("cheap") with { Annotations = Made.Labels("controller.kubernetes.io/pod-deletion-cost=-5") } };
        Pod unready = Owned("unready") with { Ready = false };
        Pod pending = Made.Pod("pending") with { OwnedBy = "Deployment/web" };
        Pod[] pods = [cheap, pending, unready, dear, Owned("a"), Owned("b")];

        string Left(int replicas) => new ClusterObjects { Nodes = Made.Nodes(1), Pods = [.. pods], Controllers = [Made.Deployment("web", replicas)] }
            .Reconciled().Cluster.Pods.Select(pod => pod.Meta.Name).List();

        Assert.That(Left(5), Is.EqualTo("cheap unready dear a b"));
        Assert.That(Left(4), Is.EqualTo("cheap dear a b"));
        Assert.That(Left(3), Is.EqualTo("dear a b"));
        Assert.That(Left(1), Is.EqualTo("dear"));
    }

    private static PodController Stateful(string name, int replicas) => Made.Deployment(name, replicas) with { Kind = PodControllerKind.StatefulSet };

    private static PodController Daemon(string name, PodSpec template) => Made.Deployment(name, 1, template) with { Kind = PodControllerKind.DaemonSet };
}
