namespace KubeNetSim.Checks.Pitfalls;

/// <summary><c>sessionAffinity: ClientIP</c> behind an Ingress or a Gateway, whose pods are the Service's clients.</summary>
internal static class RouterAffinity
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        HttpRouterSettings routers = inspection.Cluster.HttpRouters;
        HashSet<string> routed = [.. BackendsOf(inspection.Cluster)];
        foreach (Service service in inspection.Services)
            if (service.AffinitySeconds is not null && routed.Contains(service.Meta.FullName))
                yield return Finding.Warning("affinity-behind-router", service.Meta, "spec.sessionAffinity",
                    $"Service {service.Meta.FullName} wants clients to stay with their pod, but requests come from the pods of a router, which "
                    + (routers.UsesClusterIP ? $"are {Finding.Count(routers.Replicas, "client")}: no more of its pods get requests than that" : "choose endpoints themselves: the affinity does nothing"),
                    "affinity by cookie in the Ingress controller or Gateway, which sees the request; or keep state out of the pods");
    }

    private static IEnumerable<string> BackendsOf(Cluster cluster)
    {
        BackendResolution references = new(cluster);
        return cluster.Http.Ingresses
            .SelectMany(ingress => ingress.Rules.SelectMany(rule => rule.Paths).Select(path => path.Backend).Append(ingress.DefaultBackend).OfType<IngressBackend>()
                .Select(backend => references.Resolve(ingress, backend)))
            .Concat(cluster.Http.Routes.SelectMany(route => route.Rules.SelectMany(rule => rule.BackendRefs).Select(backend => references.Resolve(route, backend))))
            .Select(backend => backend.Service?.Meta.FullName).OfType<string>();
    }
}
