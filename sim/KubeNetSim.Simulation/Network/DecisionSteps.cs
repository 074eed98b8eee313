namespace KubeNetSim.Simulation.Network;

/// <summary>One of the next steps that a decision of a node allows.</summary>
/// <param name="Endpoint">Place in the decision's endpoints; -1 where the packet goes to no endpoint.</param>
/// <param name="Share">Its share of packets, 0 to 1.</param>
/// <param name="RewritesSource">Whether the node's rules rewrite the source address (SNAT).</param>
public readonly record struct DecisionStep(int Endpoint, double Share, bool RewritesSource);

/// <summary>
/// All steps that a decision of a node allows. Possible paths, NetworkTests and checks enumerate them; the flow of requests draws one.
/// Shares are those of a random choice; IPVS schedulers allow the same steps with other shares.
/// </summary>
public static class DecisionSteps
{
    /// <summary>The steps, with shares that add up to 1: one for each endpoint, or a single one that reaches none.</summary>
    public static DecisionStep[] Of(in Decision decision, in Packet packet)
    {
        if (decision.Verdict != Verdict.Forward)
            return [new DecisionStep(Topology.None, 1, false)];
        DecisionStep[] steps = new DecisionStep[decision.Endpoints.Count];
        for (int endpoint = 0; endpoint < steps.Length; endpoint++)
            steps[endpoint] = new DecisionStep(endpoint, 1.0 / steps.Length, decision.IsMasqueraded(packet, endpoint));
        return steps;
    }
}
