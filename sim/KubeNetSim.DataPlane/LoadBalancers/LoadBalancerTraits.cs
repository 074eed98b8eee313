using System.Diagnostics;

namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>How a load balancer spreads connections over the nodes that may take them.</summary>
public enum LoadBalancerSpread
{
    /// <summary>Every node alike.</summary>
    EvenlyOverNodes,

    /// <summary>Every zone that has a healthy node alike, then every node of the zone alike (AWS without cross-zone balancing).</summary>
    EvenlyOverZones,

    /// <summary>One node takes all connections to an address (MetalLB in layer-2 mode).</summary>
    OneNode,
}

/// <summary>How a load balancer finds out that a node cannot take connections.</summary>
/// <param name="IntervalNs">Time between two checks of a node [ns].</param>
/// <param name="UnhealthyThreshold">Failed checks in a row until the node is left out.</param>
/// <param name="HealthyThreshold">Passed checks in a row until it is used again.</param>
public sealed record LoadBalancerHealthCheck(long IntervalNs, int UnhealthyThreshold, int HealthyThreshold)
{
    /// <summary>No checks: nodes are followed through the cluster's own state at once.</summary>
    public static LoadBalancerHealthCheck None { get; } = new(0, 0, 0);

    /// <summary>Longest time until a failed node is left out [ns].</summary>
    public long DetectionNs => IntervalNs * UnhealthyThreshold;

    /// <summary>Longest time until a node that recovered is used again [ns].</summary>
    public long RecoveryNs => IntervalNs * HealthyThreshold;

    internal static LoadBalancerHealthCheck Seconds(int interval, int unhealthy, int healthy) =>
        new(interval * 1_000_000_000L, unhealthy, healthy);
}

/// <summary>What the load balancers of a cloud have in common. Each cloud names its sources.</summary>
public sealed record LoadBalancerTraits
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>How it spreads connections.</summary>
    public LoadBalancerSpread Spread { get; init; }

    /// <summary>Whether packets reach the node with the address that the client wrote to, instead of the node's address and node port.</summary>
    public bool KeepsDestination { get; init; }

    /// <summary>Whether packets to the nodes pass a machine of its own, which is a hop; otherwise it is a route and a rule of who answers.</summary>
    public bool IsMachine { get; init; }

    /// <summary>Whether answers go back through it, too, instead of straight to the client (direct server return).</summary>
    public bool ReturnsThrough { get; init; }

    /// <summary>Whether it ends the client's connection and opens one of its own.</summary>
    public bool ProxiesConnection { get; init; }

    /// <summary>Whether packets reach the node with the client's address.</summary>
    public bool KeepsClientAddress { get; init; } = true;

    /// <summary>
    /// Whether a node cannot reach itself through it: with client addresses kept, source and destination of the packet are the same machine (AWS
    /// documentation, "NAT loopback" of Network Load Balancers).
    /// </summary>
    public bool DropsLoopback { get; init; }

    /// <summary>Whether it uses every node when none is healthy.</summary>
    public bool FailsOpen { get; init; }

    /// <summary>Whether it checks the node port itself, so that a Service without endpoints has no healthy node.</summary>
    public bool ChecksNodePort { get; init; }

    /// <summary>Whether endpoints that terminate but still serve keep a node in use under policy Local.</summary>
    public bool CountsTerminating { get; init; }

    /// <summary>Checks under externalTrafficPolicy Cluster.</summary>
    public LoadBalancerHealthCheck ClusterCheck { get; init; } = LoadBalancerHealthCheck.None;

    /// <summary>Checks under externalTrafficPolicy Local (the health check node port).</summary>
    public LoadBalancerHealthCheck LocalCheck { get; init; } = LoadBalancerHealthCheck.None;

    /// <summary>How it sends to pods directly; null where it sends to nodes.</summary>
    public PodTargets? Pods { get; init; }

    /// <summary>Whether it filters clients by <c>loadBalancerSourceRanges</c> itself; otherwise kube-proxy does.</summary>
    public bool FiltersSources { get; init; }

    /// <summary>Idle time after which it forgets a TCP connection [ns]; 0 for never.</summary>
    public long IdleTimeoutNs { get; init; }

    /// <summary>The traits of a cloud's load balancers.</summary>
    public static LoadBalancerTraits Of(CloudProvider cloud) => cloud switch
    {
        CloudProvider.Aws => Aws,
        CloudProvider.Gcp => Gcp,
        CloudProvider.Azure => Azure,
        CloudProvider.Metallb => Metallb,
        CloudProvider.Minikube => Minikube,
        CloudProvider.None => Routed,
        _ => throw new UnreachableException($"There is no cloud {cloud}."),
    };

    /// <summary>The traits of the load balancer of a Service's port, which annotations of the Service may change.</summary>
    public static LoadBalancerTraits Of(CloudProvider cloud, Service service, ServicePort port, bool sendsToPods) => cloud switch
    {
        CloudProvider.Aws => AwsAnnotations.Apply(Aws, service, port, sendsToPods),
        CloudProvider.Gcp when sendsToPods || GoogleNegs.Exposes(service, port) => GcpNegs,
        CloudProvider.Azure when sendsToPods => AzurePods,
        _ => Of(cloud),
    };

    /// <summary>
    /// A Network Load Balancer with instance targets: cross-zone balancing off, fails open, 350 s idle (AWS documentation); checks of
    /// kubernetes/cloud-provider-aws: TCP on the traffic port, 30 s, 3 of 3; with policy Local HTTP, 10 s, 2 of 2.
    /// </summary>
    public static LoadBalancerTraits Aws { get; } = new()
    {
        Name = "AWS Network Load Balancer",
        IsMachine = true,
        ReturnsThrough = true,
        Spread = LoadBalancerSpread.EvenlyOverZones,
        DropsLoopback = true,
        FailsOpen = true,
        ChecksNodePort = true,
        FiltersSources = true,
        ClusterCheck = LoadBalancerHealthCheck.Seconds(30, 3, 3),
        LocalCheck = LoadBalancerHealthCheck.Seconds(10, 2, 2),
        IdleTimeoutNs = 350_000_000_000,
    };

    /// <summary>
    /// An external passthrough Network Load Balancer: regional, direct server return, last resort is every backend (Google Cloud
    /// documentation); checks of kubernetes/ingress-gce pkg/l4/healthchecks: 8 s, 3 to leave, 1 to return; policy Local 3 s, 2 and 1.
    /// </summary>
    public static LoadBalancerTraits Gcp { get; } = new()
    {
        Name = "Google passthrough Network Load Balancer",
        IsMachine = true,
        KeepsDestination = true,
        FailsOpen = true,
        ClusterCheck = LoadBalancerHealthCheck.Seconds(8, 3, 1),
        LocalCheck = LoadBalancerHealthCheck.Seconds(3, 2, 1),
    };

    /// <summary>
    /// A proxy Network Load Balancer in front of zonal network endpoint groups (NEGs, container-native load balancing): it ends the client's
    /// connection and calls pods (Google Cloud documentation). Checks of kubernetes/ingress-gce pkg/healthchecks for NEGs: 15 s, 2 to leave, 1
    /// to return.
    /// </summary>
    public static LoadBalancerTraits GcpNegs { get; } = new()
    {
        Name = "Google proxy Network Load Balancer",
        IsMachine = true,
        ReturnsThrough = true,
        ProxiesConnection = true,
        KeepsClientAddress = false,
        FiltersSources = true,
        Pods = new PodTargets(LoadBalancerHealthCheck.Seconds(15, 2, 1), PodTargets.UsualDelayNs, PodTargets.UsualDelayNs),
    };

    /// <summary>
    /// A Standard Load Balancer with floating IP: the Service's own address and port arrive; without a healthy node new flows are not
    /// balanced, 4 min idle (Azure documentation); probes of kubernetes-sigs/cloud-provider-azure: 5 s, 2 of 2.
    /// </summary>
    public static LoadBalancerTraits Azure { get; } = new()
    {
        Name = "Azure Standard Load Balancer",
        IsMachine = true,
        KeepsDestination = true,
        ChecksNodePort = true,
        ClusterCheck = LoadBalancerHealthCheck.Seconds(5, 2, 2),
        LocalCheck = LoadBalancerHealthCheck.Seconds(5, 2, 2),
        IdleTimeoutNs = 240_000_000_000,
    };

    /// <summary>
    /// A Standard Load Balancer whose backend pool holds addresses of pods (kubernetes-sigs/cloud-provider-azure,
    /// loadBalancerBackendPoolConfigurationType: podIP), with the same probes.
    /// </summary>
    public static LoadBalancerTraits AzurePods { get; } = Azure with
    {
        KeepsDestination = false,
        ChecksNodePort = false,
        FiltersSources = true,
        Pods = new PodTargets(LoadBalancerHealthCheck.Seconds(5, 2, 2), PodTargets.UsualDelayNs, PodTargets.UsualDelayNs),
    };

    /// <summary>
    /// MetalLB in layer-2 mode: one node answers for an address; endpoints that only serve still count
    /// (metallb/metallb speaker/layer2_controller.go).
    /// </summary>
    public static LoadBalancerTraits Metallb { get; } = new()
    {
        Name = "MetalLB (layer 2)",
        Spread = LoadBalancerSpread.OneNode,
        KeepsDestination = true,
        CountsTerminating = true,
    };

    /// <summary><c>minikube tunnel</c>: a route on the host to the node; the address is the cluster IP (minikube handbook, accessing).</summary>
    public static LoadBalancerTraits Minikube { get; } = new() { Name = "minikube tunnel", KeepsDestination = true };

    /// <summary>Addresses that are routed to the nodes from outside of Kubernetes (external IPs, a status given by hand): every node alike.</summary>
    public static LoadBalancerTraits Routed { get; } = new() { Name = "routed address", KeepsDestination = true };
}
