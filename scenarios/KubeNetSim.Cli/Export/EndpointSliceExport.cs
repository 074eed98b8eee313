using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>An EndpointSlice as the official API type.</summary>
internal static class EndpointSliceExport
{
    /// <summary>The slice.</summary>
    public static V1EndpointSlice Of(EndpointSlice slice) => new()
    {
        ApiVersion = "discovery.k8s.io/v1",
        Kind = "EndpointSlice",
        Metadata = ObjectMetaExport.Of(slice.Meta),
        AddressType = slice.Family?.ToString() ?? "FQDN",
        Ports = [.. slice.Ports.Select(port => new Discoveryv1EndpointPort
        {
            Name = port.Name,
            Port = port.Port,
            Protocol = port.Protocol.ToString(),
            AppProtocol = port.AppProtocol,
        })],
        Endpoints = [.. slice.Endpoints.Select(Of)],
    };

    private static V1Endpoint Of(Endpoint endpoint) => new()
    {
        Addresses = [.. endpoint.Addresses.Select(address => address.ToString())],
        Conditions = new V1EndpointConditions { Ready = endpoint.Ready, Serving = endpoint.Serving, Terminating = endpoint.Terminating },
        NodeName = endpoint.NodeName,
        Zone = endpoint.Zone,
        Hostname = endpoint.Hostname,
        TargetRef = endpoint.PodName is { } pod ? ObjectMetaExport.PodReference(pod) : null,
        Hints = endpoint.ZoneHints.Length + endpoint.NodeHints.Length > 0 ? Hints(endpoint) : null,
    };

    private static V1EndpointHints Hints(Endpoint endpoint) => new()
    {
        ForZones = ObjectMetaExport.OrNull<V1ForZone>([.. endpoint.ZoneHints.Select(zone => new V1ForZone { Name = zone })]),
        ForNodes = ObjectMetaExport.OrNull<V1ForNode>([.. endpoint.NodeHints.Select(node => new V1ForNode { Name = node })]),
    };
}
