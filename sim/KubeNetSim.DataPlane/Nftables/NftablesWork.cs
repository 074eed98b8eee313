namespace KubeNetSim.DataPlane;

/// <summary>
/// What a decision costs in nftables mode: look-ups in verdict maps, as many for one Service as for ten thousand. Look-ups that every
/// new connection makes on its way (source ranges, undefined ports) are part of what a new connection costs anyhow.
/// </summary>
internal static class NftablesWork
{
    private const int ServiceIps = 1;
    private const int NodePortIps = 1;
    private const int ServiceNodePorts = 1;
    private const int NoEndpoints = 1;
    private const int Choice = 1;

    public static Work Of(in Decision decision, int endpointIndex, bool byAffinity)
    {
        int dispatch = ServiceIps;
        if (decision.Verdict != Verdict.Forward || decision.Frontend == FrontendKind.NodePort)
            dispatch += NodePortIps + (decision.HasNodePorts ? ServiceNodePorts : 0);
        if (decision.Verdict is Verdict.Reject or Verdict.Drop)
            dispatch += NoEndpoints;
        return decision.Verdict == Verdict.Forward
            ? new Work(0, 0, dispatch + ChoiceOf(decision, endpointIndex, byAffinity), Translated: true)
            : new Work(0, 0, dispatch, Translated: false);
    }

    /// <summary>One set for each endpoint remembers its clients; they are asked in turn before a random one is taken.</summary>
    public static int ChoiceOf(in Decision decision, int endpointIndex, bool byAffinity) =>
        byAffinity ? endpointIndex + 1
        : decision.AffinityTimeoutNs > 0 ? decision.Endpoints.Count + Choice
        : Choice;
}
