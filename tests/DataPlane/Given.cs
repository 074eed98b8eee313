using System.Collections.Immutable;

namespace KubeNetSim.Tests.DataPlane;

/// <summary>Small clusters made by hand, as controllers would leave them. Pods have 10.1.0.0/16, one /24 a node; Services 10.96.0.0/16.</summary>
internal static class Given
{
    public const string World = "198.51.100.77";

    public static Node Node(string name, string address, string? zone = null, string? pods = null) => new()
    {
        Meta = new ObjectMeta
        {
            Name = name,
            Labels = zone is null ? ObjectMeta.NoLabels : ObjectMeta.NoLabels.Add(KubeNetSim.Model.Objects.Node.ZoneLabel, zone),
        },
        InternalAddresses = [IpAddress.Parse(address)],
        PodCidrs = pods is null ? [] : [Cidr.Parse(pods)],
    };

    public static Service Service(string name, string clusterIP, int port = 80, int nodePort = 0) => new()
    {
        Meta = new ObjectMeta { Namespace = "harbor", Name = name },
        Type = nodePort == 0 ? ServiceType.ClusterIP : ServiceType.NodePort,
        ClusterIPs = [IpAddress.Parse(clusterIP)],
        Ports = [new ServicePort { Name = "web", Port = port, NodePort = nodePort }],
    };

    public static Service WithLoadBalancer(this Service service, string address, params string[] ranges) => service with
    {
        Type = ServiceType.LoadBalancer,
        LoadBalancerIngress = [new LoadBalancerIngress(IpAddress.Parse(address), null, ProxyMode: false)],
        LoadBalancerSourceRanges = [.. ranges.Select(Cidr.Parse)],
    };

    public static Service Internally(this Service service, TrafficPolicy policy) => service with { InternalTrafficPolicy = policy };

    public static Service Externally(this Service service, TrafficPolicy policy) => service with { ExternalTrafficPolicy = policy };

    public static Endpoint Ready(string address, string? node, params string[] zoneHints) =>
        new() { Addresses = [IpAddress.Parse(address)], NodeName = node, Ready = true, ZoneHints = [.. zoneHints] };

    public static Endpoint Unready(string address, string? node) => Ready(address, node) with { Ready = false, Serving = false };

    public static Endpoint Terminating(string address, string? node) =>
        Ready(address, node) with { Ready = false, Serving = true, Terminating = true };

    public static EndpointSlice Slice(Service service, params Endpoint[] endpoints) => new()
    {
        Meta = new ObjectMeta
        {
            Namespace = service.Meta.Namespace,
            Name = service.Meta.Name + "-slice",
            Labels = ObjectMeta.NoLabels.Add(EndpointSlice.ServiceNameLabel, service.Meta.Name),
        },
        Family = endpoints.Length > 0 ? endpoints[0].Addresses[0].Family : IpFamily.IPv4,
        Ports = [.. service.Ports.Select(port => new EndpointPort(port.Name, 8000 + port.Port, port.Protocol))],
        Endpoints = [.. endpoints],
    };

    public static Cluster Cluster(IEnumerable<Node> nodes, params IEnumerable<(Service Service, Endpoint[] Endpoints)> services) => new()
    {
        Nodes = [.. nodes],
        Pods = [],
        Services = [.. services.Select(pair => pair.Service)],
        EndpointSlices = [.. services.Select(pair => Slice(pair.Service, pair.Endpoints))],
        KubeProxy = new KubeProxyConfiguration(),
        ServiceCidrs = [Cidr.Parse("10.96.0.0/16")],
        PodCidrs = [Cidr.Parse("10.1.0.0/16")],
        Cloud = CloudProvider.None,
    };

    public static Packet Packet(string source, string destination, int port = 80, Protocol protocol = Protocol.TCP, PacketSource? from = null) =>
        new(IpAddress.Parse(source), IpAddress.Parse(destination), protocol, port, 40_000, from ?? PacketSource.External);
}

/// <summary>One node of a cluster and what its proxy decides, in words that tests can compare.</summary>
internal sealed class AtNode(Cluster cluster, KubeProxyConfiguration configuration, int node = 0, ulong seed = 7)
{
    public NodeSnapshot Snapshot { get; } =
        ProxyModeList.BuiltIn.Program(ServiceTable.Compile(cluster), cluster.Nodes[node], configuration, IptablesBackend.Nft, seed);

    public static AtNode With(string mode, Cluster cluster, int node = 0) =>
        new(cluster, cluster.KubeProxy with { Mode = mode }, node);

    /// <summary>Decides for a packet whose sender is told by its address alone.</summary>
    public string Decide(string source, string destination, int port = 80, Protocol protocol = Protocol.TCP) =>
        Tell(Given.Packet(source, destination, port, protocol, Snapshot.SourceOf(IpAddress.Parse(source))));

    public string Tell(Packet packet)
    {
        Decision decision = Snapshot.Decide(packet);
        if (decision.Verdict != Verdict.Forward)
            return decision.Verdict.ToString();
        ImmutableArray<string> endpoints = [.. decision.Endpoints.ToList().Select(endpoint => endpoint.Address.ToString())];
        bool[] masquerade = [.. Enumerable.Range(0, endpoints.Length).Select(i => decision.IsMasqueraded(packet, i))];
        string how = masquerade.All(yes => yes) ? " masqueraded" : masquerade.Any(yes => yes) ? " some masqueraded" : "";
        return string.Join(' ', endpoints) + how;
    }

    public Work Work(Packet packet, int endpoint = 0, bool byAffinity = false) =>
        Snapshot.WorkOf(Snapshot.Decide(packet), endpoint, byAffinity);
}
