using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.DataPlane;

public class LoadBalancerTableTests
{
    private const string Address = "203.0.113.1";

    private static readonly Service Dock = Given.Service("dock", "10.96.0.1", nodePort: 30_080).WithLoadBalancer(Address);
    private static readonly Service LocalDock = Dock.Externally(TrafficPolicy.Local);

    // Five nodes in two zones: north has two, south three.
    private static readonly ImmutableArray<Node> Piers =
    [
        Given.Node("pier-1", "192.0.2.1", "north"), Given.Node("pier-2", "192.0.2.2", "north"),
        Given.Node("pier-3", "192.0.2.3", "south"), Given.Node("pier-4", "192.0.2.4", "south"), Given.Node("pier-5", "192.0.2.5", "south"),
    ];

    [Test(Description = "AWS documentation: with cross-zone balancing off each zone's address gets the same share of the clients.")]
    public void Aws_gives_every_zone_the_same_share_whatever_the_number_of_its_nodes()
    {
        LoadBalancer balancer = Make(CloudProvider.Aws, Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(Shares(balancer), Is.EqualTo(new[] { 1 / 4.0, 1 / 4.0, 1 / 6.0, 1 / 6.0, 1 / 6.0 }).Within(1e-12));
    }

    [TestCase("service.beta.kubernetes.io/aws-load-balancer-attributes", "a=b, load_balancing.cross_zone.enabled=true")]
    [TestCase("service.beta.kubernetes.io/aws-load-balancer-cross-zone-load-balancing-enabled", "true")]
    public void Aws_with_cross_zone_balancing_gives_every_node_the_same_share(string annotation, string value)
    {
        Service service = Dock with { Meta = Dock.Meta with { Annotations = ObjectMeta.NoLabels.Add(annotation, value) } };

        Assert.That(Shares(Make(CloudProvider.Aws, service, Given.Ready("10.1.1.1", "pier-1"))), Is.All.EqualTo(0.2).Within(1e-12));
    }

    [Test]
    public void Minikube_has_one_node_to_route_to_and_keeps_the_cluster_IP()
    {
        Service service = Given.Service("dock", "10.96.0.1", nodePort: 30_080).WithLoadBalancer("10.96.0.1");
        Cluster cluster = Cluster(CloudProvider.Minikube, Piers[..1], service, Given.Ready("10.1.1.1", "pier-1"));

        LoadBalancer? route = LoadBalancerTable.Compile(cluster, ServiceTable.Compile(cluster)).Find(IpAddress.Parse("10.96.0.1"), Protocol.TCP, 80);

        Assert.That(route!.Pick(0.99), Is.Zero);
        Assert.That(route.DestinationAt(0), Is.EqualTo((IpAddress.Parse("10.96.0.1"), 80)));
    }

    [Test]
    public void A_node_without_an_address_of_the_family_is_no_target_for_node_ports()
    {
        Node onlyIPv6 = Given.Node("pier-6", "2001:db8::6", "north");
        Cluster cluster = Cluster(CloudProvider.Aws, Piers.Add(onlyIPv6), Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(Find(cluster).TargetNodes, Has.No.Member(5));
        Assert.That(() => Find(cluster).DestinationAt(5), Throws.ArgumentException);
    }

    [Test]
    public void Google_and_azure_know_no_zones([Values(CloudProvider.Gcp, CloudProvider.Azure)] CloudProvider cloud)
    {
        LoadBalancer balancer = Make(cloud, Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(Shares(balancer), Is.All.EqualTo(0.2).Within(1e-12));
    }

    [TestCase(CloudProvider.Aws, "192.0.2.4", 30_080)]
    [TestCase(CloudProvider.Gcp, Address, 80)]
    [TestCase(CloudProvider.Azure, Address, 80)]
    [TestCase(CloudProvider.Metallb, Address, 80)]
    public void Packets_arrive_at_the_node_port_or_keep_the_address_of_the_balancer(CloudProvider cloud, string address, int port)
    {
        LoadBalancer balancer = Make(cloud, Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(balancer.DestinationAt(3), Is.EqualTo((IpAddress.Parse(address), port)));
        Assert.That((balancer.Traits.ProxiesConnection, balancer.Traits.KeepsClientAddress), Is.EqualTo((false, true)));
    }

    [Test]
    public void Policy_local_leaves_only_nodes_with_ready_endpoints([Values(CloudProvider.Aws, CloudProvider.Gcp, CloudProvider.Azure)] CloudProvider cloud)
    {
        LoadBalancer balancer = Make(cloud, LocalDock,
            Given.Ready("10.1.1.1", "pier-2"), Given.Ready("10.1.1.2", "pier-2"), Given.Ready("10.1.1.3", "pier-4"), Given.Terminating("10.1.1.4", "pier-5"));

        Assert.That(balancer.TargetNodes, Is.EqualTo((int[])[1, 3]));
        Assert.That(balancer.ShareOf(1), Is.EqualTo(0.5).Within(1e-12), "nodes count alike, however many pods they have");
    }

    [TestCase(CloudProvider.Aws, 5)]
    [TestCase(CloudProvider.Gcp, 5)]
    [TestCase(CloudProvider.Azure, 0)]
    [TestCase(CloudProvider.Metallb, 0)]
    public void Without_a_healthy_node_a_balancer_uses_all_or_none(CloudProvider cloud, int targets)
    {
        LoadBalancer balancer = Make(cloud, LocalDock, Given.Unready("10.1.1.1", "pier-1"));

        Assert.That(balancer.TargetNodes, Has.Length.EqualTo(targets));
        if (targets == 0)
            Assert.That(balancer.Pick(0.5), Is.EqualTo(-1));
    }

    [Test(Description = "kubernetes/cloud-provider controllers/service/controller.go: NotReady nodes stay registered; the health check finds them.")]
    public void A_node_that_is_not_ready_fails_its_health_check()
    {
        Cluster cluster = Cluster(CloudProvider.Gcp, Piers.SetItem(0, Piers[0] with { Ready = false }), Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(Find(cluster).TargetNodes, Is.EqualTo((int[])[1, 2, 3, 4]));
    }

    [TestCase("", false)]
    [TestCase("true", false)]
    [TestCase("nonsense", false)]
    [TestCase("false", true)]
    public void The_exclude_label_takes_a_node_out_unless_it_says_false(string value, bool stays)
    {
        Node labelled = Piers[4] with
        {
            Meta = Piers[4].Meta with { Labels = Piers[4].Meta.Labels.Add(Node.ExcludeFromLoadBalancersLabel, value) },
        };
        Cluster cluster = Cluster(CloudProvider.Gcp, Piers.SetItem(4, labelled), Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(Find(cluster).TargetNodes.Contains(4), Is.EqualTo(stays));
    }

    [Test]
    public void A_node_that_the_autoscaler_takes_away_gets_nothing()
    {
        Node leaving = Piers[2] with { Taints = [new Taint("ToBeDeletedByClusterAutoscaler", "1", "NoSchedule")] };
        Cluster cluster = Cluster(CloudProvider.Aws, Piers.SetItem(2, leaving), Dock, Given.Ready("10.1.1.1", "pier-1"));

        Assert.That(Find(cluster).ShareOf(2), Is.Zero);
    }

    [Test(Description = "metallb/metallb speaker/layer2_controller.go: the node with the smallest SHA-256 of NODE#ADDRESS announces.")]
    public void Metallb_has_one_node_answer_for_an_address_and_keeps_it_when_another_leaves()
    {
        Endpoint endpoint = Given.Ready("10.1.1.1", "pier-1");
        int winner = Make(CloudProvider.Metallb, Dock, endpoint).TargetNodes.Single();
        string expected = Piers.MinBy(node => Convert.ToHexString(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{node.Meta.Name}#{Address}"))), StringComparer.Ordinal)!.Meta.Name;
        int loser = (winner + 1) % Piers.Length;
        Cluster without = Cluster(CloudProvider.Metallb, Piers.SetItem(loser, Piers[loser] with { Ready = false }), Dock, endpoint);

        Assert.That(Piers[winner].Meta.Name, Is.EqualTo(expected));
        Assert.That(Find(without).TargetNodes, Is.EqualTo(new[] { winner }));
    }

    [Test]
    public void Metallb_under_policy_local_answers_from_a_node_that_still_serves()
    {
        LoadBalancer balancer = Make(CloudProvider.Metallb, LocalDock, Given.Terminating("10.1.1.1", "pier-3"));

        Assert.That(balancer.TargetNodes, Is.EqualTo((int[])[2]));
    }

    [Test]
    public void Picking_follows_the_shares()
    {
        LoadBalancer balancer = Make(CloudProvider.Aws, Dock, Given.Ready("10.1.1.1", "pier-1"));
        const int Draws = 12_000;

        int[] counts = new int[5];
        for (int i = 0; i < Draws; i++)
            counts[balancer.Pick((i + 0.5) / Draws)]++;

        Assert.That(counts.Select(count => count / (double)Draws), Is.EqualTo(Shares(balancer)).Within(1e-3));
    }

    [Test]
    public void External_IPs_are_routed_to_every_node_alike()
    {
        Service service = Given.Service("dock", "10.96.0.1") with { ExternalIPs = [IpAddress.Parse("203.0.113.9")] };
        Cluster cluster = Cluster(CloudProvider.Aws, Piers, service, Given.Ready("10.1.1.1", "pier-1"));

        LoadBalancer? route = LoadBalancerTable.Compile(cluster, ServiceTable.Compile(cluster)).Find(IpAddress.Parse("203.0.113.9"), Protocol.TCP, 80);

        Assert.That(route!.TargetNodes, Has.Length.EqualTo(5));
    }

    [Test]
    public void A_balancer_with_a_host_name_is_found_by_it()
    {
        Service service = Dock with { LoadBalancerIngress = [new LoadBalancerIngress(null, "dock.elb.example", false)] };
        Cluster cluster = Cluster(CloudProvider.Aws, Piers, service, Given.Ready("10.1.1.1", "pier-1"));

        LoadBalancer? balancer = LoadBalancerTable.Compile(cluster, ServiceTable.Compile(cluster)).Find("dock.elb.example", Protocol.TCP, 80);

        Assert.That(balancer!.DestinationAt(0), Is.EqualTo((IpAddress.Parse("192.0.2.1"), 30_080)));
    }

    [Test]
    public void A_balancer_notices_a_failed_node_after_its_checks_failed_often_enough()
    {
        LoadBalancerTraits aws = LoadBalancerTraits.Of(CloudProvider.Aws);

        Assert.That(aws.ClusterCheck.DetectionNs, Is.EqualTo(90_000_000_000));
        Assert.That(aws.LocalCheck.DetectionNs, Is.EqualTo(20_000_000_000));
    }

    private static double[] Shares(LoadBalancer balancer) => [.. Enumerable.Range(0, 5).Select(balancer.ShareOf)];

    private static LoadBalancer Make(CloudProvider cloud, Service service, params Endpoint[] endpoints) =>
        Find(Cluster(cloud, Piers, service, endpoints));

    private static LoadBalancer Find(Cluster cluster) =>
        LoadBalancerTable.Compile(cluster, ServiceTable.Compile(cluster)).Find(IpAddress.Parse(Address), Protocol.TCP, 80)!;

    private static Cluster Cluster(CloudProvider cloud, ImmutableArray<Node> nodes, Service service, params Endpoint[] endpoints) =>
        Given.Cluster(nodes, (service, endpoints)) with { Cloud = cloud };
}
