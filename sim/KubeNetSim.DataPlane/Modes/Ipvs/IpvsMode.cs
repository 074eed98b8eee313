namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>IPVS: the kernel's virtual server, a hash table and a scheduler (pkg/proxy/ipvs/proxier.go).</summary>
public sealed class IpvsMode : ProxyMode
{
    /// <inheritdoc/>
    public override string Name => ProxyModeNames.Ipvs;

    /// <inheritdoc/>
    public override long DefaultMinSyncPeriodNs => 0;

    /// <inheritdoc/>
    public override string Deprecation => "deprecated since Kubernetes 1.35 and going to be removed (KEP-5495)";

    /// <inheritdoc/>
    public override string DisplayName(KubeProxyConfiguration configuration, IptablesBackend backend) => $"{Name} ({configuration.IpvsScheduler})";

    /// <inheritdoc/>
    public override string SchedulerOf(KubeProxyConfiguration configuration) => configuration.IpvsScheduler;

    // A persistence template belongs to a virtual server, and each address has its own (ip_vs_sched_persist).
    internal override bool RemembersClientsByAddress => true;

    internal override NodeSnapshot Program(ServiceTable services, ProxyNode node, ulong dispatchSeed) => new IpvsSnapshot(services, node);
}
