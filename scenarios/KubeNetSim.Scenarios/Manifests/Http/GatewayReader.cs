using System.Collections.Immutable;
using System.Text;

namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>Reads Gateways and what belongs to them, and checks them as their custom resource definitions do (gateway-api apis/v1 gateway_types.go).</summary>
internal static class GatewayReader
{
    public static Gateway Read(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "Gateway");
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", "A Gateway needs a spec");
            return new Gateway { Meta = meta, ClassName = "" };
        }
        Fields? allowed = spec.Mapping("allowedListeners")?.Mapping("namespaces");
        return new Gateway
        {
            ListenersFrom = allowed?.Word("from", Words.Of<RouteNamespaces>()) ?? RouteNamespaces.None,
            ListenersSelector = allowed?.Mapping("selector") is { } selector ? Words.Selector(selector) : null,
            Meta = meta,
            ClassName = spec.Required("gatewayClassName", "the name of a GatewayClass"),
            Listeners = ListenerReader.ReadAll(spec, meta.Namespace),
            Addresses = Addresses(spec),
            InfrastructureLabels = spec.Mapping("infrastructure")?.Labels("labels") ?? ObjectMeta.NoLabels,
            InfrastructureAnnotations = spec.Mapping("infrastructure")?.Labels("annotations") ?? ObjectMeta.NoLabels,
        };
    }

    public static ListenerSet ReadSet(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "ListenerSet");
        Fields? spec = document.Mapping("spec");
        if (!document.Has("spec"))
            document.Error("required-field", "spec", "A ListenerSet needs a spec");
        Fields? parent = spec?.Mapping("parentRef");
        if (spec is not null && !spec.Has("parentRef"))
            spec.Error("required-field", "parentRef", "A ListenerSet needs the Gateway that it adds listeners to", "parentRef: {name: NAME-OF-A-GATEWAY}");
        return new ListenerSet(meta,
            parent is null ? new ObjectReference(Route.Group, "Gateway", meta.Namespace, "") : Reference(parent, Route.Group, "Gateway", meta.Namespace),
            spec is null ? [] : ListenerReader.ReadAll(spec, meta.Namespace, "ListenerSet"));
    }

    public static GatewayClass ReadClass(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "GatewayClass");
        if (!document.Has("spec"))
            document.Error("required-field", "spec", "A GatewayClass needs a spec", "spec: {controllerName: example.com/gateway}");
        return new GatewayClass(meta, document.Mapping("spec")?.Required("controllerName", "controllerName: example.com/gateway") ?? "");
    }

    public static ReferenceGrant ReadGrant(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "ReferenceGrant");
        Fields? spec = document.Mapping("spec");
        if (!document.Has("spec"))
            document.Error("required-field", "spec", "A ReferenceGrant needs a spec");
        ItemRules.AtLeastOne(spec, "from", "from: [{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}]");
        ItemRules.AtLeastOne(spec, "to", "to: [{group: \"\", kind: Service}]");
        return new ReferenceGrant(
            meta,
            [.. (spec?.Mappings("from") ?? []).Select(from => (from.Text("group") ?? "", from.Required("kind", "kind: HTTPRoute"), from.Required("namespace", "a namespace")))],
            [.. (spec?.Mappings("to") ?? []).Select(to => (to.Text("group") ?? "", to.Required("kind", "kind: Service"), to.Text("name") ?? ""))]);
    }

    public static Secret ReadSecret(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "Secret");
        return new Secret(meta, HoldsPem(document, "tls.crt", "CERTIFICATE") && HoldsPem(document, "tls.key", "PRIVATE KEY"));
    }

    /// <summary>A reference to another object; its namespace is that of the object that refers where none is written.</summary>
    public static ObjectReference Reference(Fields fields, string group, string kind, string space) => new(
        fields.Text("group") ?? group, fields.Text("kind") ?? kind, fields.Text("namespace") ?? space, fields.Required("name", "a name"));

    private static ImmutableArray<GatewayAddress> Addresses(Fields spec)
    {
        ItemRules.AtMost(spec, "addresses", 16);
        ImmutableArray<GatewayAddress>.Builder addresses = ImmutableArray.CreateBuilder<GatewayAddress>();
        foreach (Fields item in spec.Mappings("addresses"))
        {
            GatewayAddress address = new(item.Text("type") ?? "IPAddress", item.Text("value") ?? "");
            if (address.Value.Length > 0 && addresses.Contains(address))
                item.Error("duplicate-item", "value", $"The address {address.Value} stands twice");
            else if (address is { Type: "IPAddress", Value.Length: > 0 } && !IpAddress.TryParse(address.Value, out _))
                item.Error("invalid-address", "value", $"\"{address.Value}\" is no IP address");
            else if (address is { Type: "Hostname", Value.Length: > 0 })
                HostnameRules.Check(item, "value", address.Value);
            addresses.Add(address);
        }
        return addresses.ToImmutable();
    }

    // In data as base64, in stringData as it is.
    private static bool HoldsPem(Fields document, string key, string label)
    {
        string? text = document.Mapping("stringData")?.Text(key);
        if (text is null && document.Mapping("data")?.Text(key) is { } encoded)
        {
            byte[] bytes = new byte[encoded.Length];
            text = Convert.TryFromBase64String(encoded, bytes, out int length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
        }
        return text is not null && text.Contains("-----BEGIN ", StringComparison.Ordinal) && text.Contains($"{label}-----", StringComparison.Ordinal);
    }
}
