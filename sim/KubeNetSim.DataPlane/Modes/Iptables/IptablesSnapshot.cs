namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>What iptables mode has programmed on a node: the shared rules, and the order and lengths of this node's lists.</summary>
internal sealed class IptablesSnapshot : RuleSnapshot
{
    private readonly DispatchOrder _order;
    private readonly (ListLengths IPv4, ListLengths IPv6) _lengths;
    private MovedRules? _movedOfV4;
    private MovedRules? _movedOfV6;

    public IptablesSnapshot(ServiceTable services, ProxyNode node, ulong dispatchSeed)
        : base(services, node)
    {
        _order = new DispatchOrder(dispatchSeed);
        Lists = RuleLists.Of(services);
        LocalPolicyRules local = LocalPolicyRules.Of(services);
        _lengths = (ListLengths.Of(Lists, local, node, IpFamily.IPv4), ListLengths.Of(Lists, local, node, IpFamily.IPv6));
    }

    /// <summary>The lists as they are on all nodes.</summary>
    public RuleLists Lists { get; }

    /// <summary>The order in which the last sync wrote the rules.</summary>
    public ref readonly DispatchOrder Order => ref _order;

    /// <summary>How long the lists of a family are here.</summary>
    public ref readonly ListLengths ListsOf(IpFamily family) => ref family == IpFamily.IPv4 ? ref _lengths.IPv4 : ref _lengths.IPv6;

    /// <summary>Which rules of those lists have another place than on other nodes; made when the first packet asks.</summary>
    public MovedRules MovedOf(IpFamily family) => family == IpFamily.IPv4
        ? _movedOfV4 ??= new MovedRules(this, family)
        : _movedOfV6 ??= new MovedRules(this, family);

    /// <inheritdoc/>
    public override void WorkOf(in Decision decision, int endpointIndex, bool byAffinity, out Work work) =>
        work = IptablesWork.Of(this, decision, endpointIndex, byAffinity);

    // There is no firewall chain for a Service without endpoints: its packets are rejected whoever sends them.
    private protected override bool HasFirewall(ServicePortEntry port) => port.HasEndpoints;

    // Addresses other than cluster IPs are refused in a chain that the node's own packets meet only when they come back in
    // (KUBE-EXTERNAL-SERVICES is called from INPUT and FORWARD, not from OUTPUT).
    private protected override void WithoutEndpoints(ref Decision decision) => decision.End(
        decision.From == PacketSource.Node && !decision.IsDestinationLocal ? Verdict.PassThrough : Verdict.Reject, DecisionReason.NoEndpoints);

    // nodePortAddresses confine the rules of the nat table, but not those of the filter table: those match any local address.
    private protected override void WithoutNodePort(ref Decision decision)
    {
        ServicePortEntry port = decision.Port!;
        if (!port.HasEndpoints)
            decision.End(Verdict.Reject, DecisionReason.NoEndpoints);
        else if (port.IsExternallyLocal && port.Selection.Local(Node.Index).Count == 0)
            decision.End(Verdict.Drop, DecisionReason.NoLocalEndpoints);
        else
            decision.End(Verdict.PassThrough, DecisionReason.NoRule);
    }

    internal override IEnumerable<RuleStep> Explain(Packet packet, Decision decision, int endpointIndex, bool byAffinity) =>
        new IptablesExplanation(this, packet, decision).Steps(endpointIndex, byAffinity);

    internal override IEnumerable<string> List(ServicePortEntry[] ports, bool isWhole) =>
        IptablesListing.Of(this, FamiliesOf(ports, isWhole), ports, isWhole);
}
