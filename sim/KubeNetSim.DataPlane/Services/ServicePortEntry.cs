using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Services;

/// <summary>
/// One port of a Service in one IP family, compiled: the unit that kube-proxy makes rules for. Immutable and shared by all nodes.
/// Follows pkg/proxy/serviceport.go.
/// </summary>
public sealed class ServicePortEntry
{
    // Services with one of these labels are not watched (cmd/kube-proxy/app/server.go): another proxy serves them, or they are headless.
    private static readonly string[] OtherLabels = ["service.kubernetes.io/service-proxy-name", EndpointSlice.HeadlessLabel];

    private ServicePortEntry(int index, Service service, ServicePort port, IpAddress clusterIP, PublishedEndpoints published)
    {
        Index = index;
        Service = service;
        Port = port;
        ClusterIP = clusterIP;
        ExternalIPs = [.. service.ExternalIPs.Where(address => address.Family == Family)];
        LoadBalancerIPs = [.. service.LoadBalancerIngress.Where(IsHandledHere).Select(ingress => ingress.Ip!.Value)];
        SourceRanges = LoadBalancerIPs.IsEmpty ? [] : [.. service.LoadBalancerSourceRanges.Where(range => range.Family == Family)];
        NodePort = port.NodePort;
        IsInternallyLocal = service.InternalTrafficPolicy == TrafficPolicy.Local;
        IsExternallyLocal = service.IsExternallyReachable && service.ExternalTrafficPolicy == TrafficPolicy.Local;
        AffinityTimeoutNs = service.AffinitySeconds is { } seconds ? seconds * 1_000_000_000L : 0;
        Selection = EndpointSelection.Compile(port, Family, published.Slices, published.Names, UsesLocalEndpoints);
        Endpoints = Selection.All;
    }

    private ServicePortEntry(ServicePortEntry other, int index)
    {
        Index = index;
        Service = other.Service;
        Port = other.Port;
        ClusterIP = other.ClusterIP;
        ExternalIPs = other.ExternalIPs;
        LoadBalancerIPs = other.LoadBalancerIPs;
        SourceRanges = other.SourceRanges;
        NodePort = other.NodePort;
        IsInternallyLocal = other.IsInternallyLocal;
        IsExternallyLocal = other.IsExternallyLocal;
        AffinityTimeoutNs = other.AffinityTimeoutNs;
        Selection = other.Selection;
        Endpoints = other.Endpoints;
    }

    /// <summary>Place in <see cref="ServiceTable.Ports"/>.</summary>
    public int Index { get; }

    /// <summary>The Service.</summary>
    public Service Service { get; }

    /// <summary>The port as the Service states it.</summary>
    public ServicePort Port { get; }

    /// <summary>Which family it serves.</summary>
    public IpFamily Family => ClusterIP.Family;

    /// <summary>The Service's cluster IP of this family.</summary>
    public IpAddress ClusterIP { get; }

    /// <summary>External IPs of this family.</summary>
    public ImmutableArray<IpAddress> ExternalIPs { get; }

    /// <summary>Load balancer addresses of this family that the nodes answer to themselves: those without <c>ipMode: Proxy</c> (KEP-1860).</summary>
    public ImmutableArray<IpAddress> LoadBalancerIPs { get; }

    /// <summary>Sources that may use the load balancer addresses; empty for all.</summary>
    public ImmutableArray<Cidr> SourceRanges { get; }

    /// <summary>Port on every node; 0 where none.</summary>
    public int NodePort { get; }

    /// <summary><c>namespace/name:port</c>; without the colon for an unnamed port.</summary>
    public string Name => Port.Name.Length == 0 ? Service.Meta.FullName : $"{Service.Meta.FullName}:{Port.Name}";

    /// <summary>Whether packets that are not for the cluster IP can reach it.</summary>
    public bool IsExternallyAccessible => NodePort != 0 || !LoadBalancerIPs.IsEmpty || !ExternalIPs.IsEmpty;

    /// <summary>Whether any policy of the Service lets it use endpoints of other nodes.</summary>
    public bool UsesClusterEndpoints => !IsInternallyLocal || IsExternallyAccessible;

    /// <summary>Whether any policy of the Service confines it to the endpoints of the node.</summary>
    public bool UsesLocalEndpoints => IsInternallyLocal || (IsExternallyLocal && IsExternallyAccessible);

    /// <summary>Whether its cluster IP leads only to endpoints of the node.</summary>
    public bool IsInternallyLocal { get; }

    /// <summary>Whether its other addresses lead clients from outside only to endpoints of the node.</summary>
    public bool IsExternallyLocal { get; }

    /// <summary>TCP port of every node where kube-proxy answers the load balancer's health checks; 0 where none.</summary>
    public int HealthCheckPort => Service.Type == ServiceType.LoadBalancer && IsExternallyLocal ? Service.HealthCheckNodePort : 0;

    /// <summary>Whether any endpoint, on whatever node, could receive a packet.</summary>
    public bool HasEndpoints => Endpoints.Count > 0;

    /// <summary>Every endpoint that could receive a packet if no policy and no hint narrowed the choice, in the order of the rules.</summary>
    public EndpointSet Endpoints { get; }

    /// <summary>How long after its last connection a client returns to its endpoint [ns]; 0 without session affinity.</summary>
    public long AffinityTimeoutNs { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Port.Protocol} {Family}";

    internal EndpointSelection Selection { get; }

    /// <summary>What nearly every packet needs to know of it.</summary>
    internal PortRoute Route => new(Endpoints, AffinityTimeoutNs, Selection.IsHinted || IsInternallyLocal);

    /// <summary>The compiled ports of a Service, one a port and family, numbered from <paramref name="firstIndex"/>.</summary>
    internal static IEnumerable<ServicePortEntry> Of(Service service, PublishedEndpoints endpoints, int firstIndex)
    {
        // Without a cluster IP of the family kube-proxy skips the Service (pkg/proxy/servicechangetracker.go, pkg/proxy/util).
        if (service.IsHeadless || service.Type == ServiceType.ExternalName || OtherLabels.Any(service.Meta.Labels.ContainsKey))
            yield break;
        foreach (IpAddress clusterIP in service.ClusterIPs)
            foreach (ServicePort port in service.Ports)
                yield return new ServicePortEntry(firstIndex++, service, port, clusterIP, endpoints);
    }

    internal ServicePortEntry At(int index) => index == Index ? this : new ServicePortEntry(this, index);

    private bool IsHandledHere(LoadBalancerIngress ingress) =>
        ingress is { ProxyMode: false, Ip: { } address } && address.Family == Family;
}

/// <summary>
/// What nearly every packet needs to know of a Service's port. A table keeps these close together, since it is asked for another Service
/// with every request and none of them stays in the processor's cache for long.
/// </summary>
/// <param name="Endpoints">Every endpoint that could receive a packet if no policy and no hint narrowed the choice.</param>
/// <param name="AffinityTimeoutNs">How long after its last connection a client returns to its endpoint [ns]; 0 without session affinity.</param>
/// <param name="DependsOnNode">Whether a hint or policy narrows what a node may choose from for packets to the cluster IP.</param>
internal readonly record struct PortRoute(EndpointSet Endpoints, long AffinityTimeoutNs, bool DependsOnNode);

/// <summary>What is known of the endpoints of a Service when its ports are compiled.</summary>
/// <param name="All">Its EndpointSlices.</param>
/// <param name="Names">Numbers of nodes, zones and pods.</param>
internal readonly record struct PublishedEndpoints(IReadOnlyList<EndpointSlice> All, ClusterIndex Names)
{
    /// <summary>Those that kube-proxy watches: it selects slices without the label of headless Services (cmd/kube-proxy/app/server.go).</summary>
    public IReadOnlyList<EndpointSlice> Slices => [.. All.Where(slice => !slice.Meta.Labels.ContainsKey(EndpointSlice.HeadlessLabel))];
}
