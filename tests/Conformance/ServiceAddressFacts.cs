using KubeNetSim.Tests.DataPlane;
using NUnit.Framework;

namespace KubeNetSim.Tests.Conformance;

/// <summary>
/// Which addresses lead to a Service, and where the two modes differ. The facts are those of kubernetes/kubernetes
/// pkg/proxy/iptables/proxier_test.go and pkg/proxy/nftables/proxier_test.go: TestClusterIPGeneral, TestNodePorts, TestLoadBalancer,
/// TestLoadBalancerIngressRouteType*, TestHealthCheckNodePort, TestBuildServiceMapServiceHeadless.
/// </summary>
public class ServiceAddressFacts
{
    private const string ClusterIP = "10.96.0.1";
    private const string BalancerIP = "203.0.113.1";
    private const string NodeIP = "192.0.2.1";
    private const string SecondNodeIP = "192.0.2.129";
    private const string Pod = "10.1.1.9";
    private const string Endpoint = "10.1.2.1";

    private static readonly Service Dock = Given.Service("dock", ClusterIP, nodePort: 30_080);

    [TestCase(ProxyModeNames.Iptables, "PassThrough")]
    [TestCase(ProxyModeNames.Nftables, "Reject")]
    [TestCase(ProxyModeNames.Ipvs, "Reject")]
    public void A_port_that_the_service_does_not_have(string mode, string verdict)
    {
        Assert.That(At(mode, Dock).Decide(Pod, ClusterIP, 81), Is.EqualTo(verdict));
        Assert.That(At(mode, Dock).Decide(Pod, ClusterIP, 80, Protocol.UDP), Is.EqualTo(verdict));
    }

    [TestCase(ProxyModeNames.Iptables, "PassThrough")]
    [TestCase(ProxyModeNames.Nftables, "Drop")]
    [TestCase(ProxyModeNames.Ipvs, "PassThrough")]
    public void An_address_of_the_service_block_that_nobody_owns(string mode, string verdict) =>
        Assert.That(At(mode, Dock).Decide(Pod, "10.96.0.99"), Is.EqualTo(verdict));

    [Test]
    public void Ports_with_one_number_and_three_protocols_are_three_ports([Values] Protocol protocol)
    {
        Service service = Dock with
        {
            Ports = [.. Enum.GetValues<Protocol>().Select(each => new ServicePort { Name = $"p-{each}".ToLowerInvariant(), Port = 53, Protocol = each })],
        };

        Decision decision = At(ProxyModeNames.Iptables, service).Snapshot.Decide(Given.Packet(Pod, ClusterIP, 53, protocol));

        Assert.That((decision.Port!.Port.Protocol, decision.Endpoints[0].Port), Is.EqualTo((protocol, 8053)));
    }

    [TestCase(ProxyModeNames.Iptables, true)]
    [TestCase(ProxyModeNames.Nftables, false)]
    [TestCase(ProxyModeNames.Ipvs, true)]
    public void Node_ports_are_by_default_on_every_address_of_the_node_or_on_the_first(string mode, bool alsoOnSecond)
    {
        Assert.That(At(mode, Dock).Decide(Given.World, NodeIP, 30_080), Is.EqualTo($"{Endpoint} masqueraded"));
        Assert.That(At(mode, Dock).Decide(Given.World, SecondNodeIP, 30_080),
            Is.EqualTo(alsoOnSecond ? $"{Endpoint} masqueraded" : "PassThrough"));
    }

    [Test]
    public void Node_port_addresses_choose_among_the_addresses_of_the_node([ValueSource(typeof(ProxyModeNames), nameof(ProxyModeNames.All))] string mode)
    {
        AtNode node = At(mode, Dock, configuration => configuration with { NodePortAddresses = [Cidr.Parse("192.0.2.128/25")] });

        Assert.That(node.Decide(Given.World, SecondNodeIP, 30_080), Is.EqualTo($"{Endpoint} masqueraded"));
        Assert.That(node.Decide(Given.World, NodeIP, 30_080), Is.EqualTo("PassThrough"));
    }

    [Test]
    public void Node_port_addresses_of_one_family_leave_the_other_family_alone()
    {
        NodeAddresses addresses = new(
            Given.Node("pier-1", "2001:db8::1"), new KubeProxyConfiguration { NodePortAddresses = [Cidr.Parse("192.0.2.0/24")] }, new IptablesMode());

        Assert.That(addresses.HasNodePorts(IpAddress.Parse("2001:db8::1")), Is.True);
    }

    [TestCase(ProxyModeNames.Iptables, true, $"{Endpoint} masqueraded")]
    [TestCase(ProxyModeNames.Iptables, false, "PassThrough")]
    [TestCase(ProxyModeNames.Nftables, true, "PassThrough")]
    [TestCase(ProxyModeNames.Ipvs, true, "PassThrough")]
    public void Only_iptables_has_node_ports_on_loopback_unless_told_not_to(string mode, bool localhost, string expected)
    {
        AtNode node = At(mode, Dock, configuration => configuration with { LocalhostNodePorts = localhost });

        Assert.That(node.Decide("127.0.0.1", "127.0.0.1", 30_080), Is.EqualTo(expected));
    }

    [Test]
    public void Source_ranges_guard_the_load_balancer_address_and_nothing_else([ValueSource(typeof(ProxyModeNames), nameof(ProxyModeNames.All))] string mode)
    {
        AtNode node = At(mode, Dock.WithLoadBalancer(BalancerIP, "198.51.100.0/25"));

        Assert.That(node.Decide("198.51.100.77", BalancerIP), Is.EqualTo($"{Endpoint} masqueraded"));
        Assert.That(node.Decide("198.51.100.177", BalancerIP), Is.EqualTo("Drop"));
        Assert.That(node.Decide(Pod, BalancerIP), Is.EqualTo("Drop"));
        Assert.That(node.Decide(NodeIP, BalancerIP), Is.EqualTo("Drop"));
        Assert.That(node.Decide("198.51.100.177", NodeIP, 30_080), Is.EqualTo($"{Endpoint} masqueraded"));
    }

    [Test]
    public void The_load_balancer_address_may_call_itself_where_the_node_is_in_range([ValueSource(typeof(ProxyModeNames), nameof(ProxyModeNames.All))] string mode)
    {
        Service open = Dock.WithLoadBalancer(BalancerIP, "198.51.100.0/25", "192.0.2.0/24");
        Service closed = Dock.WithLoadBalancer(BalancerIP, "198.51.100.0/25");

        Assert.That(At(mode, open).Decide(BalancerIP, BalancerIP), Is.EqualTo($"{Endpoint} masqueraded"));
        Assert.That(At(mode, open).Decide(NodeIP, BalancerIP), Is.EqualTo($"{Endpoint} masqueraded"));
        Assert.That(At(mode, closed).Decide(BalancerIP, BalancerIP), Is.EqualTo("Drop"));
    }

    [TestCase(ProxyModeNames.Iptables, "Reject")]
    [TestCase(ProxyModeNames.Nftables, "Drop")]
    [TestCase(ProxyModeNames.Ipvs, "Drop")]
    public void Source_ranges_of_a_service_without_endpoints(string mode, string verdict)
    {
        Service service = Dock.WithLoadBalancer(BalancerIP, "198.51.100.0/25");

        Assert.That(At(mode, service, endpoints: []).Decide("198.51.100.177", BalancerIP), Is.EqualTo(verdict));
    }

    [Test]
    public void A_load_balancer_that_proxies_is_none_of_the_proxys_business([Values(ProxyModeNames.Iptables, ProxyModeNames.Nftables, ProxyModeNames.Ipvs)] string mode)
    {
        Service service = Dock.WithLoadBalancer(BalancerIP) with
        {
            LoadBalancerIngress = [new LoadBalancerIngress(IpAddress.Parse(BalancerIP), null, ProxyMode: true)],
        };

        Assert.That(At(mode, service).Decide(Pod, BalancerIP), Is.EqualTo("PassThrough"));
    }

    [TestCase(ProxyModeNames.Iptables, "Accept")]
    [TestCase(ProxyModeNames.Ipvs, "Accept")]
    [TestCase(ProxyModeNames.Nftables, "PassThrough")]
    public void The_health_check_node_port_is_let_in(string mode, string verdict)
    {
        Service service = Dock.WithLoadBalancer(BalancerIP).Externally(TrafficPolicy.Local) with { HealthCheckNodePort = 32_000 };

        Assert.That(At(mode, service).Decide(Given.World, NodeIP, 32_000), Is.EqualTo(verdict));
        Assert.That(At(mode, service).Decide(Given.World, NodeIP, 32_000, Protocol.UDP), Is.EqualTo("PassThrough"));
        Assert.That(At(mode, service.Externally(TrafficPolicy.Cluster)).Decide(Given.World, NodeIP, 32_000), Is.EqualTo("PassThrough"));
    }

    [Test]
    public void Headless_services_external_names_and_services_of_other_proxies_have_no_rules()
    {
        Service foreign = Dock with { Meta = Dock.Meta with { Labels = ObjectMeta.NoLabels.Add("service.kubernetes.io/service-proxy-name", "mesh") } };

        Cluster cluster = Harbor(Dock with { IsHeadless = true });
        Cluster named = Harbor(Dock with { Type = ServiceType.ExternalName, ExternalName = "docks.example" });

        Assert.That(ServiceTable.Compile(cluster).Ports, Is.Empty);
        Assert.That(ServiceTable.Compile(named).Ports, Is.Empty);
        Assert.That(ServiceTable.Compile(Harbor(foreign)).Ports, Is.Empty);
    }

    [Test(Description = "KUBE-EXTERNAL-SERVICES is called from INPUT and FORWARD only: a node's own packets leave unseen. nftables checks its output hook too.")]
    public void Packets_of_the_node_itself_to_a_balancer_without_endpoints_leave_the_node_in_iptables_mode_only()
    {
        Service service = Dock.WithLoadBalancer(BalancerIP);

        Assert.That(At(ProxyModeNames.Iptables, service, endpoints: []).Decide(NodeIP, BalancerIP), Is.EqualTo("PassThrough"));
        Assert.That(At(ProxyModeNames.Nftables, service, endpoints: []).Decide(NodeIP, BalancerIP), Is.EqualTo("Reject"));
    }

    private static AtNode At(
        string mode, Service service, Func<KubeProxyConfiguration, KubeProxyConfiguration>? configure = null, Endpoint[]? endpoints = null)
    {
        Cluster cluster = Harbor(service, endpoints);
        KubeProxyConfiguration configuration = cluster.KubeProxy with { Mode = mode };
        return new AtNode(cluster, configure is null ? configuration : configure(configuration));
    }

    private static Cluster Harbor(Service service, Endpoint[]? endpoints = null) => Given.Cluster(
        [
            Given.Node("pier-1", NodeIP, pods: "10.1.1.0/24") with { ExternalAddresses = [IpAddress.Parse(SecondNodeIP)] },
            Given.Node("pier-2", "192.0.2.2", pods: "10.1.2.0/24"),
        ],
        (service, endpoints ?? [Given.Ready(Endpoint, "pier-2")]));
}
