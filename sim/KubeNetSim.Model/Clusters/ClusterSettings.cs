using System.Collections.Immutable;

namespace KubeNetSim.Model.Clusters;

/// <summary>Where the cluster runs, which decides what a LoadBalancer Service gets.</summary>
public enum CloudProvider
{
    /// <summary>No provider: LoadBalancer Services stay Pending.</summary>
    None,

    /// <summary>minikube: Pending until <c>minikube tunnel</c> runs, then the cluster IP.</summary>
    Minikube,

    /// <summary>MetalLB in layer-2 mode, with an address pool.</summary>
    Metallb,

    /// <summary>Amazon EKS with Network Load Balancers.</summary>
    Aws,

    /// <summary>Google GKE with external passthrough Network Load Balancers.</summary>
    Gcp,

    /// <summary>Azure AKS with Standard Load Balancers.</summary>
    Azure,
}

/// <summary>
/// The settings of a Scenario for a cluster, used where no Node or KubeProxyConfiguration document gives them. Null means not set.
/// </summary>
public sealed record ClusterSettings
{
    /// <summary>
    /// How many nodes to make besides those of <see cref="NodePools"/>; null for 3, or none where there are pools. Used only where no Node is given.
    /// </summary>
    public int? Nodes { get; init; }

    /// <summary>Zones to spread made nodes over, in turn; empty for zone-a, zone-b, zone-c.</summary>
    public ImmutableArray<string> Zones { get; init; } = [];

    /// <summary>Region of made nodes; null for <c>region-1</c>.</summary>
    public string? Region { get; init; }

    /// <summary>CPU of a made node in thousandths of a core; null for 4000.</summary>
    public long? NodeMilliCpu { get; init; }

    /// <summary>Memory of a made node in bytes; null for 16 GiB.</summary>
    public long? NodeMemoryBytes { get; init; }

    /// <summary>Most pods on a made node; null for 110, the kubelet's default.</summary>
    public int? NodePods { get; init; }

    /// <summary>Labels of made nodes that belong to no pool.</summary>
    public ImmutableSortedDictionary<string, string> NodeLabels { get; init; } = ObjectMeta.NoLabels;

    /// <summary>Taints of made nodes that belong to no pool.</summary>
    public ImmutableArray<Taint> NodeTaints { get; init; } = [];

    /// <summary>Pools of made nodes of other kinds.</summary>
    public ImmutableArray<NodePool> NodePools { get; init; } = [];

    /// <summary>Blocks for pods; empty for 10.244.0.0/16 (wider when it takes more), cut into one /24 (or smaller) a node.</summary>
    public ImmutableArray<Cidr> PodCidrs { get; init; } = [];

    /// <summary>Blocks for Services; empty for 10.96.0.0/12 (kubeadm's default). A ServiceCIDR document takes precedence.</summary>
    public ImmutableArray<Cidr> ServiceCidrs { get; init; } = [];

    /// <summary>Proxy mode; null for iptables. A KubeProxyConfiguration document takes precedence.</summary>
    public string? ProxyMode { get; init; }

    /// <summary>IPVS scheduler; null for rr.</summary>
    public string? IpvsScheduler { get; init; }

    /// <summary>The provider of load balancers; null for none.</summary>
    public CloudProvider? Cloud { get; init; }

    /// <summary>Whether load balancers of a cloud send to pods wherever they can, and not to nodes.</summary>
    public bool LoadBalancersSendToPods { get; init; }

    /// <summary>Whether <c>minikube tunnel</c> runs (cloud minikube only).</summary>
    public bool MinikubeTunnel { get; init; }

    /// <summary>
    /// Addresses that MetalLB or a cloud gives to LoadBalancer Services; null for 203.0.113.0/24 (RFC 5737), wider when it takes more.
    /// </summary>
    public Cidr? LoadBalancerPool { get; init; }

    /// <summary>How many Services of other applications fill the rule tables, each with one endpoint.</summary>
    public int BackgroundServices { get; init; }

    /// <summary>CoreDNS replicas where the files hold no kube-dns Service; null for 2.</summary>
    public int? DnsReplicas { get; init; }

    /// <summary>
    /// Whether the cluster gets the Services <c>kubernetes</c> and <c>kube-dns</c>, and CoreDNS, where the files hold none.
    /// </summary>
    public bool SystemServices { get; init; } = true;

    /// <summary>What Gateways and Ingress controllers run as.</summary>
    public HttpRouterSettings HttpRouters { get; init; } = new();

    /// <summary>The position of the settings, for messages about them.</summary>
    public ObjectOrigin Origin { get; init; } = ObjectOrigin.Generated;
}
