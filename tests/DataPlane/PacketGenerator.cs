using CsCheck;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>Packets at a node: from everywhere, most of them to an address and port that belong together.</summary>
internal static class PacketGenerator
{
    // A port that nobody has.
    private const int NoPort = 9;

    public static Gen<Packet> Packets(Cluster cluster, Node here, Func<IpAddress, PacketSource> origin) =>
        from family in Gen.OneOf(here.InternalAddresses.Select(address => address.Family).Distinct().ToArray())
        from service in Gen.OneOf([.. cluster.Services])
        from port in Gen.OneOf([.. service.Ports])
        from destination in Gen.OneOf(Destinations(service, here, family))
        from source in destination.IsLoopback ? Gen.Const(destination) : Gen.OneOf(Sources(cluster, here, family))
        from number in Number(service, port, isForNode: origin(destination) == PacketSource.Node)
        from protocol in Gen.Frequency((9, port.Protocol), (1, Protocol.SCTP))
        select new Packet(source, destination, protocol, number, 40_000, origin(source));

    private static IpAddress[] Destinations(Service service, Node here, IpFamily family)
    {
        IpAddress[] own = [.. here.InternalAddresses.Where(address => address.Family == family)];
        IpAddress[] services = [.. service.ClusterIPs, .. service.ClusterIPs, .. service.ExternalIPs, .. service.LoadBalancerIngress.Select(ingress => ingress.Ip!.Value)];
        return
        [
            .. services.Where(address => address.Family == family), .. own, own[0],
            PlaceNames.Unallocated(family), PlaceNames.Pod(2, 7, family), PlaceNames.Loopback(family),
        ];
    }

    private static IpAddress[] Sources(Cluster cluster, Node here, IpFamily family) =>
    [
        PlaceNames.Host(0, family), PlaceNames.Host(1, family), PlaceNames.Balancer(1, family),
        here.InternalAddresses.First(address => address.Family == family), PlaceNames.Node(cluster.Nodes.Length, family),
        PlaceNames.Pod(1, 200, family), PlaceNames.Pod(2, 200, family), PlaceNames.Pod(1, 1, family), PlaceNames.Pod(2, 2, family),
    ];

    private static Gen<int> Number(Service service, ServicePort port, bool isForNode)
    {
        int likely = isForNode && port.NodePort != 0 ? port.NodePort : port.Port;
        int check = isForNode && service.HealthCheckNodePort != 0 ? service.HealthCheckNodePort : likely;
        return Gen.Frequency((16, likely), (2, check), (1, port.Port), (1, NoPort));
    }
}
