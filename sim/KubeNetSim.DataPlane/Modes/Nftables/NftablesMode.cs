namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>nftables: verdict maps, one look-up whatever the number of Services (pkg/proxy/nftables/proxier.go, KEP-3866).</summary>
public sealed class NftablesMode : ProxyMode
{
    /// <inheritdoc/>
    public override string Name => ProxyModeNames.Nftables;

    // KEP-3866; the older modes take every local address.
    internal override bool HasNodePortsOnPrimaryOnly => true;

    // Accepting in the table of kube-proxy would end nothing in others' (pkg/proxy/nftables/README.md).
    internal override bool AcceptsHealthChecks => false;

    internal override NodeSnapshot Program(ServiceTable services, ProxyNode node, ulong dispatchSeed) => new NftablesSnapshot(services, node);
}
