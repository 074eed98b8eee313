namespace KubeNetSim.Cli.Get;

/// <summary>
/// EndpointSlices as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go, printEndpointSlice): of ports and
/// addresses the first three, then how many more.
/// </summary>
internal static class EndpointSliceListing
{
    private const int ShownAtMost = 3;

    public static ListedKind Kind { get; } = new(
        ["endpointslices", "endpointslice", "eps"],
        ["ADDRESSTYPE", "PORTS", "ENDPOINTS", "AGE"],
        [],
        (cluster, _) => Objects(cluster));

    private static IEnumerable<ListedObject> Objects(Cluster cluster)
    {
        HashSet<(string, string)> background =
            [.. cluster.Services.Where(service => service.IsBackground).Select(service => (service.Meta.Namespace, service.Meta.Name))];
        return cluster.EndpointSlices.Select(slice =>
            Listed(slice) with { IsBackground = background.Contains((slice.Meta.Namespace, slice.ServiceName)) });
    }

    private static ListedObject Listed(EndpointSlice slice) => new(
        slice.Meta,
        [
            slice.Family?.ToString() ?? "FQDN",
            Some([.. slice.Ports.Select(port => port.Port?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "*")]),
            Some([.. slice.Endpoints.SelectMany(endpoint => endpoint.Addresses).Select(address => address.ToString())]),
            ListedKind.Age,
        ],
        [],
        () => EndpointSliceExport.Of(slice));

    private static string Some(string[] texts)
    {
        if (texts.Length == 0)
            return "<unset>";
        string shown = string.Join(",", texts.Take(ShownAtMost));
        return texts.Length > ShownAtMost ? $"{shown} + {texts.Length - ShownAtMost} more..." : shown;
    }
}
