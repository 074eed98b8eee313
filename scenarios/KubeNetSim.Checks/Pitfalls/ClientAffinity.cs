namespace KubeNetSim.Checks.Pitfalls;

/// <summary>
/// <c>sessionAffinity: ClientIP</c> for clients outside: every node remembers for itself, by the address that reaches it.
/// </summary>
internal static class ClientAffinity
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
        {
            if (service is not { AffinitySeconds: not null, Type: ServiceType.NodePort or ServiceType.LoadBalancer } || service.Ports.IsEmpty
                || inspection.Network.Value.EntryOf(service.Ports[0]) is not { Endpoints.Count: > 1 } entry)
                continue;
            LoadBalancer? balancer = inspection.Network.Value.BalancerOf(service, service.Ports[0]);
            if (balancer is { SendsToPods: true })
                yield return Report(service, $"{balancer.Traits.Name} calls pods itself, and kube-proxy, which remembers clients, has no part in it");
            else if (balancer?.Traits.KeepsClientAddress == false)
                yield return Report(service, $"{balancer.Traits.Name} hides clients behind its own address (SNAT), so all of them stick to one pod");
            else if (StaysWithPod(inspection, balancer, entry.Endpoints.Count) is < 1 and double stays)
                yield return Report(service,
                    $"each node remembers clients for itself, so of a client's next connections {Finding.Percent(stays)} come to the same pod; and clients behind one NAT are one address (SNAT), so all of them stick to one pod");
        }
    }

    // The same node with the sum of the squares of their shares; another one happens to choose the same pod.
    private static double StaysWithPod(Inspection inspection, LoadBalancer? balancer, int pods)
    {
        int nodes = inspection.Cluster.Nodes.Length;
        double sameNode = balancer is null ? 1.0 / nodes : balancer.TargetNodes.Sum(node => balancer.ShareOf(node) * balancer.ShareOf(node));
        return sameNode + ((1 - sameNode) / pods);
    }

    private static Problem Report(Service service, string why) => Finding.Warning("affinity-behind-snat", service.Meta, "spec.sessionAffinity",
        $"Service {service.Meta.FullName} wants clients outside to stay with their pod, but {why}",
        "affinity by cookie in an Ingress or Gateway, which sees the request; or keep state out of the pods");
}
