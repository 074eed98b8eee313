using KubeNetSim.DataPlane;
using KubeNetSim.Model;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>Small clusters with every feature of a Service, and packets that are likely to hit one. The same seed makes the same cluster.</summary>
internal sealed class RandomCluster
{
    private readonly Random _random;
    private readonly IpFamily _family;

    private RandomCluster(int seed, ProxyMode mode, bool localPolicies)
    {
        _random = new Random(seed);
        _family = Chance(0.7) ? IpFamily.IPv4 : IpFamily.IPv6;
        Node[] nodes = [.. Enumerable.Range(1, 1 + _random.Next(4)).Select(MakeNode)];
        (Service Service, Endpoint[] Endpoints)[] services =
            [.. Enumerable.Range(1, 1 + _random.Next(10)).Select(i => (MakeService(i, localPolicies), MakeEndpoints(nodes)))];
        Cluster = Given.Cluster(nodes, services) with
        {
            ServiceCidrs = [_family == IpFamily.IPv4 ? Cidr.Parse("10.96.0.0/16") : Cidr.Parse("fd00:96::/64")],
            PodCidrs = [PodBlock(0, 16)],
            KubeProxy = MakeConfiguration(mode),
        };
        Node = _random.Next(nodes.Length);
    }

    public Cluster Cluster { get; }

    /// <summary>The node that is asked.</summary>
    public int Node { get; }

    public static RandomCluster Make(int seed, ProxyMode mode, bool localPolicies = true) => new(seed, mode, localPolicies);

    public NodeSnapshot Snapshot() =>
        NodeSnapshot.Create(ServiceTable.Compile(Cluster), Cluster.Nodes[Node], Cluster.KubeProxy, IptablesBackend.Nft, dispatchSeed: 11);

    public Packet Packet(NodeSnapshot snapshot)
    {
        Node here = Cluster.Nodes[Node];
        IpAddress source = Pick([
            Address("198.51.100.77", "2001:db8:a::77"), Address("198.51.100.177", "2001:db8:b::1"), here.InternalAddresses[0],
            Cluster.Nodes[^1].InternalAddresses[0], PodAddress(1, 200), PodAddress(2, 200), PodAddress(1, 1), PodAddress(2, 2), Balancer(1)]);
        Service service = Cluster.Services[_random.Next(Cluster.Services.Length)];
        ServicePort port = service.Ports[_random.Next(service.Ports.Length)];
        IpAddress destination = Pick([
            .. service.ClusterIPs, .. service.ClusterIPs, .. service.ExternalIPs, .. service.LoadBalancerIngress.Select(ingress => ingress.Ip!.Value),
            .. here.InternalAddresses, here.InternalAddresses[0], Address("10.96.200.1", "fd00:96::ffff"), PodAddress(2, 7), Loopback]);
        if (destination.IsLoopback)
            source = Loopback;
        bool isForNode = snapshot.SourceOf(destination) == PacketSource.Node && Chance(0.8);
        int number = Chance(0.05) ? 9 : isForNode ? Chance(0.1) && service.HealthCheckNodePort != 0 ? service.HealthCheckNodePort : port.NodePort : port.Port;
        return new Packet(source, destination, Chance(0.9) ? port.Protocol : Protocol.SCTP, Math.Max(1, number), 40_000, snapshot.SourceOf(source));
    }

    private IpAddress Loopback => Address("127.0.0.1", "::1");

    private Node MakeNode(int number) => Given.Node($"pier-{number}", $"192.0.2.{number}", Chance(0.7) ? $"zone-{number % 2}" : null) with
    {
        InternalAddresses = [Address($"192.0.2.{number}", $"2001:db8::{number}"), Address($"192.0.2.{number + 128}", $"2001:db8:1::{number}")],
        PodCidrs = [PodBlock(number, 24)],
    };

    private Service MakeService(int number, bool localPolicies)
    {
        bool isBalanced = Chance(0.4);
        bool hasNodePorts = isBalanced || Chance(0.4);
        TrafficPolicy Policy() => localPolicies && Chance(0.5) ? TrafficPolicy.Local : TrafficPolicy.Cluster;
        Service service = Given.Service($"dock-{number}", "10.96.0.1") with
        {
            Type = isBalanced ? ServiceType.LoadBalancer : hasNodePorts ? ServiceType.NodePort : ServiceType.ClusterIP,
            ClusterIPs = [Address($"10.96.0.{number}", $"fd00:96::{number}")],
            Ports = [.. Enumerable.Range(0, 1 + _random.Next(2)).Select(i => new ServicePort
            {
                Name = $"port-{i}",
                Port = 80 + i,
                Protocol = Chance(0.8) ? Protocol.TCP : Protocol.UDP,
                NodePort = hasNodePorts ? 30_000 + (10 * number) + i : 0,
            })],
            ExternalIPs = Chance(0.3) ? [Address($"203.0.113.{100 + number}", $"2001:db8:c::{number}")] : [],
            LoadBalancerIngress = isBalanced ? [new LoadBalancerIngress(Balancer(number), null, Chance(0.2))] : [],
            InternalTrafficPolicy = Policy(),
            ExternalTrafficPolicy = Policy(),
            AffinitySeconds = Chance(0.3) ? 60 : null,
        };
        return service with
        {
            LoadBalancerSourceRanges = isBalanced && Chance(0.5)
                ? [Block("198.51.100.0/25", "2001:db8:a::/48"), .. Chance(0.5) ? [Block("192.0.2.0/24", "2001:db8::/64")] : Array.Empty<Cidr>()]
                : [],
            HealthCheckNodePort = isBalanced && service.ExternalTrafficPolicy == TrafficPolicy.Local ? 32_000 + number : 0,
        };
    }

    private Endpoint[] MakeEndpoints(Node[] nodes)
    {
        bool hinted = Chance(0.3);
        return [.. Enumerable.Range(1, _random.Next(6)).Select(i =>
        {
            int node = _random.Next(nodes.Length + 1);
            bool ready = Chance(0.5);
            return new Endpoint
            {
                Addresses = [PodAddress(Math.Min(node + 1, nodes.Length), i)],
                NodeName = node < nodes.Length ? nodes[node].Meta.Name : null,
                Ready = ready,
                Serving = ready || Chance(0.7),
                Terminating = !ready && Chance(0.7),
                ZoneHints = hinted && Chance(0.95) ? [$"zone-{_random.Next(3)}"] : [],
                NodeHints = hinted && Chance(0.6) ? [nodes[_random.Next(nodes.Length)].Meta.Name] : [],
            };
        })];
    }

    private KubeProxyConfiguration MakeConfiguration(ProxyMode mode) => new()
    {
        Mode = mode,
        MasqueradeAll = Chance(0.2),
        LocalhostNodePorts = Chance(0.5),
        DetectLocalMode = Chance(0.7) ? DetectLocalMode.ClusterCIDR : DetectLocalMode.NodeCIDR,
        ClusterCidrs = Chance(0.2) ? [] : null,
        NodePortAddresses = Chance(0.2) ? [Block("192.0.2.128/25", "2001:db8:1::/48")] : [],
        NodePortsOnPrimaryOnly = Chance(0.1),
    };

    private IpAddress Balancer(int number) => Address($"203.0.113.{number}", $"2001:db8:d::{number}");

    private IpAddress PodAddress(int node, int number) => Address($"10.1.{node}.{number}", $"fd00:1:0:{node}::{number:x}");

    private Cidr PodBlock(int node, int length) =>
        length == 16 ? Block("10.1.0.0/16", "fd00:1::/32") : Block($"10.1.{node}.0/24", $"fd00:1:0:{node}::/64");

    private IpAddress Address(string v4, string v6) => IpAddress.Parse(_family == IpFamily.IPv4 ? v4 : v6);

    private Cidr Block(string v4, string v6) => Cidr.Parse(_family == IpFamily.IPv4 ? v4 : v6);

    private IpAddress Pick(IReadOnlyList<IpAddress> addresses) => addresses[_random.Next(addresses.Count)];

    private bool Chance(double probability) => _random.NextDouble() < probability;
}
