namespace KubeNetSim.Scenarios.Validation;

/// <summary>The ports of a Service (pkg/apis/core/validation validateServicePort and what ValidateService says of all ports together).</summary>
internal static class ServicePortRules
{
    /// <summary>Checks the list <c>spec.ports</c>.</summary>
    public static void Check(Fields spec, Service service)
    {
        Fields[] items = [.. spec.Mappings("ports")];
        bool isEmpty = spec.Ask("ports") is null or SequenceNode { Items.Count: 0 };
        if (isEmpty && service is { Type: not ServiceType.ExternalName, IsHeadless: false })
            spec.Error("required-field", "ports", $"A Service of type {service.Type} needs at least one port");
        for (int index = 0; index < items.Length; index++)
            CheckPort(items[index], service, service.Ports[index]);
        CheckNames(items);
        CheckDuplicates(items, service);
    }

    private static void CheckPort(Fields item, Service service, ServicePort port)
    {
        if (!item.Has("port"))
            item.Error("required-field", "port", "The field \"port\" is required", "port: 80");
        if (service.Type == ServiceType.ClusterIP && port.NodePort != 0)
            item.Error("node-port-type", "nodePort", $"A Service of type {service.Type} has no node ports", "use type NodePort");
        if (item.Ask("targetPort") is ScalarNode { Kind: ScalarKind.Text, Text.Length: > 0 } target && !Names.IsPortName(target.Text))
            item.Error("invalid-name", "targetPort", $"\"{target.Text}\" is no name of a container port: {Names.PortNameRule}", "a number without quotes, or a name such as http");
        CheckAppProtocol(item);
    }

    /// <summary>Checks <c>appProtocol</c>, which ports of Services and of endpoints have.</summary>
    public static void CheckAppProtocol(Fields port)
    {
        if (port.Text("appProtocol") is { } protocol && !Names.IsQualifiedName(protocol))
            port.Error("invalid-name", "appProtocol", $"\"{protocol}\" is no name of a protocol: {Names.QualifiedNameRule}", "http, or kubernetes.io/h2c");
    }

    private static void CheckNames(Fields[] items)
    {
        HashSet<string> names = [];
        foreach (Fields item in items)
        {
            string name = item.Text("name") ?? "";
            if (name.Length == 0 && items.Length > 1)
                item.Error("required-field", "name", "Each port needs a name when a Service has several", "name: http");
            else if (name.Length > 0 && !Names.IsLabel(name))
                item.Error("invalid-name", "name", $"\"{name}\" is no name of a port: {Names.LabelRule}");
            else if (name.Length > 0 && !names.Add(name))
                item.Error("duplicate-port", "name", $"Two ports of the Service have the name \"{name}\"");
        }
    }

    // Numbers that are no numbers have been reported as such, and are 0 in the Service.
    private static void CheckDuplicates(Fields[] items, Service service)
    {
        HashSet<(Protocol, int)> numbers = [];
        HashSet<(Protocol, int)> nodePorts = [];
        for (int index = 0; index < items.Length; index++)
        {
            ServicePort port = service.Ports[index];
            if (port.NodePort > 0 && !nodePorts.Add((port.Protocol, port.NodePort)))
                items[index].Error("duplicate-port", "nodePort", $"Two ports of the Service have the node port {port.NodePort}/{port.Protocol}");
            if (port.Port > 0 && !numbers.Add((port.Protocol, port.Port)))
                items[index].Problems.Add(new Problem(Severity.Error, "duplicate-port", items[index].PositionOf("port"), items[index].Path, $"Two ports of the Service are {port.Port}/{port.Protocol}"));
        }
    }
}
