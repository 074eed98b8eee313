namespace KubeNetSim.Scenarios.Validation;

/// <summary>Fields that only a Service of type LoadBalancer may have, and what they may say (pkg/apis/core/validation ValidateService).</summary>
internal static class LoadBalancerRules
{
    /// <summary>The older form of loadBalancerSourceRanges, which counts where the field is empty.</summary>
    private const string SourceRanges = "service.beta.kubernetes.io/load-balancer-source-ranges";

    /// <summary>Checks the fields.</summary>
    public static void Check(Fields document, Fields spec, Service service)
    {
        foreach (string field in (string[])["loadBalancerClass", "allocateLoadBalancerNodePorts", "loadBalancerSourceRanges"])
            if (spec.Ask(field) is not (null or SequenceNode { Items.Count: 0 }) && service.Type != ServiceType.LoadBalancer)
                spec.Error("load-balancer-field", field, $"Only a Service of type LoadBalancer may set it, and this one is of type {service.Type}");
        if (service is { Type: ServiceType.LoadBalancer, LoadBalancerClass: { } name } && !Names.IsQualifiedName(name))
            spec.Error("invalid-name", "loadBalancerClass", $"\"{name}\" is no name of a class: {Names.QualifiedNameRule}", "example.com/internal");
        if (spec.List("loadBalancerSourceRanges").Count == 0 && service.Meta.Annotations.TryGetValue(SourceRanges, out string? ranges))
            CheckAnnotation(document, service, ranges);
    }

    private static void CheckAnnotation(Fields document, Service service, string ranges)
    {
        string field = $"metadata.annotations[{SourceRanges}]";
        void Error(string rule, string message, string? help = null) =>
            document.Problems.Add(new Problem(Severity.Error, rule, service.Meta.Origin.Of(field), field, message, help));

        if (service.Type != ServiceType.LoadBalancer)
            Error("load-balancer-field", $"Only a Service of type LoadBalancer may have it, and this one is of type {service.Type}");
        foreach (string range in ranges.Trim().Length == 0 ? [] : ranges.Split(','))
            if (!Cidr.TryParse(range, out _))
                Error("invalid-cidr", $"\"{range.Trim()}\" is no block of addresses", "a block such as 10.0.0.0/8");
    }
}
