using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>Transport protocols that Services know.</summary>
public enum Protocol : byte
{
    /// <summary>TCP.</summary>
    TCP,

    /// <summary>UDP.</summary>
    UDP,

    /// <summary>SCTP.</summary>
    SCTP,
}

/// <summary>The values of <c>spec.type</c>. Headless is a ClusterIP Service without a cluster IP.</summary>
public enum ServiceType
{
    /// <summary>Reachable inside the cluster at a virtual address.</summary>
    ClusterIP,

    /// <summary>ClusterIP, and a port on every node.</summary>
    NodePort,

    /// <summary>NodePort, and an address of a load balancer outside the cluster.</summary>
    LoadBalancer,

    /// <summary>A CNAME in cluster DNS; the proxy has no part in it.</summary>
    ExternalName,
}

/// <summary>The values of internalTrafficPolicy and externalTrafficPolicy.</summary>
public enum TrafficPolicy
{
    /// <summary>All endpoints of the cluster.</summary>
    Cluster,

    /// <summary>Only endpoints on the node that the packet is at.</summary>
    Local,
}

/// <summary>
/// A Service: as the API server would hold it. Fields that are allocated (cluster IPs, node ports, load balancer addresses) are
/// empty or 0 in a manifest that leaves them out, and filled in a <see cref="Cluster"/>.
/// </summary>
public sealed record Service
{
    /// <summary>
    /// Default of <c>sessionAffinityConfig.clientIP.timeoutSeconds</c> (k8s.io/api core/v1 DefaultClientIPServiceAffinitySeconds).
    /// </summary>
    public const int DefaultAffinitySeconds = 10_800;

    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary><c>spec.type</c>.</summary>
    public ServiceType Type { get; init; } = ServiceType.ClusterIP;

    /// <summary>Whether <c>clusterIP</c> is <c>None</c>: DNS answers with the pods' addresses and the proxy has no part in it.</summary>
    public bool IsHeadless { get; init; }

    /// <summary>Cluster IPs, at most one a family, primary first; empty until allocated, for headless and for ExternalName.</summary>
    public ImmutableArray<IpAddress> ClusterIPs { get; init; } = [];

    /// <summary>Families asked for; empty for the cluster's default.</summary>
    public ImmutableArray<IpFamily> IpFamilies { get; init; } = [];

    /// <summary><c>ipFamilyPolicy</c>: SingleStack, PreferDualStack or RequireDualStack; null where unset.</summary>
    public string? IpFamilyPolicy { get; init; }

    /// <summary><c>spec.ports</c> in manifest order.</summary>
    public ImmutableArray<ServicePort> Ports { get; init; } = [];

    /// <summary>Which pods are its endpoints; null where the Service has no selector.</summary>
    public LabelSelector? Selector { get; init; }

    /// <summary>Host name that an ExternalName Service points to; null for other types.</summary>
    public string? ExternalName { get; init; }

    /// <summary><c>spec.externalIPs</c>.</summary>
    public ImmutableArray<IpAddress> ExternalIPs { get; init; } = [];

    /// <summary>Which endpoints traffic from inside may use.</summary>
    public TrafficPolicy InternalTrafficPolicy { get; init; } = TrafficPolicy.Cluster;

    /// <summary>Which endpoints traffic from outside may use.</summary>
    public TrafficPolicy ExternalTrafficPolicy { get; init; } = TrafficPolicy.Cluster;

    /// <summary>Seconds that a client stays on its endpoint (1 to 86400); null without session affinity.</summary>
    public int? AffinitySeconds { get; init; }

    /// <summary>Whether endpoints that are not ready are published (in DNS and as ready endpoints).</summary>
    public bool PublishNotReadyAddresses { get; init; }

    /// <summary>Source blocks that may use the load balancer's addresses; empty for all.</summary>
    public ImmutableArray<Cidr> LoadBalancerSourceRanges { get; init; } = [];

    /// <summary>Address asked of the load balancer (<c>spec.loadBalancerIP</c> or a MetalLB annotation); null where none.</summary>
    public IpAddress? RequestedLoadBalancerIP { get; init; }

    /// <summary><c>spec.loadBalancerClass</c>; null where unset.</summary>
    public string? LoadBalancerClass { get; init; }

    /// <summary>Whether node ports are allocated for a LoadBalancer (<c>allocateLoadBalancerNodePorts</c>).</summary>
    public bool AllocateNodePorts { get; init; } = true;

    /// <summary><c>status.loadBalancer.ingress</c>: addresses of the load balancer; empty while Pending.</summary>
    public ImmutableArray<LoadBalancerIngress> LoadBalancerIngress { get; init; } = [];

    /// <summary>
    /// Port where kube-proxy answers the load balancer's health checks (LoadBalancer with a Local external policy); 0 where none.
    /// </summary>
    public int HealthCheckNodePort { get; init; }

    /// <summary><c>spec.trafficDistribution</c> (PreferClose, PreferSameZone, PreferSameNode); null where unset.</summary>
    public string? TrafficDistribution { get; init; }

    /// <summary>Whether the scenario made it up to fill the rule tables (<c>backgroundServices</c>).</summary>
    public bool IsBackground { get; init; }

    /// <summary>
    /// Whether packets from outside the cluster can be for it: it has node ports, external IPs or load balancer addresses that the proxy
    /// handles.
    /// </summary>
    public bool IsExternallyReachable =>
        Type is ServiceType.NodePort or ServiceType.LoadBalancer || ExternalIPs.Length > 0;
}

/// <summary>A port of a Service.</summary>
public sealed record ServicePort
{
    /// <summary>Name; empty where none (allowed for a single port only).</summary>
    public string Name { get; init; } = "";

    /// <summary>Transport protocol.</summary>
    public Protocol Protocol { get; init; } = Protocol.TCP;

    /// <summary>Port at the service's addresses, 1 to 65535.</summary>
    public required int Port { get; init; }

    /// <summary>Port at the pods: a number; 0 where <see cref="TargetPortName"/> names it.</summary>
    public int TargetPort { get; init; }

    /// <summary>Name of the container port at the pods; null where <see cref="TargetPort"/> is a number.</summary>
    public string? TargetPortName { get; init; }

    /// <summary>Port on every node; 0 where none or not allocated yet.</summary>
    public int NodePort { get; init; }

    /// <summary><c>appProtocol</c>; null where unset.</summary>
    public string? AppProtocol { get; init; }
}

/// <summary>An entry of <c>status.loadBalancer.ingress</c>.</summary>
/// <param name="Ip">Address; null where the load balancer has a host name instead.</param>
/// <param name="Hostname">Host name; null where it has an address.</param>
/// <param name="ProxyMode"><c>ipMode: Proxy</c>: packets arrive with the node's or pod's address, so kube-proxy does not touch this one
/// (KEP-1860).</param>
public sealed record LoadBalancerIngress(IpAddress? Ip, string? Hostname, bool ProxyMode);
