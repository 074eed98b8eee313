using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>How kube-proxy recognizes traffic of local pods (<c>detectLocalMode</c>).</summary>
public enum DetectLocalMode
{
    /// <summary>The source lies in <c>clusterCIDR</c>. Without one, nothing is known to be local.</summary>
    ClusterCIDR,

    /// <summary>The source lies in the node's own pod CIDR.</summary>
    NodeCIDR,

    /// <summary>The packet came in by the pods' bridge.</summary>
    BridgeInterface,

    /// <summary>The packet came in by an interface whose name has the prefix.</summary>
    InterfaceNamePrefix,
}

/// <summary>
/// A kubeproxy.config.k8s.io/v1alpha1 KubeProxyConfiguration: the fields that decide where packets go and when rules are written.
/// </summary>
public sealed record KubeProxyConfiguration
{
    /// <summary><c>mode</c>: one of <see cref="ProxyModeNames"/>, or a further mode that the program was given.</summary>
    public string Mode { get; init; } = ProxyModeNames.Iptables;

    /// <summary><c>detectLocalMode</c>.</summary>
    public DetectLocalMode DetectLocalMode { get; init; } = DetectLocalMode.ClusterCIDR;

    /// <summary>
    /// <c>detectLocal.bridgeInterface</c> or <c>detectLocal.interfaceNamePrefix</c>, as the mode says; empty for what common network
    /// plug-ins use (cni0, veth).
    /// </summary>
    public string LocalInterface { get; init; } = "";

    /// <summary>
    /// <c>clusterCIDR</c>, at most one a family; null means the cluster's pod CIDRs, empty means that nothing is known to be local.
    /// </summary>
    public ImmutableArray<Cidr>? ClusterCidrs { get; init; }

    /// <summary><c>iptables.masqueradeAll</c> (or that of the mode in use): masquerade everything sent to cluster IPs.</summary>
    public bool MasqueradeAll { get; init; }

    /// <summary><c>iptables.localhostNodePorts</c>: node ports also on loopback addresses (IPv4, iptables mode only).</summary>
    public bool LocalhostNodePorts { get; init; } = true;

    /// <summary><c>nodePortAddresses</c>: blocks of node addresses that have node ports; empty for the mode's default.</summary>
    public ImmutableArray<Cidr> NodePortAddresses { get; init; } = [];

    /// <summary><c>nodePortAddresses: [primary]</c>.</summary>
    public bool NodePortsOnPrimaryOnly { get; init; }

    /// <summary><c>ipvs.scheduler</c>: rr, wrr, lc, wlc, lblc, lblcr, sh, dh, sed, nq or mh.</summary>
    public string IpvsScheduler { get; init; } = "rr";

    /// <summary>Shortest time between two syncs, in nanoseconds; null for the mode's default (1 s; ipvs 0).</summary>
    public long? MinSyncPeriodNs { get; init; }

    /// <summary>Longest time between two syncs, in nanoseconds (pkg/proxy/apis/config/v1alpha1/defaults.go: 30 s).</summary>
    public long SyncPeriodNs { get; init; } = 30_000_000_000;

    /// <summary>Where it was written.</summary>
    public ObjectOrigin Origin { get; init; } = ObjectOrigin.Generated;
}
