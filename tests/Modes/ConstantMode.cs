namespace KubeNetSim.Tests.Modes;

/// <summary>A mode that kube-proxy does not have: it routes as nftables does, and each new connection costs the same.</summary>
internal sealed class ConstantMode : ProxyMode
{
    public static readonly ProxyModeList Known = ProxyModeList.BuiltIn.With(new ConstantMode());

    public override string Name => "constant";

    public override long DefaultMinSyncPeriodNs => 0;

    internal override NodeSnapshot Program(ServiceTable services, ProxyNode node, ulong dispatchSeed) => new Snapshot(services, node);

    private sealed class Snapshot(ServiceTable services, ProxyNode node) : RuleSnapshot(services, node)
    {
        public override void WorkOf(in Decision decision, int endpointIndex, bool byAffinity, out Work work) => work = new Work(0, 0, 7, Translated: false);

        internal override IEnumerable<RuleStep> Explain(Packet packet, Decision decision, int endpointIndex, bool byAffinity) =>
            [new RuleStep("constant", "one table", "found by magic", WorkOf(decision, endpointIndex, byAffinity))];

        internal override IEnumerable<string> List(ServicePortEntry[] ports, bool isWhole) => ports.Select(port => $"constant {port.Name}");
    }
}
