using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads EndpointSlices and Endpoints.</summary>
internal static class EndpointsReader
{
    private static readonly Dictionary<string, IpFamily?> AddressTypes = new(StringComparer.Ordinal)
    {
        ["IPv4"] = IpFamily.IPv4,
        ["IPv6"] = IpFamily.IPv6,
        ["FQDN"] = null,
    };

    public static EndpointSlice ReadSlice(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "EndpointSlice");
        string type = document.Required("addressType", "IPv4, IPv6 or FQDN");
        if (type.Length > 0 && !AddressTypes.ContainsKey(type))
            document.Error("unknown-value", "addressType", $"\"{type}\" is not one of {string.Join(", ", AddressTypes.Keys)}");
        IpFamily? family = AddressTypes.GetValueOrDefault(type, IpFamily.IPv4);
        if (type.Length == 0 || AddressTypes.ContainsKey(type))
            EndpointRules.CheckSlice(document, family);
        return new EndpointSlice
        {
            Meta = meta,
            Family = family,
            Ports = [.. document.Mappings("ports").Select(Port)],
            Endpoints = [.. document.Mappings("endpoints").Select(item => Endpoint(item, family))],
        };
    }

    public static Endpoints ReadEndpoints(Fields document)
    {
        EndpointRules.CheckEndpoints(document);
        return new Endpoints
        {
            Meta = Metadata.Read(document, "Endpoints"),
            Subsets = [.. document.Mappings("subsets").Select(Subset)],
        };
    }

    private static EndpointSubset Subset(Fields subset) => new(
        [
            .. subset.Mappings("addresses").Select(item => Address(item, true)).OfType<Endpoint>(),
            .. subset.Mappings("notReadyAddresses").Select(item => Address(item, false)).OfType<Endpoint>(),
        ],
        [.. subset.Mappings("ports").Select(Port)]);

    private static Endpoint? Address(Fields item, bool ready)
    {
        if (Words.Address(item, "ip") is not { } address)
        {
            if (!item.Has("ip"))
                item.Error("required-field", "ip", "The field \"ip\" is required");
            return null;
        }
        return new Endpoint { Addresses = [address], Ready = ready, NodeName = item.Text("nodeName"), Hostname = item.Text("hostname"), PodName = PodName(item) };
    }

    private static EndpointPort Port(Fields port) => new(
        port.Text("name") ?? "", port.Integer("port", 1, 65_535) is { } number ? (int)number : null,
        port.Word("protocol", Words.Protocols) ?? Protocol.TCP, port.Text("appProtocol"));

    private static Endpoint Endpoint(Fields item, IpFamily? family)
    {
        ImmutableArray<IpAddress>.Builder addresses = ImmutableArray.CreateBuilder<IpAddress>();
        foreach (string text in item.Texts("addresses"))
            if (IpAddress.TryParse(text, out IpAddress address) && address.Family == family)
                addresses.Add(address);
        Fields? conditions = item.Mapping("conditions");
        Fields? hints = item.Mapping("hints");
        return new Endpoint
        {
            Addresses = addresses.ToImmutable(),
            Ready = Condition(conditions, "ready"),
            Serving = Condition(conditions, "serving"),
            Terminating = Condition(conditions, "terminating"),
            NodeName = item.Text("nodeName"),
            Zone = item.Text("zone"),
            Hostname = item.Text("hostname"),
            PodName = PodName(item),
            ZoneHints = [.. (hints?.Mappings("forZones") ?? []).Select(zone => zone.Required("name", "a zone"))],
            NodeHints = [.. (hints?.Mappings("forNodes") ?? []).Select(node => node.Required("name", "a node"))],
        };
    }

    private static bool? Condition(Fields? conditions, string name) =>
        conditions?.Has(name) == true ? conditions.Bool(name, true) : null;

    private static string? PodName(Fields item) =>
        item.Mapping("targetRef") is { } target && target.Text("kind") == "Pod" ? $"{target.Text("namespace")}/{target.Text("name")}" : null;
}
