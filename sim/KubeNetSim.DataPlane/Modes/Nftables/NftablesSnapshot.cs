namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>What nftables mode has programmed on a node.</summary>
internal sealed class NftablesSnapshot(ServiceTable services, ProxyNode node) : RuleSnapshot(services, node)
{
    /// <inheritdoc/>
    public override void WorkOf(in Decision decision, int endpointIndex, bool byAffinity, out Work work) =>
        work = NftablesWork.Of(decision, endpointIndex, byAffinity);

    internal override (Verdict Verdict, DecisionReason Reason) OutsideOfServices(in Packet packet) =>
        Services.Frontends.IsClusterIP(packet.Destination) ? (Verdict.Reject, DecisionReason.UndefinedPort)
        : IsInServiceCidr(packet.Destination) ? (Verdict.Drop, DecisionReason.UnallocatedAddress)
        : (Verdict.PassThrough, DecisionReason.NoRule);

    internal override IEnumerable<RuleStep> Explain(Packet packet, Decision decision, int endpointIndex, bool byAffinity) =>
        new NftablesExplanation(this, packet, decision).Steps(endpointIndex, byAffinity);

    internal override IEnumerable<string> List(ServicePortEntry[] ports, bool isWhole) =>
        FamiliesOf(ports, isWhole).SelectMany(family => TableOf(family, [.. ports.Where(port => port.Family == family)], isWhole));

    private IEnumerable<string> TableOf(IpFamily family, ServicePortEntry[] ports, bool isWhole)
    {
        NftablesRules rules = new(this, family);
        IEnumerable<NftablesObject> objects = isWhole
            ? rules.All()
            : [.. rules.Sets(ports.Contains), .. NftablesRules.CommonTargets(), .. ports.SelectMany(rules.OfPort)];
        return [$"table {NftablesText.IpOf(family)} kube-proxy {{", .. objects.SelectMany(each => each.Print()), "}"];
    }

    private bool IsInServiceCidr(IpAddress address)
    {
        foreach (Cidr block in Services.ServiceCidrs)
            if (block.Contains(address))
                return true;
        return false;
    }
}
