using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Services;

/// <summary>A Service together with its EndpointSlices, as a proxy has seen them.</summary>
/// <param name="Service">The Service.</param>
/// <param name="Slices">All of its EndpointSlices.</param>
public sealed record PublishedService(Service Service, ImmutableArray<EndpointSlice> Slices);

/// <summary>
/// Everything that kube-proxy on any node knows of Services, compiled once and shared by all nodes. Immutable: a change makes a new
/// table that shares what did not change. Headless and ExternalName Services are no business of the proxy and are left out.
/// </summary>
public sealed class ServiceTable
{
    private readonly ServicePortEntry[] _ports;
    private readonly PortRoute[] _routes;
    private readonly Lazy<ServicePortEntry[]> _portsWithLocalPolicy;
    private readonly Lazy<long> _endpointCount;
    private readonly Lazy<bool[]> _isLarge;

    private ServiceTable(Cluster cluster, ClusterIndex names, ServicePortEntry[] ports, FrontendTable? frontends = null, TableMemo? frontendMemo = null)
    {
        Names = names;
        ServiceCidrs = cluster.ServiceCidrs;
        PodCidrs = cluster.PodCidrs;
        _ports = ports;
        _routes = Array.ConvertAll(ports, port => port.Route);
        Frontends = frontends ?? new FrontendTable(ports);
        FrontendMemo = frontendMemo ?? new TableMemo();
        _endpointCount = new Lazy<long>(() => ports.Sum(port => (long)port.Endpoints.Count));
        _isLarge = new Lazy<bool[]>(() => [HasManyEndpoints(IpFamily.IPv4), HasManyEndpoints(IpFamily.IPv6)]);
        _portsWithLocalPolicy = new Lazy<ServicePortEntry[]>(() => [.. ports.Where(port => port.HasEndpoints && port.UsesLocalEndpoints)]);
    }

    /// <summary>Compiles the Services and EndpointSlices of a cluster.</summary>
    public static ServiceTable Compile(Cluster cluster)
    {
        ClusterIndex names = ClusterIndex.Of(cluster);
        ILookup<(string, string), EndpointSlice> slices =
            cluster.EndpointSlices.ToLookup(slice => (slice.Meta.Namespace, slice.ServiceName));
        List<ServicePortEntry> ports = [];
        foreach (Service service in cluster.Services)
        {
            PublishedEndpoints endpoints = new([.. slices[(service.Meta.Namespace, service.Meta.Name)]], names);
            ports.AddRange(ServicePortEntry.Of(service, endpoints, ports.Count));
        }
        return new ServiceTable(cluster, names, [.. ports]);
    }

    /// <summary>Every port of every Service that the proxy handles, one entry a family; a Service's entries are neighbours.</summary>
    public IReadOnlyList<ServicePortEntry> Ports => _ports;

    /// <summary>
    /// The table after some Services or their endpoints changed; Services with a new name are added. Endpoints keep the numbers of
    /// their nodes and pods, so the cluster may only have appended to its lists.
    /// </summary>
    public ServiceTable With(Cluster cluster, params IEnumerable<PublishedService> changed)
    {
        ClusterIndex names = ClusterIndex.Of(cluster, Names);
        PublishedService[] services = [.. changed];
        return WithEndpoints(cluster, names, services) ?? new ServiceTable(cluster, names, Rebuilt(services, names));
    }

    /// <summary>Endpoints of all ports together: one that serves two ports counts twice, as it takes rules twice.</summary>
    public long EndpointCount => _endpointCount.Value;

    /// <summary>Whether the endpoints of a family are so many that kube-proxy leaves out comments in iptables mode.</summary>
    internal bool IsLarge(IpFamily family) => _isLarge.Value[(int)family];

    internal ClusterIndex Names { get; }

    internal ImmutableArray<Cidr> ServiceCidrs { get; }

    internal ImmutableArray<Cidr> PodCidrs { get; }

    internal FrontendTable Frontends { get; }

    /// <summary>What modes compiled from the frontends and from which ports have endpoints; tables in which these are equal share it.</summary>
    internal TableMemo FrontendMemo { get; }

    /// <summary>What modes compiled from this table alone.</summary>
    internal TableMemo Memo { get; } = new();

    /// <summary>The ports with endpoints that some policy confines to those of the node.</summary>
    internal IReadOnlyList<ServicePortEntry> PortsWithLocalPolicy => _portsWithLocalPolicy.Value;

    internal ServicePortEntry PortOf(Frontend frontend) => _ports[frontend.Port];

    internal ref readonly PortRoute RouteOf(Frontend frontend) => ref _routes[frontend.Port];

    /// <summary>Sees to it that the memory of a packet's destination holds what this table knows of it.</summary>
    internal void Recall(in Packet packet, ref FrontendMemory memory)
    {
        if (!ReferenceEquals(memory.Table, this))
            memory = new FrontendMemory(this, Frontends.TryFind(packet.Destination, packet.Protocol, packet.DestinationPort, out Frontend found) ? found : null);
    }

    // largeClusterEndpointsThreshold in pkg/proxy/iptables/proxier.go: endpoints of all ports, usable or not.
    private bool HasManyEndpoints(IpFamily family) => _ports.Where(port => port.Family == family).Sum(port => port.Selection.KnownCount) > 1_000;

    // What happens all the time while a simulation runs: endpoints change, addresses and ports do not. Null where they do.
    private ServiceTable? WithEndpoints(Cluster cluster, ClusterIndex names, PublishedService[] changed)
    {
        ServicePortEntry[] ports = [.. _ports];
        bool sameLists = true;
        foreach (PublishedService service in changed)
        {
            (int first, int count) = Frontends.PortsOf(service.Service);
            ServicePortEntry[] compiled = [.. ServicePortEntry.Of(service.Service, new PublishedEndpoints(service.Slices, names), first)];
            if (compiled.Length != count)
                return null;
            foreach (ServicePortEntry port in compiled)
            {
                if (!HaveSameFrontends(port, _ports[port.Index]))
                    return null;
                sameLists &= port.HasEndpoints == _ports[port.Index].HasEndpoints;
                ports[port.Index] = port;
            }
        }
        return new ServiceTable(cluster, names, ports, Frontends, sameLists ? FrontendMemo : null);
    }

    private ServicePortEntry[] Rebuilt(PublishedService[] changed, ClusterIndex names)
    {
        Dictionary<(string, string), PublishedService> replacements = [];
        foreach (PublishedService service in changed)
            replacements[NameOf(service.Service)] = service;
        List<ServicePortEntry> ports = new(_ports.Length);
        foreach (ServicePortEntry port in _ports)
            if (!replacements.TryGetValue(NameOf(port.Service), out PublishedService? replacement))
                ports.Add(port.At(ports.Count));
            else if (port.Index == Frontends.PortsOf(port.Service).First)
                ports.AddRange(ServicePortEntry.Of(replacement.Service, new PublishedEndpoints(replacement.Slices, names), ports.Count));
        foreach (PublishedService added in changed.Where(service => Frontends.PortsOf(service.Service).Count == 0))
            ports.AddRange(ServicePortEntry.Of(added.Service, new PublishedEndpoints(added.Slices, names), ports.Count));
        return [.. ports];
    }

    private static bool HaveSameFrontends(ServicePortEntry one, ServicePortEntry other) =>
        one.HealthCheckPort == other.HealthCheckPort
        && one.SourceRanges.SequenceEqual(other.SourceRanges)
        && Frontend.KeysOf(one).SequenceEqual(Frontend.KeysOf(other));

    private static (string Namespace, string Name) NameOf(Service service) => (service.Meta.Namespace, service.Meta.Name);
}
