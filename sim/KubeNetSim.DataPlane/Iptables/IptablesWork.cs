namespace KubeNetSim.DataPlane;

/// <summary>
/// What a decision costs in iptables mode: rules compared one after the other. KUBE-SERVICES of the nat table is walked up to the rule
/// that matches, or to its end; then the filter table, whose lists every new connection passes on its way. Chains that kube-proxy
/// writes once, whatever the Services, are part of what a new connection costs anyhow.
/// </summary>
internal static class IptablesWork
{
    public static Work Of(NodeSnapshot snapshot, in Decision decision, int endpointIndex, bool byAffinity)
    {
        ref readonly ListLengths lists = ref snapshot.ListsOf(decision.Family);
        int dispatch = Nat(snapshot, decision, lists) + Filter(snapshot, decision, lists);
        return decision.Verdict == Verdict.Forward
            ? new Work(dispatch, Choice(decision, endpointIndex, byAffinity), 0, Translated: true)
            : new Work(dispatch, 0, 0, Translated: false);
    }

    /// <summary>The rules of the nat table that find the Service.</summary>
    public static int Nat(NodeSnapshot snapshot, in Decision decision, in ListLengths lists)
    {
        bool found = decision.Verdict == Verdict.Forward;
        if (found && decision.Frontend != FrontendKind.NodePort)
            return PlaceOf(snapshot, decision, lists.NatServices) + 1;

        // The jump to KUBE-NODEPORTS is the last of KUBE-SERVICES.
        int all = lists.NatServices + lists.NodePortJumps;
        if (found)
            return all + PlaceOf(snapshot, decision, lists.NatNodePorts) + 1;
        return decision.HasNodePorts ? all + lists.NatNodePorts : all;
    }

    /// <summary>
    /// The rules of the filter table on the way of the packet, up to the one that ends it: OUTPUT where the node sends, INPUT where it
    /// receives, FORWARD else. FORWARD lets marked packets go (KUBE-FORWARD) between the firewall's list and the others.
    /// </summary>
    public static int Filter(NodeSnapshot snapshot, in Decision decision, in ListLengths lists)
    {
        bool isOutput = decision.From == PacketSource.Node;
        bool isInput = decision.IsDestinationLocal && decision.Verdict != Verdict.Forward;
        if (decision.Verdict == Verdict.Accept || decision.Reason == DecisionReason.SourceNotAllowed)
            return isOutput && isInput ? (2 * lists.Firewall) + lists.Services : lists.Firewall;

        bool isRefused = decision.Verdict is Verdict.Reject or Verdict.Drop;
        int services = isRefused && decision.Frontend == FrontendKind.ClusterIP ? PlaceOf(snapshot, decision, lists.Services) + 1 : lists.Services;
        int external = isRefused && decision.Frontend != FrontendKind.ClusterIP ? PlaceOf(snapshot, decision, lists.External) + 1 : lists.External;
        if (isRefused && decision.Frontend == FrontendKind.ClusterIP)
            return lists.Firewall + services;
        if (isOutput)
            return lists.Firewall + services + (isInput ? lists.Firewall + external : 0);
        if (isInput)
            return lists.Firewall + external;
        return decision.Verdict == Verdict.Forward && decision.Masquerade ? lists.Firewall : lists.Firewall + services + external;
    }

    // Rule i takes the packet with probability 1/(n-i), so endpoint i is reached after i+1 of them; rules that look for a known client
    // stand before them, one for each endpoint.
    private static int Choice(in Decision decision, int endpointIndex, bool byAffinity) =>
        byAffinity || decision.AffinityTimeoutNs == 0 ? endpointIndex + 1 : decision.Endpoints.Count + endpointIndex + 1;

    // The order is that of the list as all nodes have it; where this node's is longer or shorter, places are stretched to fit.
    private static int PlaceOf(NodeSnapshot snapshot, in Decision decision, int length)
    {
        RuleLists rules = snapshot.Services.Rules;
        RuleList list = RuleLists.ListOf(decision.Frontend, decision.HasEndpoints);
        int common = rules.LengthOf(list, decision.Family);
        int place = snapshot.Order.PlaceOf(rules.NumberOf(decision.FrontendIndex), common);
        return common == length ? place : (int)((long)place * length / common);
    }
}
