using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>What a LoadBalancer Service gets, cloud by cloud. MetalLB's rules: metallb/metallb internal/allocator and its tests.</summary>
public class LoadBalancerControllerTests
{
    [TestCase(CloudProvider.None, "spec.cluster.cloud")]
    [TestCase(CloudProvider.Minikube, "minikube tunnel")]
    public void Without_somebody_who_gives_load_balancers_the_Service_stays_Pending(CloudProvider cloud, string advice)
    {
        Reconciliation made = new[] { Balanced("web") }.Reconciled(With(cloud));

        Assert.That(made.Service("web").LoadBalancerIngress, Is.Empty);
        Assert.That(made.Cluster.Events.Single().Message, Does.Contain("<pending>").And.Contains(advice));
    }

    [Test]
    public void A_minikube_tunnel_reports_the_cluster_IP()
    {
        Service made = new[] { Balanced("web") }.Reconciled(With(CloudProvider.Minikube) with { MinikubeTunnel = true }).Service("web");

        Assert.That(made.LoadBalancerIngress.Single().Ip, Is.EqualTo(made.ClusterIPs.Single()));
    }

    [TestCase(CloudProvider.Gcp, "203.0.113.1")]
    [TestCase(CloudProvider.Azure, "203.0.113.1")]
    [TestCase(CloudProvider.Metallb, "203.0.113.0")]
    public void Clouds_give_an_address_that_nodes_handle_as_their_own(CloudProvider cloud, string first)
    {
        Reconciliation made = new[] { Balanced("web"), Balanced("shop") }.Reconciled(With(cloud));

        Assert.That(made.Service("web").LoadBalancerIngress.Single(), Is.EqualTo(new LoadBalancerIngress(IpAddress.Parse(first), null, ProxyMode: false)));
        Assert.That(made.Service("shop").LoadBalancerIngress.Single().Ip, Is.EqualTo(IpAddress.Parse(first).Plus(1)));
    }

    [Test]
    public void Aws_gives_a_host_name_whose_addresses_nodes_leave_to_it()
    {
        LoadBalancerIngress ingress = new[] { Balanced("web") }.Reconciled(With(CloudProvider.Aws) with { Region = "eu-west-1" }).Service("web").LoadBalancerIngress.Single();

        Assert.That(ingress.Hostname, Does.StartWith("k8s-harbor-web-").And.EndsWith(".elb.eu-west-1.amazonaws.com"));
        Assert.That(ingress, Has.Property("ProxyMode").True.And.Property("Ip").EqualTo(IpAddress.Parse("203.0.113.1")));
    }

    [Test]
    public void What_a_live_cluster_reports_stays_and_its_address_is_not_given_again()
    {
        ImmutableArray<LoadBalancerIngress> reported = [new LoadBalancerIngress(IpAddress.Parse("203.0.113.1"), null, false)];

        Reconciliation made = new[] { Balanced("new"), Balanced("live") with { LoadBalancerIngress = reported } }.Reconciled(With(CloudProvider.Gcp));

        Assert.That(made.Service("live").LoadBalancerIngress, Is.EqualTo(reported));
        Assert.That(made.Service("new").LoadBalancerIngress.Single().Ip, Is.EqualTo(IpAddress.Parse("203.0.113.2")));
    }

    [TestCase(CloudProvider.Gcp, "service.k8s.aws/nlb", false)]
    [TestCase(CloudProvider.Aws, "service.k8s.aws/nlb", true)]
    [TestCase(CloudProvider.Metallb, "example.com/other", false)]
    public void A_class_that_nobody_here_serves_stays_Pending(CloudProvider cloud, string name, bool served)
    {
        Service made = new[] { Balanced("web") with { LoadBalancerClass = name } }.Reconciled(With(cloud)).Service("web");

        Assert.That(made.LoadBalancerIngress, served ? Is.Not.Empty : Is.Empty);
    }

    [Test]
    public void More_Services_than_the_usual_pool_holds_all_get_one()
    {
        Reconciliation made = Enumerable.Range(0, 1_000).Select(number => Balanced($"s{number}") with { AllocateNodePorts = false }).Reconciled(With(CloudProvider.Azure));

        Assert.That(made.Cluster.Services.Select(service => service.LoadBalancerIngress.Single().Ip), Is.Unique);
    }

    [Test]
    public void An_IPv6_Service_gets_an_IPv6_address()
    {
        ClusterSettings settings = With(CloudProvider.Gcp) with { ServiceCidrs = [Cidr.Parse("fd00::/112")] };

        Assert.That(new[] { Balanced("web") }.Reconciled(settings).Service("web").LoadBalancerIngress.Single().Ip!.Value.Family, Is.EqualTo(IpFamily.IPv6));
    }

    [Test]
    public void MetalLB_gives_a_requested_address_of_its_pool_and_no_other()
    {
        Service inside = Balanced("inside") with { RequestedLoadBalancerIP = IpAddress.Parse("192.0.2.5") };
        Service outside = Balanced("outside") with { RequestedLoadBalancerIP = IpAddress.Parse("198.51.100.1") };
        Service late = Balanced("late") with { RequestedLoadBalancerIP = IpAddress.Parse("192.0.2.5") };

        Reconciliation made = new[] { inside, outside, late }.Reconciled(Pool("192.0.2.0/28"));

        Assert.That(made.Service("inside").LoadBalancerIngress.Single().Ip, Is.EqualTo(IpAddress.Parse("192.0.2.5")));
        Assert.That(made.Service("outside").LoadBalancerIngress, Is.Empty);
        Assert.That(made.Service("late").LoadBalancerIngress, Is.Empty);
        Assert.That(made.Problems.Where(problem => problem.Field == "spec.loadBalancerIP").Select(problem => problem.Message).List(),
            Does.Contain("198.51.100.1, which is not in the pool").And.Contains("192.0.2.5, which Service harbor/inside has already"));
    }

    [Test]
    public void A_pool_that_is_used_up_leaves_the_rest_Pending()
    {
        Reconciliation made = new[] { Balanced("a"), Balanced("b"), Balanced("c") }.Reconciled(Pool("192.0.2.0/31"));

        Assert.That(made.Cluster.Services.Select(service => service.LoadBalancerIngress.Length).List(), Is.EqualTo("1 1 0"));
        Assert.That(made.Cluster.Events.Single(), Is.EqualTo(new ClusterEvent("Service", "harbor", "c", true, "AllocationFailed", "Failed to allocate IP for \"harbor/c\": no available IPs")));
    }

    [TestCase("same", 443, TrafficPolicy.Cluster, "app=other", true, Description = "two Cluster Services share freely")]
    [TestCase("same", 80, TrafficPolicy.Cluster, "app=other", false, Description = "a port that is taken")]
    [TestCase("different", 443, TrafficPolicy.Cluster, "app=other", false, Description = "another key")]
    [TestCase("", 443, TrafficPolicy.Cluster, "app=other", false, Description = "no key")]
    [TestCase("same", 443, TrafficPolicy.Local, "app=web", false, Description = "Local shares with Local only")]
    public void With_MetalLB_Services_share_an_address_by_key_where_ports_differ(string key, int port, TrafficPolicy policy, string selector, bool shares)
    {
        Service first = Sharing("first", "same", "app=web", 80);
        Service second = Sharing("second", key, selector, port) with { ExternalTrafficPolicy = policy };

        Reconciliation made = new[] { first, second }.Reconciled(Pool("192.0.2.0/28"));

        Assert.That(made.Service("second").LoadBalancerIngress.Single().Ip, Is.EqualTo(IpAddress.Parse(shares ? "192.0.2.0" : "192.0.2.1")));
    }

    [Test]
    public void With_MetalLB_Local_Services_share_where_they_have_the_same_pods()
    {
        Service first = Sharing("first", "same", "app=web", 80) with { ExternalTrafficPolicy = TrafficPolicy.Local };
        Service second = Sharing("second", "same", "app=web", 443) with { ExternalTrafficPolicy = TrafficPolicy.Local };

        Reconciliation made = new[] { first, second }.Reconciled(Pool("192.0.2.0/28"));

        Assert.That(made.Service("second").LoadBalancerIngress.Single(), Is.EqualTo(made.Service("first").LoadBalancerIngress.Single()));
    }

    private static Service Balanced(string name) => Made.Service(name, "app=web") with { Type = ServiceType.LoadBalancer };

    private static Service Sharing(string name, string key, string selector, int port) => Made.Service(name, selector, new ServicePort { Port = port }) with
    {
        Type = ServiceType.LoadBalancer,
        Meta = Made.Meta(name) with { Annotations = ObjectMeta.NoLabels.Add("metallb.io/allow-shared-ip", key) },
    };

    private static ClusterSettings With(CloudProvider cloud) => Made.Bare with { Cloud = cloud };

    private static ClusterSettings Pool(string block) => With(CloudProvider.Metallb) with { LoadBalancerPool = Cidr.Parse(block) };
}
