using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Proxy;

/// <summary>One step of a packet through a node's rules.</summary>
/// <param name="Where">Chain, map or table, as the tools of the mode name it.</param>
/// <param name="Rule">The rule that matched, as the tools of the mode print it; empty where rules were compared and none matched.</param>
/// <param name="Meaning">What happened, in a few words.</param>
/// <param name="Work">What the step cost; the steps of a decision add up to its work.</param>
public sealed record RuleStep(string Where, string Rule, string Meaning, Work Work)
{
    /// <summary>The steps behind a decision, in order, with the names that a real node of this mode would show.</summary>
    /// <param name="snapshot">The node.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="decision">What the node decided for it.</param>
    /// <param name="endpointIndex">Which endpoint was chosen; ignored unless the packet is forwarded.</param>
    /// <param name="byAffinity">Whether session affinity chose it.</param>
    public static ImmutableArray<RuleStep> Of(
        NodeSnapshot snapshot, in Packet packet, in Decision decision, int endpointIndex, bool byAffinity = false) =>
        [.. snapshot.Explain(packet, decision, endpointIndex, byAffinity)];
}
