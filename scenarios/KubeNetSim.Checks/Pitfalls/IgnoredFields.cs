namespace KubeNetSim.Checks.Pitfalls;

/// <summary>Fields that are accepted and do nothing (what the API server warns of: pkg/api/service/warnings.go; SetDefaults_Service).</summary>
internal static class IgnoredFields
{
    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
            foreach ((string field, string why, string help) in Of(service))
                if (service.Meta.Origin.Has(field))
                    yield return Finding.Warning("ignored-field", service.Meta, field, $"This does nothing in Service {service.Meta.FullName}: {why}", help);
    }

    private static IEnumerable<(string Field, string Why, string Help)> Of(Service service)
    {
        const string LeaveOut = "leave it out";
        if (service.IsHeadless)
        {
            foreach (string field in (string[])["spec.loadBalancerIP", "spec.externalIPs", "spec.trafficDistribution"])
                yield return (field, "a headless Service has no part in the proxies, and DNS answers with its pods", LeaveOut);
            if (service.AffinitySeconds is not null)
                yield return ("spec.sessionAffinity", "a headless Service has no part in the proxies, and clients choose a pod themselves", LeaveOut);
        }
        if (service.Type == ServiceType.ExternalName)
            foreach (string field in (string[])["spec.externalIPs", "spec.selector"])
                yield return (field, "a Service of type ExternalName is an alias in DNS and nothing else", "leave it out, or use type ClusterIP");
        else
            yield return ("spec.externalName", $"a Service of type {service.Type} is no alias", "type: ExternalName, or leave it out");
        if (service.Type != ServiceType.LoadBalancer)
            yield return ("spec.loadBalancerIP", $"a Service of type {service.Type} has no load balancer", "type: LoadBalancer, or leave it out");
        if (service.AffinitySeconds is null)
            yield return ("spec.sessionAffinityConfig", "sessionAffinity is None, and the API server drops it", "sessionAffinity: ClientIP, or leave it out");
    }
}
