using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Nodes and their blocks. Defaults: kubeadm (Services 10.96.0.0/12), flannel (pods 10.244.0.0/16), kube-controller-manager (a /24 a node).</summary>
public class NodeControllerTests
{
    private static readonly string[] Expected =
    [
        "node-1 zone-a 192.168.0.2 10.244.0.0/24", "node-2 zone-b 192.168.0.3 10.244.1.0/24", "node-3 zone-c 192.168.0.4 10.244.2.0/24",
    ];

    [Test]
    public void Without_a_word_there_are_three_nodes_in_three_zones_and_the_output_says_so()
    {
        Cluster cluster = new ClusterObjects().Reconciled().Cluster;

        Assert.That(cluster.Nodes.Select(node => $"{node.Meta.Name} {node.Zone} {node.InternalAddresses.Single()} {node.PodCidrs.Single()}"), Is.EqualTo(Expected));
        Assert.That(cluster.Defaults.Select(item => item.What).List(), Is.EqualTo("nodes cloud kube-proxy"));
    }

    [Test]
    public void Made_nodes_take_zones_in_turn_and_what_the_settings_say()
    {
        ClusterSettings settings = Made.Bare with { Nodes = 5, Zones = ["x", "y"], Region = "north", NodeMilliCpu = 500, NodeMemoryBytes = 1 << 20, NodePods = 7 };

        Cluster cluster = new ClusterObjects().Reconciled(settings).Cluster;

        Assert.That(cluster.Nodes.Select(node => node.Zone).List(), Is.EqualTo("x y x y x"));
        Assert.That(cluster.Nodes, Has.All.Matches<Node>(node => node is
        { Region: "north", AllocatableMilliCpu: 500, AllocatableMemoryBytes: 1 << 20, AllocatablePods: 7 }));
        Assert.That(cluster.Defaults.Select(item => item.What), Does.Not.Contain("nodes"));
    }

    [Test]
    public void Nodes_that_are_given_keep_what_they_say()
    {
        Node first = Made.Node("first") with { InternalAddresses = [IpAddress.Parse("192.168.0.2")], PodCidrs = [Cidr.Parse("10.244.0.0/24")] };

        Cluster cluster = new ClusterObjects { Nodes = [first, Made.Node("second")] }.Reconciled(Made.Bare with { Nodes = 9 }).Cluster;

        Assert.That(cluster.Nodes[0] with { Meta = first.Meta }, Is.EqualTo(first));
        Assert.That(cluster.Nodes[0].Meta.Name, Is.EqualTo("first"));
        Assert.That(cluster.Nodes[1].InternalAddresses.Single().ToString(), Is.EqualTo("192.168.0.3"));
        Assert.That(cluster.Nodes[1].PodCidrs.Single().ToString(), Is.EqualTo("10.244.1.0/24"));
        Assert.That(cluster.Nodes, Has.Length.EqualTo(2));
    }

    [Test]
    public void Blocks_that_nodes_say_are_avoided_whatever_their_size()
    {
        Node wide = Made.Node("wide") with { PodCidrs = [Cidr.Parse("10.244.0.0/23")] };
        Node narrow = Made.Node("narrow") with { PodCidrs = [Cidr.Parse("10.244.2.128/25")] };

        Cluster cluster = new ClusterObjects { Nodes = [wide, narrow, Made.Node("new")] }.Reconciled().Cluster;

        Assert.That(cluster.Nodes[2].PodCidrs.Single().ToString(), Is.EqualTo("10.244.3.0/24"));
    }

    [TestCase(256, "10.244.0.0/16", "10.244.255.0/24")]
    [TestCase(257, "10.128.0.0/9", "10.129.0.0/24")]
    public void More_than_256_nodes_have_a_wider_block(int nodes, string cluster, string last)
    {
        Cluster made = new ClusterObjects().Reconciled(Made.Bare with { Nodes = nodes }).Cluster;

        Assert.That(made.PodCidrs.Single().ToString(), Is.EqualTo(cluster));
        Assert.That(made.Nodes[^1].PodCidrs.Single().ToString(), Is.EqualTo(last));
    }

    [TestCase("10.1.0.0/24", 3, "10.1.0.128/26")]
    [TestCase("10.1.0.0/16", 3, "10.1.2.0/24")]
    [TestCase("fd00:1::/62", 3, "fd00:1:0:2::/64")]
    public void A_block_is_cut_smaller_where_it_has_not_a_usual_part_for_every_node(string block, int nodes, string last)
    {
        Cluster made = new ClusterObjects().Reconciled(Made.Bare with { Nodes = nodes, PodCidrs = [Cidr.Parse(block)] }).Cluster;

        Assert.That(made.Nodes[^1].PodCidrs.Single(part => part.Family == Cidr.Parse(block).Family).ToString(), Is.EqualTo(last));
    }

    [Test]
    public void A_node_for_which_no_block_is_left_has_none_and_an_event_says_so()
    {
        ImmutableArray<Node> nodes = [Made.Node("owner") with { PodCidrs = [Cidr.Parse("10.1.0.0/24")] }, Made.Node("late")];

        Cluster cluster = new ClusterObjects { Nodes = nodes }.Reconciled(Made.Bare with { PodCidrs = [Cidr.Parse("10.1.0.0/24")] }).Cluster;

        Assert.That(cluster.Nodes[1].PodCidrs, Is.Empty);
        Assert.That(cluster.Events.Single(), Is.EqualTo(new ClusterEvent("Node", "", "late", false, "CIDRNotAvailable", "Node late status is now: CIDRNotAvailable")));
    }

    [Test]
    public void A_family_that_only_the_Services_have_nodes_and_pods_get_too()
    {
        ClusterSettings settings = Made.Bare with { Nodes = 1, ServiceCidrs = [Cidr.Parse("fd00::/112"), Cidr.Parse("10.96.0.0/16")] };

        Cluster cluster = new ClusterObjects { Pods = [Made.Pod("one")] }.Reconciled(settings).Cluster;

        Assert.That(cluster.Nodes[0].InternalAddresses.List(), Is.EqualTo("fd00:192:168::2 192.168.0.2"));
        Assert.That(cluster.PodCidrs.List(), Is.EqualTo("fd00:10:244::/48 10.244.0.0/16"));
        Assert.That(cluster.Pods[0].Addresses.List(), Is.EqualTo("fd00:10:244::2 10.244.0.2"));
    }

    [Test]
    public void Pods_have_addresses_of_their_node_from_the_second_on_and_none_that_is_taken()
    {
        Pod old = Made.Running("old", "n1", "10.244.0.3");

        Reconciliation made = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [old, Made.Pod("a"), Made.Pod("b")] }.Reconciled();

        Assert.That(made.Cluster.Pods.Select(pod => pod.Addresses.Single()).List(), Is.EqualTo("10.244.0.3 10.244.0.2 10.244.0.4"));
    }

    [Test]
    public void A_pod_in_its_nodes_network_has_its_nodes_address()
    {
        Reconciliation made = new ClusterObjects { Nodes = Made.Nodes(1), Pods = [Made.Pod("a", spec: new PodSpec { HostNetwork = true })] }.Reconciled();

        Assert.That(made.Cluster.Pods[0].Addresses, Is.EqualTo(made.Cluster.Nodes[0].InternalAddresses));
    }

    [Test]
    public void A_pod_for_which_its_node_has_no_address_is_not_ready_and_an_event_says_so()
    {
        Node tiny = Made.Node("tiny") with { PodCidrs = [Cidr.Parse("10.1.0.0/30")] };

        Reconciliation made = new ClusterObjects { Nodes = [tiny], Pods = [Made.Pod("a"), Made.Pod("b")] }.Reconciled();

        Assert.That(made.Cluster.Pods.Select(pod => pod.Ready).List(), Is.EqualTo("True False"));
        Assert.That(made.Cluster.Events.Single().Reason, Is.EqualTo("FailedCreatePodSandBox"));
    }
}
