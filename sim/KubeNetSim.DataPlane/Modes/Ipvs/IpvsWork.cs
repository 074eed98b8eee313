namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>What a decision costs in IPVS mode: the hash table of virtual servers is asked once, whatever the number of Services.</summary>
internal static class IpvsWork
{
    public static Work Of(in Decision decision) =>
        new(DispatchRules: 0, EndpointRules: 0, Lookups: 1, Translated: decision.Verdict == Verdict.Forward);
}
