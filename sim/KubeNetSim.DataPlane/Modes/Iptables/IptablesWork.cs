namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// What a decision costs in iptables mode: rules compared one after the other. KUBE-SERVICES of the nat table is walked up to the rule
/// that matches, or to its end; then the filter table, whose lists every new connection passes on its way. Chains that kube-proxy
/// writes once, whatever the Services, are part of what a new connection costs anyhow.
/// </summary>
internal static class IptablesWork
{
    public static Work Of(IptablesSnapshot snapshot, in Decision decision, int endpointIndex, bool byAffinity)
    {
        ref readonly ListLengths lists = ref snapshot.ListsOf(decision.Family);
        int dispatch = Nat(snapshot, decision, lists) + Filter(snapshot, decision, endpointIndex, lists);
        return decision.Verdict == Verdict.Forward
            ? new Work(dispatch, Choice(decision, endpointIndex, byAffinity), 0, Translated: true)
            : new Work(dispatch, 0, 0, Translated: false);
    }

    /// <summary>The rules of the nat table that find the Service.</summary>
    public static int Nat(IptablesSnapshot snapshot, in Decision decision, in ListLengths lists)
    {
        bool found = decision.Verdict == Verdict.Forward;
        if (found && decision.Frontend != FrontendKind.NodePort)
            return PlaceInServices(snapshot, decision, lists) + 1;

        // The jumps to KUBE-NODEPORTS are the last of KUBE-SERVICES.
        if (found)
            return lists.NatServices + decision.NodePortPlace + 1 + CommonPlaceOf(snapshot, decision) + 1;
        int all = lists.NatServices + lists.NodePortJumps;
        return decision.HasNodePorts ? all + lists.NatNodePorts : all;
    }

    /// <summary>
    /// The rules of the filter table on the way of the packet, up to the one that ends it: OUTPUT where the node sends, INPUT where it
    /// receives, FORWARD else. FORWARD lets marked packets go (KUBE-FORWARD) between the firewall's list and the others.
    /// </summary>
    public static int Filter(IptablesSnapshot snapshot, in Decision decision, int endpointIndex, in ListLengths lists)
    {
        bool isForwarded = decision.Verdict == Verdict.Forward;
        bool isOutput = decision.From == PacketSource.Node;
        bool isInput = decision.IsDestinationLocal && !isForwarded;
        if (IsDroppedByFirewall(decision))
            return snapshot.Lists.FirewallNumberOf(decision.FrontendIndex) + 1;
        if (decision.Verdict == Verdict.Accept)
            return isOutput ? (2 * lists.Firewall) + lists.Services : lists.Firewall;
        if (isForwarded && !isOutput && lists.Services + lists.External > 0 && decision.IsMasqueraded(endpointIndex))
            return lists.Firewall;

        bool isRefused = decision.Verdict is Verdict.Reject or Verdict.Drop;
        if (isRefused && decision.Frontend == FrontendKind.ClusterIP)
            return lists.Firewall + PlaceOfRefusal(snapshot, decision) + 1;
        int external = isRefused ? PlaceOfRefusal(snapshot, decision) + 1 : lists.External;
        if (isOutput)
            return lists.Firewall + lists.Services + (isInput ? lists.Firewall + external : 0);
        return lists.Firewall + (isInput ? 0 : lists.Services) + external;
    }

    /// <summary>
    /// Whether the list of guarded load balancer addresses ends the packet. Whatever the nat table left alone ends there, before the rule
    /// for Services without local endpoints is met.
    /// </summary>
    public static bool IsDroppedByFirewall(in Decision decision) =>
        decision is { Verdict: Verdict.Drop, Frontend: FrontendKind.LoadBalancer, Port.SourceRanges.IsEmpty: false };

    // Rule i takes the packet with probability 1/(n-i), so endpoint i is reached after i+1 of them; rules that look for a known client
    // stand before them, one for each endpoint.
    private static int Choice(in Decision decision, int endpointIndex, bool byAffinity) =>
        byAffinity || decision.AffinityTimeoutNs == 0 ? endpointIndex + 1 : decision.Endpoints.Count + endpointIndex + 1;

    private static int PlaceInServices(IptablesSnapshot snapshot, in Decision decision, in ListLengths lists)
    {
        int place = CommonPlaceOf(snapshot, decision);
        bool isLikeEverywhere = lists.NatServices == snapshot.Lists.LengthOf(RuleList.NatServices, decision.Family);
        return isLikeEverywhere ? place : snapshot.MovedOf(decision.Family).PlaceInNat(place);
    }

    private static int PlaceOfRefusal(IptablesSnapshot snapshot, in Decision decision) =>
        decision.Reason == DecisionReason.NoLocalEndpoints
            ? snapshot.MovedOf(decision.Family).PlaceOfDrop(decision.Frontend, decision.FrontendIndex)
            : CommonPlaceOf(snapshot, decision);

    private static int CommonPlaceOf(IptablesSnapshot snapshot, in Decision decision)
    {
        RuleLists rules = snapshot.Lists;
        RuleList list = RuleLists.ListOf(decision.Frontend, decision.HasEndpoints);
        return snapshot.Order.PlaceOf(rules.NumberOf(decision.FrontendIndex), rules.LengthOf(list, decision.Family));
    }
}
