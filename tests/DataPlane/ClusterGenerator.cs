using System.Collections.Immutable;
using CsCheck;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>Clusters of one to four nodes and one to ten Services in which everything that kube-proxy reads takes every value it may have.</summary>
internal static class ClusterGenerator
{
    private static readonly IpFamily[] V4 = [IpFamily.IPv4];
    private static readonly IpFamily[] V6 = [IpFamily.IPv6];
    private static readonly Gen<IpFamily[]> Families = Gen.Frequency((4, V4), (2, V6), (2, (IpFamily[])[IpFamily.IPv4, IpFamily.IPv6]), (1, (IpFamily[])[IpFamily.IPv6, IpFamily.IPv4]));

    private static readonly Gen<TrafficPolicy> Policy = Gen.OneOf(TrafficPolicy.Cluster, TrafficPolicy.Local);

    public static Gen<Cluster> Clusters(string mode) =>
        from families in Families
        from nodes in Many(1, 4, number => Node(number, families))
        from services in Many(1, 10, number => Service(number, families))
        from endpoints in Each(services.Select(service => Slices(service, families, nodes)))
        from configuration in Configuration(mode, families)
        select new Cluster
        {
            Nodes = nodes,
            Pods = [],
            Services = services,
            EndpointSlices = [.. endpoints.SelectMany(each => each)],
            KubeProxy = configuration,
            ServiceCidrs = [.. families.Select(PlaceNames.Services)],
            PodCidrs = [.. families.Select(PlaceNames.Pods)],
            Cloud = CloudProvider.None,
        };

    /// <summary>True as often as this many times in a hundred.</summary>
    public static Gen<bool> Chance(int percent) => Gen.Int[1, 100].Select(number => number <= percent);

    private static Gen<ImmutableArray<T>> Many<T>(int fewest, int most, Func<int, Gen<T>> make) =>
        Gen.Int[fewest, most].SelectMany(count => Each(Enumerable.Range(1, count).Select(make)));

    private static Gen<ImmutableArray<T>> Each<T>(IEnumerable<Gen<T>> generators) =>
        generators.Aggregate(Gen.Const(ImmutableArray<T>.Empty), (all, next) => Gen.Select(all, next, (list, item) => list.Add(item)));

    private static Gen<Node> Node(int number, IpFamily[] families) =>
        from hasZone in Chance(70)
        select Given.Node($"pier-{number}", "192.0.2.1", hasZone ? $"zone-{number % 2}" : null) with
        {
            InternalAddresses = [.. families.SelectMany(family => (IpAddress[])[PlaceNames.Node(number, family), PlaceNames.SecondOfNode(number, family)])],
            PodCidrs = [.. families.Select(family => PlaceNames.PodsOf(number, family))],
        };

    private static Gen<Service> Service(int number, IpFamily[] families) =>
        from type in Gen.Frequency((3, ServiceType.ClusterIP), (3, ServiceType.NodePort), (4, ServiceType.LoadBalancer))
        from own in families.Length == 1 ? Gen.Const(families) : Gen.OneOf<IpFamily[]>(families, [families[0]], [families[1]])
        from ports in Many(1, 2, i => Port((10 * number) + i, hasNodePort: type != ServiceType.ClusterIP))
        from policies in Gen.Select(Policy, Policy)
        from hasExternal in Chance(30)
        from ingress in Gen.Frequency((7, "VIP"), (2, "Proxy"), (1, "pending"))
        from ranges in Gen.Frequency((4, Gen.Const(Array.Empty<Cidr>())), (6, Ranges(number, families)))
        from affinity in Gen.Frequency((7, (int?)null), (3, 60))
        select Given.Service($"dock-{number}", "10.96.0.1") with
        {
            Type = type,
            ClusterIPs = [.. own.Select(family => PlaceNames.ClusterIP(number, family))],
            Ports = ports,
            ExternalIPs = hasExternal ? [.. own.Select(family => PlaceNames.External(number, family))] : [],
            LoadBalancerIngress = type == ServiceType.LoadBalancer && ingress != "pending"
                ? [.. own.Select(family => new LoadBalancerIngress(PlaceNames.Balancer(number, family), null, ingress == "Proxy"))] : [],
            LoadBalancerSourceRanges = type == ServiceType.LoadBalancer ? [.. ranges] : [],
            InternalTrafficPolicy = policies.Item1,
            ExternalTrafficPolicy = policies.Item2,
            AffinitySeconds = affinity,
            HealthCheckNodePort = type == ServiceType.LoadBalancer && policies.Item2 == TrafficPolicy.Local ? 32_000 + number : 0,
        };

    private static Gen<ServicePort> Port(int number, bool hasNodePort) =>
        from protocol in Gen.Frequency((6, Protocol.TCP), (3, Protocol.UDP), (1, Protocol.SCTP))
        select new ServicePort { Name = $"port-{number % 10}", Port = 79 + (number % 10), Protocol = protocol, NodePort = hasNodePort ? 30_000 + number : 0 };

    // Blocks may lie in one another, name one address only, or be those of the nodes or of the load balancer itself.
    private static Gen<Cidr[]> Ranges(int service, IpFamily[] families) =>
        from count in Gen.Int[1, 3]
        from family in Gen.OneOf(families)
        from blocks in Gen.Shuffle((Cidr[])
            [PlaceNames.Hosts(family), PlaceNames.Nodes(family), PlaceNames.SecondOfNodes(family), Only(PlaceNames.Host(1, family)),
             Only(PlaceNames.Node(1, family)), Only(PlaceNames.Balancer(service, family)), PlaceNames.PodsOf(1, family)], count)
        select blocks;

    private static Cidr Only(IpAddress address) => new(address, address.Family == IpFamily.IPv4 ? 32 : 128);

    private static Gen<EndpointSlice[]> Slices(Service service, IpFamily[] families, ImmutableArray<Node> nodes) =>
        from hinted in Chance(30)
        from pods in Many(0, 5, i => Endpoint(i, hinted, nodes))
        select families.Select(family => Given.Slice(service) with
        {
            Family = family,
            Endpoints = [.. pods.Select(pod => pod.Endpoint with { Addresses = [PlaceNames.Pod(pod.Node, pod.Number, family)] })],
        }).ToArray();

    private static Gen<(int Node, int Number, Endpoint Endpoint)> Endpoint(int number, bool hinted, ImmutableArray<Node> nodes) =>
        from node in Gen.Int[0, nodes.Length]
        from ready in Gen.Frequency((6, (bool?)true), (3, false), (1, null))
        from serving in Chance(70)
        from terminating in Chance(70)
        from zone in Gen.Frequency((95, Gen.Int[0, 2].Select(zone => ImmutableArray.Create($"zone-{zone}"))), (5, Gen.Const(ImmutableArray<string>.Empty)))
        from near in Gen.Frequency((6, Gen.OneOf([.. nodes]).Select(near => ImmutableArray.Create(near.Meta.Name))), (4, Gen.Const(ImmutableArray<string>.Empty)))
        select (Math.Min(node + 1, nodes.Length), number, new Endpoint
        {
            NodeName = node < nodes.Length ? nodes[node].Meta.Name : null,
            Ready = ready,
            Serving = ready == null ? null : ready.Value || serving,
            Terminating = ready == false && terminating,
            ZoneHints = hinted ? zone : [],
            NodeHints = hinted ? near : [],
        });

    private static Gen<KubeProxyConfiguration> Configuration(string mode, IpFamily[] families) =>
        from masqueradeAll in Chance(20)
        from localhost in Gen.Bool
        from detector in Gen.Frequency(
            (5, DetectLocalMode.ClusterCIDR), (2, DetectLocalMode.NodeCIDR), (1, DetectLocalMode.BridgeInterface), (2, DetectLocalMode.InterfaceNamePrefix))
        from known in Gen.Frequency((6, families), (2, Array.Empty<IpFamily>()), (1, [families[0]]))
        from chosen in Gen.Frequency((7, Array.Empty<IpFamily>()), (2, families), (1, (IpFamily[])[families[^1]]))
        from primary in Chance(10)
        select new KubeProxyConfiguration
        {
            Mode = mode,
            MasqueradeAll = masqueradeAll,
            LocalhostNodePorts = localhost,
            DetectLocalMode = detector,
            ClusterCidrs = known == families ? null : [.. known.Select(PlaceNames.Pods)],
            NodePortAddresses = primary ? [] : [.. chosen.Select(PlaceNames.SecondOfNodes)],
            NodePortsOnPrimaryOnly = primary,
        };
}
