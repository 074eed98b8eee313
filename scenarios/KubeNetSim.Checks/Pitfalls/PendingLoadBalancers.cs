namespace KubeNetSim.Checks.Pitfalls;

/// <summary>LoadBalancer Services that nobody gives an address.</summary>
internal static class PendingLoadBalancers
{
    private const string Waits = "EXTERNAL-IP stays <pending>: ";

    public static IEnumerable<Problem> Find(Inspection inspection)
    {
        foreach (Service service in inspection.Services)
            if (service is { Type: ServiceType.LoadBalancer, LoadBalancerIngress.IsEmpty: true } && WhyOf(inspection, service) is { } why)
                yield return Finding.Warning("load-balancer-pending", service.Meta,
                    service.LoadBalancerClass is null ? "spec.type" : Finding.FirstWritten(service.Meta.Origin, "spec.loadBalancerClass", "spec.type"),
                    $"Service {service.Meta.FullName} gets no address and stays Pending: {why}; only its node ports and its cluster IP work",
                    HelpOf(inspection.Cluster.Cloud, service));
    }

    // An address that cannot be given has been reported as such.
    private static string? WhyOf(Inspection inspection, Service service) =>
        service.RequestedLoadBalancerIP is not null && inspection.Cluster.Cloud != CloudProvider.None ? null
        : inspection.EventsOf(service).FirstOrDefault(item => item.Reason is "Pending" or "AllocationFailed") is not { } item ? null
        : item.Message.StartsWith(Waits, StringComparison.Ordinal) ? item.Message[Waits.Length..] : "no address is left";

    private static string HelpOf(CloudProvider cloud, Service service) => cloud switch
    {
        _ when service.LoadBalancerClass is not null => "leave loadBalancerClass out, or run a controller of that class",
        CloudProvider.None => "type: NodePort; or say in a Scenario who provides load balancers, for example spec.cluster.cloud: metallb",
        CloudProvider.Minikube => "run `minikube tunnel` (spec.cluster.minikubeTunnel: true)",
        _ => "a larger spec.cluster.loadBalancerPool",
    };
}
