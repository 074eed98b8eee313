namespace KubeNetSim.DataPlane.LoadBalancers;

/// <summary>
/// Annotations of a Service that change its Network Load Balancer: those of kubernetes-sigs/aws-load-balancer-controller (its documentation,
/// guide/service/annotations), and of kubernetes/cloud-provider-aws.
/// </summary>
internal static class AwsAnnotations
{
    private const string Prefix = "service.beta.kubernetes.io/aws-load-balancer-";

    // 90 to 180 s to the first connection (aws-load-balancer-controller, issues 1834 and 1786); about 120 s from deregistration to the last
    // one (aws/containers-roadmap, issue 470).
    private const long RegistrationNs = 120_000_000_000;
    private const long DeregistrationNs = 120_000_000_000;

    public static LoadBalancerTraits Apply(LoadBalancerTraits usual, Service service, ServicePort port, bool sendsToPods)
    {
        bool toPods = sendsToPods || SendsToPods(service);
        // The attribute is true for instances and for UDP unless it is set, and false for TCP to addresses (AWS documentation).
        bool keepsClients = Attribute(service, "target-group-attributes", "preserve_client_ip.enabled") is { } said
            ? said == "true" : !toPods || port.Protocol == Protocol.UDP;
        return usual with
        {
            Spread = IsCrossZone(service) ? LoadBalancerSpread.EvenlyOverNodes : usual.Spread,
            KeepsClientAddress = keepsClients,
            DropsLoopback = keepsClients,
            ChecksNodePort = usual.ChecksNodePort && !toPods,
            ClusterCheck = Checked(service, IsOfController(service) ? LoadBalancerHealthCheck.Seconds(10, 3, 3) : usual.ClusterCheck),
            LocalCheck = Checked(service, usual.LocalCheck),
            Pods = toPods ? new PodTargets(Checked(service, LoadBalancerHealthCheck.Seconds(10, 3, 3)), RegistrationNs, DeregistrationNs) : null,
        };
    }

    // The controller's own Services: by class or type. Since version 2.5 it takes those that name neither, so a target type alone is enough;
    // with type nlb the cloud's own controller keeps the Service, and knows no target type.
    private static bool SendsToPods(Service service) => service.LoadBalancerClass switch
    {
        "service.k8s.aws/nlb" => TargetType(service) == "ip",
        "eks.amazonaws.com/nlb" => TargetType(service) is null or "ip",
        _ => Value(service, "type") switch
        {
            "nlb-ip" => true,
            null or "external" => TargetType(service) == "ip",
            _ => false,
        },
    };

    private static bool IsOfController(Service service) =>
        service.LoadBalancerClass is not null || Value(service, "type") is "external" or "nlb-ip" || TargetType(service) is not null;

    private static string? TargetType(Service service) => Value(service, "nlb-target-type");

    private static bool IsCrossZone(Service service) =>
        Attribute(service, "attributes", "load_balancing.cross_zone.enabled") == "true" || Value(service, "cross-zone-load-balancing-enabled") == "true";

    private static LoadBalancerHealthCheck Checked(Service service, LoadBalancerHealthCheck usual) => new(
        Number(service, "healthcheck-interval") is { } seconds ? seconds * 1_000_000_000L : usual.IntervalNs,
        Number(service, "healthcheck-unhealthy-threshold") ?? usual.UnhealthyThreshold,
        Number(service, "healthcheck-healthy-threshold") ?? usual.HealthyThreshold);

    private static int? Number(Service service, string name) =>
        int.TryParse(Value(service, name), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out int number) && number is > 0 and <= 300
            ? number : null;

    private static string? Attribute(Service service, string annotation, string name) =>
        (Value(service, annotation) ?? "").Split(',')
            .Select(attribute => attribute.Trim().Split('=', 2)).LastOrDefault(pair => pair.Length == 2 && pair[0] == name)?[1];

    private static string? Value(Service service, string name) => service.Meta.Annotations.GetValueOrDefault(Prefix + name);
}
