namespace KubeNetSim.Scenarios.Validation;

/// <summary>EndpointSlices (pkg/apis/discovery/validation ValidateEndpointSlice) and Endpoints (pkg/apis/core/validation ValidateEndpoints).</summary>
internal static class EndpointRules
{
    private const int MostEndpoints = 1_000;
    private const int MostAddresses = 100;
    private const int MostPorts = 20_000;
    private const int MostHints = 8;

    /// <summary>Checks an EndpointSlice.</summary>
    /// <param name="document">The document.</param>
    /// <param name="family">Family of its addresses; null for host names.</param>
    public static void CheckSlice(Fields document, IpFamily? family)
    {
        ItemRules.AtMost(document, "endpoints", MostEndpoints);
        ItemRules.AtMost(document, "ports", MostPorts);
        foreach (Fields endpoint in document.Mappings("endpoints"))
            CheckEndpoint(endpoint, family);
        HashSet<string> names = [];
        foreach (Fields port in document.Mappings("ports"))
        {
            CheckPort(port);
            if (!names.Add(port.Text("name") ?? ""))
                port.Error("duplicate-port", "name", $"Two ports of the slice have the name \"{port.Text("name")}\"");
        }
    }

    /// <summary>Checks Endpoints.</summary>
    public static void CheckEndpoints(Fields document)
    {
        foreach (Fields subset in document.Mappings("subsets"))
        {
            if (subset.List("addresses").Count == 0 && subset.List("notReadyAddresses").Count == 0)
                subset.Error("required-field", "addresses", "A subset needs addresses or notReadyAddresses");
            foreach (Fields address in subset.Mappings("addresses").Concat(subset.Mappings("notReadyAddresses")))
            {
                if (address.Ask("ip") is ScalarNode ip)
                    AddressRules.CheckNotSpecial(address, [(ip, address.PathOf("ip"))]);
                CheckHostname(address);
            }
            Fields[] ports = [.. subset.Mappings("ports")];
            foreach (Fields port in ports)
            {
                CheckPort(port);
                if (ports.Length > 1 && port.Text("name") is null or "")
                    port.Error("required-field", "name", "Each port needs a name when a subset has several", "name: http");
                if (!port.Has("port"))
                    port.Error("required-field", "port", "The field \"port\" is required", "port: 8080");
            }
        }
    }

    private static void CheckEndpoint(Fields endpoint, IpFamily? family)
    {
        (ScalarNode Scalar, string Path)[] addresses = [.. endpoint.Values("addresses")];
        if (addresses.Length == 0)
            endpoint.Error("required-field", "addresses", "An endpoint needs an address");
        ItemRules.AtMost(endpoint, "addresses", MostAddresses);
        foreach ((ScalarNode scalar, string path) in addresses)
            if (WhatIsWrong(scalar.Text, family) is { } why)
                endpoint.Problems.Add(new Problem(Severity.Error, "invalid-address", scalar.Position, path, why));
        AddressRules.CheckNotSpecial(endpoint, family is null ? [] : addresses);
        CheckHostname(endpoint);
        if (endpoint.Text("nodeName") is { Length: > 0 } node && !Names.IsDnsName(node))
            endpoint.Error("invalid-name", "nodeName", $"\"{node}\" is no name of a Node");
        if (endpoint.Mapping("hints") is { } hints)
        {
            CheckHints(hints, "forZones", Names.IsLabelValue);
            CheckHints(hints, "forNodes", Names.IsDnsName);
        }
    }

    private static string? WhatIsWrong(string text, IpFamily? family) =>
        family is null ? Names.IsDnsName(text.TrimEnd('.')) && text.TrimEnd('.').Contains('.') ? null : $"\"{text}\" is no fully qualified host name"
        : !IpAddress.TryParse(text, out IpAddress address) ? $"\"{text}\" is no IP address"
        : address.Family != family ? $"{text} is not of the slice's address type {family}"
        : null;

    private static void CheckHints(Fields hints, string field, Func<string, bool> isName)
    {
        ItemRules.AtMost(hints, field, MostHints);
        HashSet<string> names = [];
        foreach (Fields hint in hints.Mappings(field))
        {
            string name = hint.Text("name") ?? "";
            if (!isName(name))
                hint.Error("invalid-name", "name", $"\"{name}\" is no name that a hint may have");
            else if (name.Length > 0 && !names.Add(name))
                hint.Error("duplicate-hint", "name", $"\"{name}\" stands twice");
        }
    }

    private static void CheckPort(Fields port)
    {
        if (port.Text("name") is { Length: > 0 } name && !Names.IsLabel(name))
            port.Error("invalid-name", "name", $"\"{name}\" is no name of a port: {Names.LabelRule}");
        ServicePortRules.CheckAppProtocol(port);
    }

    private static void CheckHostname(Fields endpoint)
    {
        if (endpoint.Text("hostname") is { Length: > 0 } hostname && !Names.IsLabel(hostname))
            endpoint.Error("invalid-name", "hostname", $"\"{hostname}\" is no host name of a pod: {Names.LabelRule}");
    }
}
