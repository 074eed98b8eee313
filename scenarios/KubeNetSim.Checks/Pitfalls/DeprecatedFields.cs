namespace KubeNetSim.Checks.Pitfalls;

/// <summary>What still works, or no longer, and has a successor (Kubernetes' well-known labels and annotations; pkg/api/service/warnings.go).</summary>
internal static class DeprecatedFields
{
    private static readonly (string Annotation, string Instead)[] Annotations =
    [
        ("service.kubernetes.io/topology-aware-hints", "trafficDistribution: PreferSameZone"),
        ("service.alpha.kubernetes.io/tolerate-unready-endpoints", "publishNotReadyAddresses: true"),
        ("service.beta.kubernetes.io/external-traffic", "externalTrafficPolicy"),
        ("service.beta.kubernetes.io/healthcheck-nodeport", "healthCheckNodePort"),
        ("service.beta.kubernetes.io/load-balancer-source-ranges", "loadBalancerSourceRanges"),
    ];

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
        {
            foreach ((string annotation, string instead) in Annotations)
                if (service.Meta.Annotations.ContainsKey(annotation))
                    yield return Finding.Warning("deprecated-annotation", service.Meta, $"metadata.annotations[{annotation}]",
                        $"Service {service.Meta.FullName} has an annotation that is deprecated, and what reads it may be gone", instead);
            if (service is { Type: ServiceType.LoadBalancer, IsHeadless: false, RequestedLoadBalancerIP: not null } && service.Meta.Origin.Has("spec.loadBalancerIP"))
                yield return Finding.Warning("deprecated-field", service.Meta, "spec.loadBalancerIP",
                    $"Service {service.Meta.FullName} asks for its address in a field that is deprecated since Kubernetes 1.24, and providers disagree on what it means", "the annotation of the provider, for example metallb.io/loadBalancerIPs");
            if (service is { ExternalIPs.Length: > 0, IsHeadless: false, Type: not ServiceType.ExternalName })
                yield return Finding.Warning("external-ips", service.Meta, "spec.externalIPs",
                    $"Service {service.Meta.FullName} takes traffic for these addresses on every node, whoever they belong to (CVE-2020-8554), and the field is deprecated",
                    "type: LoadBalancer, for example of MetalLB");
            if (service.TrafficDistribution == "PreferClose")
                yield return Finding.Advice("prefer-close", service.Meta.Origin, "spec.trafficDistribution",
                    $"PreferClose of Service {service.Meta.FullName} is an older name of PreferSameZone, and means the same", "trafficDistribution: PreferSameZone");
        }
    }
}
