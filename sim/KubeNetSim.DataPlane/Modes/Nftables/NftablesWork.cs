namespace KubeNetSim.DataPlane.Modes.Nftables;

/// <summary>
/// What a decision costs in nftables mode: look-ups in verdict maps, as many for one Service as for ten thousand. Look-ups that every
/// new connection makes on its way (source ranges, undefined ports) are part of what a new connection costs anyhow.
/// </summary>
internal static class NftablesWork
{
    private const int FirewallIps = 1;
    private const int ServiceIps = 1;
    private const int NodePortIps = 1;
    private const int ServiceNodePorts = 1;
    private const int Refusal = 1;
    private const int Choice = 1;

    public static Work Of(in Decision decision, int endpointIndex, bool byAffinity)
    {
        if (decision.Verdict == Verdict.Forward)
            return new Work(0, 0, Dispatch(decision) + ChoiceOf(decision, endpointIndex, byAffinity), Translated: true);
        if (decision.Reason == DecisionReason.SourceNotAllowed)
            return new Work(0, 0, FirewallIps, Translated: false);
        bool isRefused = decision.Verdict is Verdict.Reject or Verdict.Drop;
        return new Work(0, 0, Dispatch(decision) + (isRefused ? Refusal : 0), Translated: false);
    }

    // An address without a translation is looked for among the node's own, too; an external one with endpoints elsewhere has one.
    private static int Dispatch(in Decision decision)
    {
        bool isFound = decision.Verdict == Verdict.Forward || decision.Reason == DecisionReason.NoLocalEndpoints;
        if (isFound && decision.Frontend is (FrontendKind.ExternalIP or FrontendKind.LoadBalancer))
            return ServiceIps;
        if (decision.Verdict == Verdict.Forward && decision.Frontend == FrontendKind.ClusterIP)
            return ServiceIps;
        return ServiceIps + NodePortIps + (decision.HasNodePorts ? ServiceNodePorts : 0);
    }

    /// <summary>One set for each endpoint remembers its clients; they are asked in turn before a random one is taken.</summary>
    public static int ChoiceOf(in Decision decision, int endpointIndex, bool byAffinity) =>
        byAffinity ? endpointIndex + 1
        : decision.AffinityTimeoutNs > 0 ? decision.Endpoints.Count + Choice
        : Choice;
}
