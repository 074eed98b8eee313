namespace KubeNetSim.Cli.Get;

/// <summary>
/// Endpoints, the API before EndpointSlices, as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go,
/// formatEndpoints): of the ready ones the first three, then how many more.
/// </summary>
internal static class EndpointsListing
{
    private const int ShownAtMost = 3;

    public static ListedKind Kind { get; } = new(
        ["endpoints", "ep"],
        ["ENDPOINTS", "AGE"],
        [],
        (cluster, _) => EndpointsController.Of(cluster).Select(Listed));

    private static ListedObject Listed(Endpoints endpoints) =>
        new(endpoints.Meta, [Some(endpoints), ListedKind.Age], [], () => EndpointsExport.Of(endpoints));

    private static string Some(Endpoints endpoints)
    {
        string[] texts = [.. endpoints.Subsets.SelectMany(TextsOf)];
        if (endpoints.Subsets.IsEmpty)
            return ListedKind.None;
        string shown = string.Join(",", texts.Take(ShownAtMost));
        return texts.Length > ShownAtMost ? $"{shown} + {texts.Length - ShownAtMost} more..." : shown;
    }

    private static IEnumerable<string> TextsOf(EndpointSubset subset)
    {
        IEnumerable<IpAddress> ready = subset.Addresses.Where(endpoint => endpoint.IsReady).Select(endpoint => endpoint.Addresses[0]);
        return subset.Ports.IsEmpty ? ready.Select(address => address.ToString())
            : subset.Ports.SelectMany(port => ready.Select(address => address.Family == IpFamily.IPv6 ? $"[{address}]:{port.Port}" : $"{address}:{port.Port}"));
    }
}
