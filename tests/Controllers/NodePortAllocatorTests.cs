using NUnit.Framework;

namespace KubeNetSim.Tests.Controllers;

/// <summary>Node ports. KEP-3668 states the bands; sharing within a Service: pkg/registry/core/service/storage/alloc.go, initNodePorts.</summary>
public class NodePortAllocatorTests
{
    [Test(Description = "KEP-3668: min(max(16, 2768 / 32), 128) = 86, so 30000 to 30085 stay for those who choose")]
    public void Ports_that_nobody_chose_come_from_the_upper_band() =>
        Assert.That(Ports(new[] { WithPorts("web", 0, 0) }.Reconciled()), Is.EqualTo("30086 30087"));

    [Test]
    public void Chosen_ports_come_first_wherever_they_stand() =>
        Assert.That(Ports(new[] { WithPorts("dynamic", 0), WithPorts("static", 30_086) }.Reconciled()), Is.EqualTo("30087 30086"));

    [Test]
    public void One_port_for_two_Services_is_refused_naming_both_whatever_the_protocol()
    {
        Service udp = WithPorts("udp", 30_080);
        udp = udp with { Ports = [udp.Ports[0] with { Protocol = Protocol.UDP }] };

        Problem problem = new[] { WithPorts("tcp", 30_080), udp }.Reconciled().Problems.Single(item => item.Severity == Severity.Error);

        Assert.That((problem.Rule, problem.Field), Is.EqualTo(("duplicate-node-port", "spec.ports[0].nodePort")));
        Assert.That(problem.Message, Does.StartWith("Service harbor/udp asks for node port 30080, which Service harbor/tcp ("));
    }

    [Test(Description = "storage_test.go TestInitNodePorts: the same port number in two protocols has one node port")]
    public void Ports_of_one_Service_that_differ_in_protocol_only_share_a_node_port()
    {
        Service dns = WithPorts("dns", 0, 30_053, 0) with { Type = ServiceType.NodePort };
        dns = dns with { Ports = [Port(53, 0, Protocol.UDP), Port(53, 30_053, Protocol.TCP), Port(9_153, 0, Protocol.TCP)] };

        Reconciliation made = new[] { dns }.Reconciled();

        Assert.That(Ports(made), Is.EqualTo("30053 30053 30086"));
        Assert.That(made.Problems.Where(problem => problem.Severity == Severity.Error), Is.Empty);
    }

    [Test(Description = "alloc.go initNodePorts: once for each port number; portallocator Allocate refuses what is taken, by whomever")]
    public void Ports_of_one_Service_with_different_numbers_cannot_share_a_node_port()
    {
        Service web = WithPorts("web", 30_080, 0) with { Ports = [Port(80, 30_080, Protocol.TCP), Port(443, 30_080, Protocol.UDP)] };

        Assert.That(new[] { web }.Reconciled().Problems.Single(problem => problem.Rule == "node-port-shared").Field, Is.EqualTo("spec.ports[1].nodePort"));
    }

    [Test(Description = "alloc.go allocHealthCheckNodePort")]
    public void A_health_check_port_cannot_be_a_node_port_of_the_Service()
    {
        Service web = WithPorts("web", 30_080) with { Type = ServiceType.LoadBalancer, ExternalTrafficPolicy = TrafficPolicy.Local, HealthCheckNodePort = 30_080 };

        Assert.That(new[] { web }.Reconciled().Rules(), Does.Contain("node-port-shared"));
    }

    [TestCase(29_999)]
    [TestCase(32_768)]
    public void A_port_outside_of_the_range_is_refused_and_kept_as_written(int port)
    {
        Reconciliation made = new[] { WithPorts("web", port) }.Reconciled();

        Assert.That(made.Rules(), Does.Contain("node-port-outside-range"));
        Assert.That(made.Service("web").Ports[0].NodePort, Is.EqualTo(port));
    }

    [Test]
    public void Only_types_that_are_reached_by_nodes_have_them()
    {
        Service plain = WithPorts("plain", 0) with { Type = ServiceType.ClusterIP };
        Service without = WithPorts("without", 0) with { Type = ServiceType.LoadBalancer, AllocateNodePorts = false };

        Assert.That(Ports(new[] { plain, without }.Reconciled()), Is.EqualTo("0 0"));
    }

    [TestCase(ServiceType.LoadBalancer, TrafficPolicy.Local, 30_087)]
    [TestCase(ServiceType.LoadBalancer, TrafficPolicy.Cluster, 0)]
    [TestCase(ServiceType.NodePort, TrafficPolicy.Local, 0)]
    public void A_health_check_port_is_for_load_balancers_with_policy_Local(ServiceType type, TrafficPolicy policy, int expected)
    {
        Service service = WithPorts("web", 0) with { Type = type, ExternalTrafficPolicy = policy };

        Assert.That(new[] { service }.Reconciled().Service("web").HealthCheckNodePort, Is.EqualTo(expected));
    }

    [Test]
    public void Once_all_are_used_up_the_next_Service_says_so_once()
    {
        Reconciliation made = Enumerable.Range(0, 2_770).Select(number => WithPorts($"s{number}", 0)).Reconciled();

        Assert.That(made.Cluster.Services.Select(service => service.Ports[0].NodePort).Take(2_768), Is.Unique.And.All.InRange(30_000, 32_767));
        Assert.That(made.Service("s2769").Ports[0].NodePort, Is.Zero);
        Assert.That(made.Problems.Count(problem => problem.Rule == "no-node-port-left"), Is.EqualTo(1));
    }

    private static Service WithPorts(string name, params int[] nodePorts) => Made.Service(name, "a=b") with
    {
        Type = ServiceType.NodePort,
        Ports = [.. nodePorts.Select((nodePort, number) => Port(80 + number, nodePort, Protocol.TCP))],
    };

    private static ServicePort Port(int port, int nodePort, Protocol protocol) =>
        new() { Name = $"{protocol}-{port}".ToLowerInvariant(), Port = port, NodePort = nodePort, Protocol = protocol };

    private static string Ports(Reconciliation made) => made.Cluster.Services.SelectMany(service => service.Ports).Select(port => port.NodePort).List();
}
