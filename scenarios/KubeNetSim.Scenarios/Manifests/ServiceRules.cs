using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>What the fields of a Service must not say together (pkg/apis/core/validation ValidateService).</summary>
internal static class ServiceRules
{
    public static void Check(Fields spec, Service service)
    {
        if (service.IsHeadless && service.Type is ServiceType.NodePort or ServiceType.LoadBalancer)
            spec.Error("headless-type", "clusterIP", $"A Service of type {service.Type} cannot be headless", "leave clusterIP out, or use type ClusterIP");
        if (service.Type == ServiceType.ExternalName)
            CheckExternalName(spec);
        CheckClusterIPs(spec, service);
        CheckFamilies(spec, service);
        if (spec.Has("externalTrafficPolicy") && !service.IsExternallyReachable)
            spec.Error("external-traffic-policy", "externalTrafficPolicy", $"Only Services that can be reached from outside may set it, and this one is of type {service.Type}");
        bool hasHealthCheck = service is { Type: ServiceType.LoadBalancer, ExternalTrafficPolicy: TrafficPolicy.Local };
        if (service.HealthCheckNodePort > 0 && !hasHealthCheck)
            spec.Error("health-check-node-port", "healthCheckNodePort", "Only a Service of type LoadBalancer with externalTrafficPolicy: Local may set it");
        foreach (string field in (string[])["loadBalancerClass", "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges"])
            if (spec.Has(field) && service.Type != ServiceType.LoadBalancer)
                spec.Error("load-balancer-field", field, $"Only a Service of type LoadBalancer may set it, and this one is of type {service.Type}");
    }

    private static void CheckExternalName(Fields spec)
    {
        foreach (string field in (string[])["clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy"])
            if (spec.Has(field) && spec.Ask(field) is not ScalarNode { Text: "" })
                spec.Error("external-name-field", field, "A Service of type ExternalName may not set it");
    }

    // One address a family, and the single field repeats the first of the list.
    private static void CheckClusterIPs(Fields spec, Service service)
    {
        if (service.ClusterIPs.Length > 2 || service.ClusterIPs.Select(address => address.Family).Distinct().Count() != service.ClusterIPs.Length)
            spec.Error("cluster-ips", "clusterIPs", "A Service has at most one cluster IP of each family");
        if (spec.List("clusterIPs") is [ScalarNode first, ..] && spec.Text("clusterIP") is { Length: > 0 } single && single != first.Text)
            spec.Error("cluster-ips", "clusterIPs", $"The first must be the same as clusterIP, which is {single}");
    }

    private static void CheckFamilies(Fields spec, Service service)
    {
        if (service.IpFamilies.Distinct().Count() != service.IpFamilies.Length)
            spec.Error("ip-families", "ipFamilies", "A family stands twice");
        else if (service is { IpFamilyPolicy: "SingleStack", IpFamilies.Length: > 1 })
            spec.Error("ip-families", "ipFamilies", "A Service with ipFamilyPolicy: SingleStack has one family");
        for (int index = 0; index < Math.Min(service.IpFamilies.Length, service.ClusterIPs.Length); index++)
            if (service.ClusterIPs[index].Family != service.IpFamilies[index])
                spec.Error("ip-families", "ipFamilies", $"The cluster IP {service.ClusterIPs[index]} is not of the family {service.IpFamilies[index]}");
    }
}
