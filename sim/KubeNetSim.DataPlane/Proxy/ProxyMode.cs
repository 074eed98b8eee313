namespace KubeNetSim.DataPlane.Proxy;

/// <summary>
/// A mode of kube-proxy: what it is called, its defaults, and what it programs on a node. What a packet meets there is the
/// <see cref="NodeSnapshot"/> that the mode makes. Immutable, and without state of a run.
/// </summary>
public abstract class ProxyMode
{
    /// <summary>Its name in a KubeProxyConfiguration.</summary>
    public abstract string Name { get; }

    /// <summary>Its name with the settings that matter to results, for people.</summary>
    /// <param name="configuration">kube-proxy's configuration.</param>
    /// <param name="backend">Where iptables rules are written to.</param>
    public virtual string DisplayName(KubeProxyConfiguration configuration, IptablesBackend backend) => Name;

    /// <summary>The key of its costs in a <see cref="CostProfile"/>.</summary>
    public virtual string CostsKey(IptablesBackend backend) => Name;

    /// <summary>Shortest time between two syncs where the configuration does not set it [ns] (pkg/proxy/apis/config/v1alpha1/defaults.go).</summary>
    public virtual long DefaultMinSyncPeriodNs => 1_000_000_000;

    /// <summary>The scheduler of the kernel that chooses endpoints; null where the mode's rules draw one of them at random.</summary>
    public virtual string? SchedulerOf(KubeProxyConfiguration configuration) => null;

    /// <summary>Whether a new connection is compared with the Services one after the other, so that its cost grows with their number.</summary>
    public virtual bool ComparesServicesInOrder => false;

    /// <summary>Since when and why the mode is deprecated; null where it is not.</summary>
    public virtual string? Deprecation => null;

    /// <summary>Whether node ports exist only at the node's primary addresses where the configuration names no blocks.</summary>
    internal virtual bool HasNodePortsOnPrimaryOnly => false;

    /// <summary>Whether node ports can exist at 127.0.0.1.</summary>
    internal virtual bool HasNodePortsOnLoopback => false;

    /// <summary>Whether session affinity is remembered for each address of a Service apart, and not for all addresses of a port together.</summary>
    internal virtual bool RemembersClientsByAddress => false;

    /// <summary>Whether a rule accepts health checks at the health-check node ports.</summary>
    internal virtual bool AcceptsHealthChecks => true;

    /// <summary>What a sync programs on a node.</summary>
    internal abstract NodeSnapshot Program(ServiceTable services, ProxyNode node, ulong dispatchSeed);
}
