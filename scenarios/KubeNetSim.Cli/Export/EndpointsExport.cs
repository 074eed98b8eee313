using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>Endpoints as the official API type.</summary>
internal static class EndpointsExport
{
    /// <summary>The object.</summary>
    public static V1Endpoints Of(Endpoints endpoints) => new()
    {
        ApiVersion = "v1",
        Kind = "Endpoints",
        Metadata = ObjectMetaExport.Of(endpoints.Meta),
        Subsets = ObjectMetaExport.OrNull<V1EndpointSubset>([.. endpoints.Subsets.Select(Of)]),
    };

    private static V1EndpointSubset Of(EndpointSubset subset) => new()
    {
        Addresses = ObjectMetaExport.OrNull<V1EndpointAddress>([.. subset.Addresses.Where(endpoint => endpoint.IsReady).Select(Of)]),
        NotReadyAddresses = ObjectMetaExport.OrNull<V1EndpointAddress>([.. subset.Addresses.Where(endpoint => !endpoint.IsReady).Select(Of)]),
        Ports = ObjectMetaExport.OrNull<Corev1EndpointPort>([.. subset.Ports.Select(port => new Corev1EndpointPort
        {
            Name = ObjectMetaExport.OrNull(port.Name),
            Port = port.Port ?? 0,
            Protocol = port.Protocol.ToString(),
            AppProtocol = port.AppProtocol,
        })]),
    };

    private static V1EndpointAddress Of(Endpoint endpoint) => new()
    {
        Ip = endpoint.Addresses[0].ToString(),
        NodeName = endpoint.NodeName,
        Hostname = endpoint.Hostname,
        TargetRef = endpoint.PodName is { } pod ? ObjectMetaExport.PodReference(pod) : null,
    };
}
