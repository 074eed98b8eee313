namespace KubeNetSim.Scenarios.Validation;

/// <summary>
/// What the API server says of a Service as a whole (pkg/apis/core/validation ValidateService), once its defaults are filled in
/// (pkg/apis/core/v1 SetDefaults_Service). Single values are checked where they are read.
/// </summary>
internal static class ServiceRules
{
    private const string TopologyMode = "service.kubernetes.io/topology-mode";
    private const string TopologyAwareHints = "service.kubernetes.io/topology-aware-hints";

    /// <summary>Checks a Service.</summary>
    /// <param name="document">The document.</param>
    /// <param name="spec">Its spec.</param>
    /// <param name="service">What was read of it.</param>
    public static void Check(Fields document, Fields spec, Service service)
    {
        LabelRules.Check(spec, "selector");
        ServicePortRules.Check(spec, service);
        if (service.Type == ServiceType.ExternalName)
            CheckExternalName(spec);
        else
            ClusterIpRules.Check(spec);
        if (IsHeadless(spec) && service.Type is ServiceType.NodePort or ServiceType.LoadBalancer)
        {
            (SourcePosition position, string field) = ClusterIpRules.First(spec);
            spec.Problems.Add(new Problem(Severity.Error, "headless-type", position, field, $"A Service of type {service.Type} cannot be headless", "leave clusterIP out, or use type ClusterIP"));
        }
        AddressRules.CheckNotSpecial(spec, "externalIPs");
        AddressRules.CheckCanonical(spec, spec.Values("externalIPs"));
        LoadBalancerRules.Check(document, spec, service);
        CheckTrafficPolicies(spec, service);
        CheckTopology(document, service);
    }

    private static bool IsHeadless(Fields spec) => spec.Text("clusterIP") == "None";

    private static void CheckExternalName(Fields spec)
    {
        string written = spec.Required("externalName", "externalName: example.com");
        string name = written.EndsWith('.') ? written[..^1] : written;
        if (written.Length > 0 && !Names.IsDnsName(name))
            spec.Error("invalid-name", "externalName", $"\"{written}\" is no host name");
        string addresses = spec.Has("clusterIPs") ? "clusterIPs" : "clusterIP";
        foreach (string field in (string[])[addresses, "ipFamilies", "ipFamilyPolicy"])
            if (spec.Ask(field) is not (null or ScalarNode { Text: "" } or SequenceNode { Items.Count: 0 }))
                spec.Error("external-name-field", field, "A Service of type ExternalName may not set it");
    }

    private static void CheckTrafficPolicies(Fields spec, Service service)
    {
        if (spec.Ask("externalTrafficPolicy") is ScalarNode { Text.Length: > 0 } && !IsReachableFromOutside(spec, service.Type))
            spec.Error("external-traffic-policy", "externalTrafficPolicy", $"Only Services that can be reached from outside may set it, and this one is of type {service.Type}");
        bool needsHealthCheck = service is { Type: ServiceType.LoadBalancer, ExternalTrafficPolicy: TrafficPolicy.Local };
        if (service.HealthCheckNodePort > 0 && !needsHealthCheck)
            spec.Error("health-check-node-port", "healthCheckNodePort", "Only a Service of type LoadBalancer with externalTrafficPolicy: Local may set it");
    }

    // ExternallyAccessible in pkg/api/service/util.go: external IPs count for type ClusterIP.
    private static bool IsReachableFromOutside(Fields spec, ServiceType type) =>
        type is ServiceType.NodePort or ServiceType.LoadBalancer || (type == ServiceType.ClusterIP && spec.List("externalIPs").Count > 0);

    private static void CheckTopology(Fields document, Service service)
    {
        string? mode = service.Meta.Annotations.GetValueOrDefault(TopologyMode);
        string? hints = service.Meta.Annotations.GetValueOrDefault(TopologyAwareHints);
        if (mode is null || hints is null || mode == hints)
            return;
        string field = $"metadata.annotations[{TopologyMode}]";
        document.Problems.Add(new Problem(Severity.Error, "topology-annotations", service.Meta.Origin.Of(field), field,
            $"It is \"{mode}\", and the older annotation {TopologyAwareHints} is \"{hints}\": they must be the same", $"leave {TopologyAwareHints} out"));
    }
}
