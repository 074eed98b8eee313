namespace KubeNetSim.Checks.Pitfalls;

/// <summary><c>externalTrafficPolicy: Local</c>: nodes without a pod drop what they get, and pods get what their node gets.</summary>
internal static class LocalPolicies
{
    /// <summary>From here on the load is said to be uneven: one pod gets twice what another gets.</summary>
    private const double Uneven = 2;

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
        {
            if (service is not { ExternalTrafficPolicy: TrafficPolicy.Local, IsExternallyReachable: true } || service.Ports.IsEmpty
                || inspection.Network.Value.BalancerOf(service, service.Ports[0]) is { SendsToPods: true }
                || inspection.Network.Value.EntryOf(service.Ports[0]) is not { HasEndpoints: true } entry)
                continue;
            int nodes = inspection.Cluster.Nodes.Length;
            int with = entry.Endpoints.ToList().Select(endpoint => endpoint.NodeIndex).Where(node => node >= 0).Distinct().Count();
            ServiceShares shares = inspection.Network.Value.FromOutside(service, service.Ports[0]);
            if (with < nodes)
                yield return Finding.Warning("local-policy-without-pods", service.Meta, "spec.externalTrafficPolicy",
                    $"Service {service.Meta.FullName} has pods on {Finding.Number(with)} of {Finding.Count(nodes, "node")}, and the others drop what clients outside send them: {Consequence(inspection, service, shares)}",
                    "a pod on every node (a DaemonSet, or topologySpreadConstraints over kubernetes.io/hostname), or externalTrafficPolicy: Cluster");
            if (shares.Loads is [var most, .., var least] && most > 0 && most >= Uneven * least * (1 - 1e-9))
                yield return Finding.Advice("advice-traffic-policy", service.Meta.Origin, "spec.externalTrafficPolicy",
                    $"Service {service.Meta.FullName}: {Reason(inspection, service)}, so the busiest pod gets {Finding.Percent(most)} of them and another {Finding.Percent(least)}, where {Finding.Percent(1.0 / shares.Loads.Length)} were even",
                    $"topologySpreadConstraints over kubernetes.io/hostname; or externalTrafficPolicy: Cluster, which is even and hides clients' addresses");
        }
    }

    private static string Reason(Inspection inspection, Service service) =>
        inspection.Network.Value.BalancerOf(service, service.Ports[0])?.Traits is { Spread: LoadBalancerSpread.OneNode, Name: var name }
            ? $"{name} sends all connections to one node, and policy Local keeps them there"
            : "nodes share connections, not pods";

    private static string Consequence(Inspection inspection, Service service, ServiceShares shares)
    {
        if (inspection.Network.Value.BalancerOf(service, service.Ports[0]) is not { } balancer)
            return $"of connections to any node alike, {Finding.Percent(shares.Lost)} are lost";
        return balancer.HealthCheck.DetectionNs > 0
            ? $"{balancer.Traits.Name} finds out by health checks, and for up to {balancer.HealthCheck.DetectionNs / 1_000_000_000} s after a pod has moved sends connections to where it was"
            : $"{balancer.Traits.Name} can use the nodes with pods only";
    }
}
