namespace KubeNetSim.DataPlane;

/// <summary>
/// What a decision costs in iptables mode: rules compared one after the other. KUBE-SERVICES of the nat table is walked up to the rule
/// that matches, or to its end; the filter lists then see what nat did not translate, and every new connection passes those of its
/// way. Chains that kube-proxy writes once, whatever the Services, are part of what a new connection costs anyhow.
/// </summary>
internal static class IptablesWork
{
    public static Work Of(NodeSnapshot snapshot, in Decision decision, int endpointIndex, bool byAffinity)
    {
        int dispatch = Nat(snapshot, decision) + Filter(snapshot, decision);
        return decision.Verdict == Verdict.Forward
            ? new Work(dispatch, Choice(decision, endpointIndex, byAffinity), 0, Translated: true)
            : new Work(dispatch, 0, 0, Translated: false);
    }

    // Rule i takes the packet with probability 1/(n-i), so endpoint i is reached after i+1 of them; rules that look for a known client
    // stand before them, one for each endpoint.
    private static int Choice(in Decision decision, int endpointIndex, bool byAffinity) =>
        byAffinity || decision.AffinityTimeoutNs == 0 ? endpointIndex + 1 : decision.Endpoints.Count + endpointIndex + 1;

    private static int Nat(NodeSnapshot snapshot, in Decision decision)
    {
        RuleLists rules = snapshot.Services.Rules;
        int services = rules.LengthOf(RuleList.NatServices, decision.Family);
        if (decision.Verdict == Verdict.Forward && decision.Frontend != FrontendKind.NodePort)
            return PlaceOf(snapshot, decision, services) + 1;

        // The jump to KUBE-NODEPORTS is the last of KUBE-SERVICES.
        int all = services + snapshot.Node.Addresses.NodePortJumps(decision.Family);
        int nodePorts = rules.LengthOf(RuleList.NatNodePorts, decision.Family);
        if (decision.Verdict == Verdict.Forward)
            return all + PlaceOf(snapshot, decision, nodePorts) + 1;
        return decision.IsDestinationLocal ? all + nodePorts : all;
    }

    private static int Filter(NodeSnapshot snapshot, in Decision decision)
    {
        RuleLists rules = snapshot.Services.Rules;
        int services = rules.LengthOf(RuleList.FilterServices, decision.Family);
        int external = rules.LengthOf(RuleList.FilterExternal, decision.Family);
        int firewall = rules.LengthOf(RuleList.FilterFirewall, decision.Family);
        bool leavesNode = decision.From == PacketSource.Node && !decision.IsDestinationLocal;
        bool isInput = decision.IsDestinationLocal && decision.Verdict != Verdict.Forward;
        int before = leavesNode ? 0 : external;

        return (decision.Verdict, decision.Frontend) switch
        {
            (Verdict.Reject or Verdict.Drop, _) when decision.Reason == DecisionReason.NoEndpoints => decision.Frontend == FrontendKind.ClusterIP
                ? before + PlaceOf(snapshot, decision, services) + 1
                : PlaceOf(snapshot, decision, external) + 1,
            (Verdict.Drop, FrontendKind.ClusterIP) => before + services + 1,
            (Verdict.Drop, _) when decision.Reason == DecisionReason.NoLocalEndpoints => external + 1,
            _ => before + (isInput ? 0 : services) + firewall,
        };
    }

    private static int PlaceOf(NodeSnapshot snapshot, in Decision decision, int length) =>
        snapshot.Order.PlaceOf(snapshot.Services.Rules.NumberOf(decision.FrontendIndex), length);
}
