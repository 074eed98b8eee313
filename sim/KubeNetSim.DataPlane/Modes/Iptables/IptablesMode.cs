namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>iptables: rules in lists that are compared one after the other (pkg/proxy/iptables/proxier.go).</summary>
public sealed class IptablesMode : ProxyMode
{
    /// <inheritdoc/>
    public override string Name => ProxyModeNames.Iptables;

    /// <inheritdoc/>
    public override bool ComparesServicesInOrder => true;

    /// <inheritdoc/>
    public override string DisplayName(KubeProxyConfiguration configuration, IptablesBackend backend) =>
        $"{Name} ({(backend == IptablesBackend.Legacy ? "legacy" : "nft")})";

    /// <inheritdoc/>
    public override string CostsKey(IptablesBackend backend) =>
        backend == IptablesBackend.Legacy ? CostProfile.IptablesLegacy : CostProfile.IptablesNft;

    // Of all modes only this one sets route_localnet, without which the kernel drops packets that leave with a loopback address (IPv4).
    internal override bool HasNodePortsOnLoopback => true;

    internal override NodeSnapshot Program(ServiceTable services, ProxyNode node, ulong dispatchSeed) =>
        new IptablesSnapshot(services, node, dispatchSeed);
}
