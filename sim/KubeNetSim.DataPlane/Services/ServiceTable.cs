using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

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
    private readonly Lazy<LocalPolicyRules> _localPolicyRules;

    private ServiceTable(Cluster cluster, ClusterIndex names, ServicePortEntry[] ports, ServiceTable? sameFrontends = null)
    {
        Names = names;
        ServiceCidrs = cluster.ServiceCidrs;
        PodCidrs = cluster.PodCidrs;
        _ports = ports;
        Frontends = sameFrontends?.Frontends ?? new FrontendTable(ports);
        Rules = sameFrontends is not null && ports.Zip(sameFrontends._ports).All(pair => pair.First.HasEndpoints == pair.Second.HasEndpoints)
            ? sameFrontends.Rules
            : new RuleLists(Frontends.All, ports);
        _localPolicyRules = new Lazy<LocalPolicyRules>(() => new LocalPolicyRules(ports, names.NodeCount));
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
        Dictionary<(string, string), PublishedService> replacements = [];
        foreach (PublishedService service in changed)
            replacements[NameOf(service.Service)] = service;

        ServicePortEntry[] ports = Replaced(replacements, names);
        bool sameFrontends = ports.Length == _ports.Length
            && ports.Zip(_ports).All(pair => ReferenceEquals(pair.First, pair.Second) || HaveSameFrontends(pair.First, pair.Second));
        return new ServiceTable(cluster, names, ports, sameFrontends ? this : null);
    }

    internal ClusterIndex Names { get; }

    internal ImmutableArray<Cidr> ServiceCidrs { get; }

    internal ImmutableArray<Cidr> PodCidrs { get; }

    internal FrontendTable Frontends { get; }

    internal RuleLists Rules { get; }

    internal LocalPolicyRules LocalPolicyRules => _localPolicyRules.Value;

    internal ServicePortEntry PortOf(in Frontend frontend) => _ports[frontend.Port];

    private ServicePortEntry[] Replaced(Dictionary<(string, string), PublishedService> replacements, ClusterIndex names)
    {
        List<ServicePortEntry> ports = new(_ports.Length);
        HashSet<(string, string)> done = [];
        foreach (ServicePortEntry port in _ports)
        {
            (string, string) name = NameOf(port.Service);
            if (!replacements.TryGetValue(name, out PublishedService? replacement))
                ports.Add(port.At(ports.Count));
            else if (done.Add(name))
                ports.AddRange(ServicePortEntry.Of(replacement.Service, new PublishedEndpoints(replacement.Slices, names), ports.Count));
        }
        foreach ((_, PublishedService added) in replacements.Where(pair => !done.Contains(pair.Key)).OrderBy(pair => pair.Key))
            ports.AddRange(ServicePortEntry.Of(added.Service, new PublishedEndpoints(added.Slices, names), ports.Count));
        return [.. ports];
    }

    private static bool HaveSameFrontends(ServicePortEntry one, ServicePortEntry other) =>
        one.HealthCheckPort == other.HealthCheckPort && Frontend.Of(one).SequenceEqual(Frontend.Of(other));

    private static (string Namespace, string Name) NameOf(Service service) => (service.Meta.Namespace, service.Meta.Name);
}
