using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>A Service as the official API type, with everything allocated. The API server leaves out what its type does not have.</summary>
internal static class ServiceExport
{
    /// <summary>The Service.</summary>
    public static V1Service Of(Service service) => new()
    {
        ApiVersion = "v1",
        Kind = "Service",
        Metadata = ObjectMetaExport.Of(service.Meta),
        Spec = Spec(service),
        Status = new V1ServiceStatus { LoadBalancer = new V1LoadBalancerStatus { Ingress = Ingress(service) } },
    };

    private static V1ServiceSpec Spec(Service service)
    {
        bool isExternalName = service.Type == ServiceType.ExternalName;
        bool isLoadBalancer = service.Type == ServiceType.LoadBalancer;
        string[] clusterIps = service.IsHeadless ? ["None"] : [.. service.ClusterIPs.Select(address => address.ToString())];
        return new V1ServiceSpec
        {
            Type = service.Type.ToString(),
            ExternalName = service.ExternalName,
            ClusterIP = clusterIps.FirstOrDefault(),
            ClusterIPs = ObjectMetaExport.OrNull(clusterIps),
            IpFamilies = ObjectMetaExport.OrNull<string>([.. service.IpFamilies.Select(family => family.ToString())]),
            IpFamilyPolicy = service.IpFamilyPolicy,
            ExternalIPs = ObjectMetaExport.OrNull<string>([.. service.ExternalIPs.Select(address => address.ToString())]),
            Selector = Selector(service),
            Ports = ObjectMetaExport.OrNull<V1ServicePort>([.. service.Ports.Select(Port)]),
            InternalTrafficPolicy = isExternalName ? null : service.InternalTrafficPolicy.ToString(),
            ExternalTrafficPolicy = service.IsExternallyReachable ? service.ExternalTrafficPolicy.ToString() : null,
            SessionAffinity = service.AffinitySeconds is null ? "None" : "ClientIP",
            SessionAffinityConfig = service.AffinitySeconds is { } seconds
                ? new V1SessionAffinityConfig { ClientIP = new V1ClientIPConfig { TimeoutSeconds = seconds } } : null,
            PublishNotReadyAddresses = service.PublishNotReadyAddresses ? true : null,
            TrafficDistribution = service.TrafficDistribution,
            AllocateLoadBalancerNodePorts = isLoadBalancer ? service.AllocateNodePorts : null,
            LoadBalancerIP = service.RequestedLoadBalancerIP?.ToString(),
            LoadBalancerClass = service.LoadBalancerClass,
            LoadBalancerSourceRanges = ObjectMetaExport.OrNull<string>([.. service.LoadBalancerSourceRanges.Select(block => block.ToString())]),
            HealthCheckNodePort = service.HealthCheckNodePort > 0 ? service.HealthCheckNodePort : null,
        };
    }

    // A Service's selector is a map of exact values (core/v1), so that each requirement has one value.
    private static Dictionary<string, string>? Selector(Service service) =>
        service.Selector?.Requirements.ToDictionary(requirement => requirement.Key, requirement => requirement.Values[0]);

    private static V1ServicePort Port(ServicePort port) => new()
    {
        Name = ObjectMetaExport.OrNull(port.Name),
        Protocol = port.Protocol.ToString(),
        AppProtocol = port.AppProtocol,
        Port = port.Port,
        TargetPort = port.TargetPortName is { } name ? name : port.TargetPort,
        NodePort = port.NodePort > 0 ? port.NodePort : null,
    };

    private static IList<V1LoadBalancerIngress>? Ingress(Service service) =>
        ObjectMetaExport.OrNull<V1LoadBalancerIngress>([.. service.LoadBalancerIngress.Select(ingress => new V1LoadBalancerIngress
        {
            Ip = ingress.Ip?.ToString(),
            Hostname = ingress.Hostname,
            IpMode = ingress.Ip is null ? null : ingress.ProxyMode ? "Proxy" : "VIP",
        })]);
}
