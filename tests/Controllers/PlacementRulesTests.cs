using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Where pods go because of where others are: plugins InterPodAffinity and PodTopologySpread of kube-scheduler.</summary>
public class PlacementRulesTests
{
    private const string Hostname = Node.HostnameLabel;

    [Test]
    public void Required_anti_affinity_keeps_pods_of_a_kind_on_different_nodes()
    {
        PodSpec spec = new() { AntiAffinity = [new PodAntiAffinityTerm(Made.Selecting("app=web"), Hostname, Required: true)] };

        Cluster cluster = new ClusterObjects { Nodes = Made.Nodes(2), Controllers = [Made.Deployment("web", 3, spec)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.NodeName).List(), Is.EqualTo("n1 n2 -"));
        Assert.That(cluster.Pods[2].PendingReason, Is.EqualTo("0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules."));
    }

    [Test]
    public void Anti_affinity_holds_against_newcomers_that_have_none_themselves()
    {
        PodSpec shy = new() { AntiAffinity = [new PodAntiAffinityTerm(Made.Selecting("noisy=yes"), Hostname, Required: true)] };

        Reconciliation made = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [Made.Pod("shy", spec: shy), Made.Pod("loud", "noisy=yes"), Made.Pod("calm")] }.Reconciled();

        Assert.That(made.Pod("loud").PendingReason, Is.EqualTo("0/1 nodes are available: 1 node(s) didn't satisfy existing pods anti-affinity rules."));
        Assert.That(made.Pod("calm").NodeName, Is.EqualTo("n1"));
    }

    [Test]
    public void Anti_affinity_that_is_only_preferred_and_that_of_other_namespaces_does_not_hold()
    {
        PodSpec mild = new() { AntiAffinity = [new PodAntiAffinityTerm(Made.Selecting("app=web"), Hostname, Required: false)] };
        PodSpec strict = new() { AntiAffinity = [new PodAntiAffinityTerm(Made.Selecting("app=web"), Hostname, Required: true)] };
        Pod stranger = Made.Pod("stranger", spec: strict) with { Meta = Made.Meta("stranger") with { Namespace = "elsewhere" } };

        Cluster cluster = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [stranger], Controllers = [Made.Deployment("web", 2, mild)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods, Has.All.Matches<Pod>(pod => pod is { NodeName: "n1" }));
    }

    [Test(Description = "podtopologyspread/filtering_test.go TestSingleConstraint: count in the domain, plus one, minus the least, at most maxSkew")]
    public void Hard_topology_spread_keeps_domains_within_the_skew()
    {
        ImmutableArray<Node> nodes = [Made.Node("a1", "a"), Made.Node("b1", "b") with { AllocatablePods = 1 }];
        PodSpec spec = new() { TopologySpread = [new TopologySpreadConstraint(1, Node.ZoneLabel, true, Made.Selecting("app=web"))] };

        Cluster cluster = new ClusterObjects { Nodes = nodes, Controllers = [Made.Deployment("web", 4, spec)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.NodeName).List(), Is.EqualTo("a1 b1 a1 -"));
        Assert.That(cluster.Pods[3].PendingReason, Is.EqualTo("0/2 nodes are available: 1 Too many pods, 1 node(s) didn't match pod topology spread constraints."));
    }

    [Test(Description = "podtopologyspread/filtering_test.go: nodes without the key are out, nodes that the pod does not select are no domain")]
    public void Spread_counts_only_nodes_that_the_pod_selects_and_that_have_the_key()
    {
        Node keyless = Made.Node("k") with { Meta = new ObjectMeta { Name = "k", Labels = Made.Labels("pool=blue") } };
        ImmutableArray<Node> nodes = [Made.Node("a1", "a", "pool=blue"), Made.Node("b1", "b", "pool=red"), keyless];
        PodSpec spec = new()
        {
            NodeSelector = Made.Labels("pool=blue"),
            TopologySpread = [new TopologySpreadConstraint(1, Node.ZoneLabel, true, Made.Selecting("app=web"))],
        };

        Cluster cluster = new ClusterObjects { Nodes = nodes, Controllers = [Made.Deployment("web", 3, spec)] }.Reconciled().Cluster;

        Assert.That(cluster.Pods.Select(pod => pod.NodeName), Is.All.EqualTo("a1"));
    }

    [Test]
    public void Soft_topology_spread_and_anti_affinity_refuse_nobody()
    {
        PodSpec spec = new() { TopologySpread = [new TopologySpreadConstraint(1, "no-such-label", false, Made.Selecting("app=web"))] };

        Assert.That(new ClusterObjects { Nodes = Made.Nodes(1), Controllers = [Made.Deployment("web", 2, spec)] }.Reconciled().Cluster.Pods,
            Has.All.Matches<Pod>(pod => pod is { NodeName: "n1" }));
    }
}
