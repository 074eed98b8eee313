using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// Where pods go, and the words in which the scheduler says that they go nowhere. The rules are those of the filter plugins of
/// kubernetes/kubernetes pkg/scheduler/framework/plugins; the tests of each are named where a fact comes from one.
/// </summary>
public class SchedulerTests
{
    [Test]
    public void Pods_of_a_controller_spread_over_zones_first_and_then_over_nodes()
    {
        ImmutableArray<Node> nodes = [Made.Node("a1", "a"), Made.Node("a2", "a"), Made.Node("a3", "a"), Made.Node("b1", "b")];

        Cluster cluster = new ClusterObjects { Nodes = nodes, Controllers = [Made.Deployment("web", 6)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.NodeName).List(), Is.EqualTo("a1 b1 a2 b1 a3 b1"));
    }

    [Test]
    public void Pods_of_nobody_go_where_fewest_pods_are()
    {
        Pod[] pods = [Made.Running("old", "n1", "10.244.0.9"), Made.Pod("a"), Made.Pod("b"), Made.Pod("c")];

        Cluster cluster = new ClusterObjects { Nodes = Made.Nodes(2), Pods = [.. pods] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.NodeName).List(), Is.EqualTo("n1 n2 n1 n2"));
    }

    [Test]
    public void What_does_not_fit_stays_Pending_with_every_reason_counted_and_sorted_as_kube_scheduler_does()
    {
        ImmutableArray<Node> nodes =
        [
            Made.Node("small") with { AllocatableMilliCpu = 100, AllocatableMemoryBytes = 1 },
            Made.Node("tainted") with { Taints = [new Taint("dedicated", "db", "NoSchedule")] },
            Made.Node("cordoned") with { Unschedulable = true },
            Made.Node("full") with { AllocatablePods = 0 },
            Made.Node("thin") with { AllocatableMilliCpu = 100 },
        ];
        PodSpec large = new() { RequestedMilliCpu = 200, RequestedMemoryBytes = 2 };

        Reconciliation made = new ClusterObjects { Nodes = nodes, Controllers = [Made.Deployment("web", 2, large)] }.Reconciled();

        const string Reason = "0/5 nodes are available: 1 Insufficient memory, 1 Too many pods, 1 node(s) had untolerated taint(s), "
            + "1 node(s) were unschedulable, 2 Insufficient cpu.";
        Assert.That(made.Cluster.Pods, Has.All.Matches<Pod>(pod =>
            pod is { NodeName: null, Ready: false, PendingReason: Reason, Addresses.IsEmpty: true }));
        Assert.That(made.Cluster.Events.Select(item => (item.Reason, item.Message)), Is.All.EqualTo(("FailedScheduling", Reason)));
        Assert.That(made.Problems.Single().Message, Is.EqualTo($"2 of 2 pods of Deployment harbor/web stay Pending: {Reason}"));
    }

    [Test]
    public void A_cluster_without_nodes_says_so() =>
        Assert.That(new ClusterObjects { Pods = [Made.Pod("a")] }.Reconciled(Made.Bare with { Nodes = 0 }).Cluster.Pods[0].PendingReason,
            Is.EqualTo("no nodes available to schedule pods"));

    [Test]
    public void A_request_of_nothing_fits_a_node_that_is_overcommitted()
    {
        Node node = Made.Node("n1") with { AllocatableMilliCpu = 100 };
        Pod greedy = Made.Running("greedy", "n1", "10.244.0.9") with { Spec = new PodSpec { RequestedMilliCpu = 900 } };

        Reconciliation made = new ClusterObjects { Nodes = [node], Pods = [greedy, Made.Pod("modest")] }.Reconciled();

        Assert.That(made.Pod("modest").NodeName, Is.EqualTo("n1"));
    }

    [TestCase("disk=ssd", "", "n2")]
    [TestCase("disk=ssd,size=big", "", null)]
    [TestCase("", "disk In ssd hdd|size In big", "n1")]
    [TestCase("", "cores Gt 4", "n2")]
    [TestCase("", "cores Lt 4", "n1")]
    [TestCase("", "disk NotIn hdd;cores Exists", "n2")]
    public void Selectors_must_hold_in_full_and_of_affinity_terms_one(string selector, string affinity, string? expected)
    {
        ImmutableArray<Node> nodes = [Made.Node("n1", labels: "disk=hdd,cores=2"), Made.Node("n2", labels: "disk=ssd,cores=8")];
        PodSpec spec = new() { NodeSelector = Made.Labels(selector), NodeAffinityTerms = [.. affinity.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(Term)] };

        Pod pod = new ClusterObjects { Nodes = nodes, Pods = [Made.Pod("a", spec: spec)] }.Reconciled().Pod("a");

        Assert.That(pod.NodeName, Is.EqualTo(expected));
        if (expected is null)
            Assert.That(pod.PendingReason, Is.EqualTo("0/2 nodes are available: 2 node(s) didn't match Pod's node affinity/selector."));
    }

    [Test]
    public void An_affinity_term_without_expressions_selects_no_node()
    {
        PodSpec spec = new() { NodeAffinityTerms = [new LabelSelector()] };

        Assert.That(new ClusterObjects { Nodes = Made.Nodes(1), Pods = [Made.Pod("a", spec: spec)] }.Reconciled().Pod("a").NodeName, Is.Null);
    }

    [TestCase("NoSchedule", "Equal", "db", true, Description = "component-helpers scheduling/corev1 TestTolerationToleratesTaint")]
    [TestCase("NoSchedule", "Equal", "web", false)]
    [TestCase("NoExecute", "Equal", "db", false, Description = "an effect that the toleration does not name")]
    [TestCase("NoExecute", "Exists", "", true, Description = "no key, operator Exists: everything")]
    [TestCase("PreferNoSchedule", "", "", true, Description = "only a preference")]
    public void Taints_must_be_tolerated(string effect, string @operator, string value, bool runs)
    {
        Node node = Made.Node("n1") with { Taints = [new Taint("dedicated", "db", effect)] };
        PodSpec spec = new()
        {
            Tolerations = @operator switch
            {
                "Equal" => [new Toleration("dedicated", false, value, "NoSchedule")],
                "Exists" => [new Toleration("", true, "", "")],
                _ => [],
            },
        };

        Assert.That(new ClusterObjects { Nodes = [node], Pods = [Made.Pod("a", spec: spec)] }.Reconciled().Pod("a").NodeName, Is.EqualTo(runs ? "n1" : null));
    }

    [Test]
    public void A_node_that_is_not_ready_takes_no_new_pods_and_keeps_old_ones()
    {
        Node down = Made.Node("n1") with { Ready = false };

        Reconciliation made = new ClusterObjects { Nodes = [down], Pods = [Made.Running("old", "n1", "10.244.0.2"), Made.Pod("new")] }.Reconciled();

        Assert.That(made.Pod("old").NodeName, Is.EqualTo("n1"));
        Assert.That(made.Pod("new").PendingReason, Is.EqualTo("0/1 nodes are available: 1 node(s) had untolerated taint(s)."));
    }

    [Test]
    public void Pods_in_the_nodes_network_need_their_ports_free()
    {
        PodSpec spec = new() { HostNetwork = true, Ports = [new ContainerPort("web", 80, Protocol.TCP)] };

        Cluster cluster = new ClusterObjects { Nodes = Made.Nodes(2), Controllers = [Made.Deployment("web", 3, spec)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Count(pod => pod.NodeName is not null), Is.EqualTo(2));
        Assert.That(cluster.Pods[2].PendingReason, Is.EqualTo("0/2 nodes are available: 2 node(s) didn't have free ports for the requested pod ports."));
    }

    [Test]
    public void A_pod_that_names_its_node_skips_the_scheduler_but_not_the_kubelet()
    {
        ImmutableArray<Node> nodes = [Made.Node("n1"), Made.Node("n2") with { Taints = [new Taint("x", "", "NoSchedule")], AllocatablePods = 1 }];
        Pod[] pods =
        [
            Made.Pod("a", spec: new PodSpec { NodeName = "n2" }), Made.Pod("b", spec: new PodSpec { NodeName = "n2" }),
            Made.Pod("c", spec: new PodSpec { NodeName = "n9" }),
        ];

        Reconciliation made = new ClusterObjects { Nodes = nodes, Pods = [.. pods] }.Reconciled();

        Assert.That(made.Pod("a").NodeName, Is.EqualTo("n2"));
        Assert.That(made.Pod("b").PendingReason, Does.Contain("Too many pods"));
        Assert.That(made.Pod("c").PendingReason, Is.EqualTo("node \"n9\" not found"));
    }

    [Test]
    public void A_pod_that_runs_on_a_node_that_nobody_gave_runs_there_still()
    {
        Pod old = Made.Running("old", "elsewhere", "10.9.9.9");

        Assert.That(new ClusterObjects { Nodes = Made.Nodes(1), Pods = [old] }.Reconciled().Pod("old"), Is.SameAs(old));
    }

    private static LabelSelector Term(string text) => new()
    {
        Requirements = [.. text.Split(';').Select(part => part.Split(' ')).Select(words =>
            new LabelRequirement(words[0], Enum.Parse<LabelOperator>(words[1]), [.. words.Skip(2)]))],
    };
}
