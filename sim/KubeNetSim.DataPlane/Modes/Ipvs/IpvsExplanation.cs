namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>The path of one packet through a node in IPVS mode, derived from its decision.</summary>
internal static class IpvsExplanation
{
    public static IEnumerable<RuleStep> Steps(NodeSnapshot snapshot, Packet packet, Decision decision, int endpointIndex)
    {
        Work lookup = snapshot.WorkOf(decision, endpointIndex) with { Translated = false };
        if (decision.Port is not { } port || decision.Verdict == Verdict.PassThrough)
        {
            yield return decision.Reason switch
            {
                DecisionReason.UndefinedPort => new RuleStep("filter KUBE-IPVS-FILTER",
                    "-m conntrack --ctstate NEW -m set --match-set KUBE-IPVS-IPS dst -j REJECT", "an address of a Service that does not have this port", lookup),
                DecisionReason.HealthCheck => new RuleStep("filter KUBE-NODE-PORT",
                    "-m set --match-set KUBE-HEALTH-CHECK-NODE-PORT dst -j ACCEPT", "kube-proxy itself answers the load balancer's health check", lookup),
                _ => new RuleStep("ipvs", "", "no virtual server has the destination: routing decides", lookup),
            };
            yield break;
        }
        if (decision.Reason == DecisionReason.SourceNotAllowed)
        {
            yield return new RuleStep("filter KUBE-SOURCE-RANGES-FIREWALL", "-j DROP", "the source is in no range that is allowed: the packet vanishes", lookup);
            yield break;
        }
        string server = IpvsRules.VirtualServer(snapshot, port, decision.Frontend, packet.Destination);
        if (decision.Verdict != Verdict.Forward)
        {
            yield return new RuleStep("ipvs", server, "the virtual server has no real server: the client gets a refusal at once", lookup);
            yield break;
        }
        yield return new RuleStep("ipvs", server, "found in the hash table of virtual servers", lookup);
        yield return new RuleStep("ipvs", IpvsRules.RealServer(port, decision.Frontend, packet.Destination, decision.Endpoints[endpointIndex]),
            $"real server {endpointIndex + 1} of {decision.Endpoints.Count}, chosen by {snapshot.Node.IpvsScheduler}", new Work(0, 0, 0, Translated: true));
        if (decision.IsMasqueraded(packet, endpointIndex))
            yield return new RuleStep("nat KUBE-POSTROUTING", "-j MASQUERADE --random-fully", "the source becomes an address of the node", default);
    }
}
