namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>What IPVS mode has programmed on a node.</summary>
internal sealed class IpvsSnapshot(ServiceTable services, ProxyNode node) : NodeSnapshot(services, node)
{
    /// <inheritdoc/>
    public override void WorkOf(in Decision decision, int endpointIndex, bool byAffinity, out Work work) => work = IpvsWork.Of(decision);

    internal override void Route(ref Decision decision, in Packet packet, in PortRoute route) => IpvsRouting.Route(Node, ref decision, packet, route);

    // Every virtual address is bound on the node, so health checks find kube-proxy there, too (KUBE-IPVS-FILTER).
    internal override (Verdict Verdict, DecisionReason Reason) OutsideOfServices(in Packet packet) =>
        !Services.Frontends.IsVirtualIP(packet.Destination) ? (Verdict.PassThrough, DecisionReason.NoRule)
        : IsHealthCheck(packet) ? (Verdict.Accept, DecisionReason.HealthCheck)
        : (Verdict.Reject, DecisionReason.UndefinedPort);

    internal override IEnumerable<RuleStep> Explain(Packet packet, Decision decision, int endpointIndex, bool byAffinity) =>
        IpvsExplanation.Steps(this, packet, decision, endpointIndex);

    internal override IEnumerable<string> List(ServicePortEntry[] ports, bool isWhole) => ports.SelectMany(port => IpvsRules.OfPort(this, port));
}
