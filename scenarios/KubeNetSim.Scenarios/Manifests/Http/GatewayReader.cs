using System.Collections.Immutable;
using System.Text;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

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
        HashSet<string> names = [];
        ImmutableArray<Listener>.Builder listeners = ImmutableArray.CreateBuilder<Listener>();
        foreach (Fields item in spec.Mappings("listeners"))
        {
            listeners.Add(ReadListener(item, meta.Namespace));
            if (!names.Add(listeners[^1].Name))
                item.Error("duplicate-listener", "name", $"Two listeners have the name \"{listeners[^1].Name}\"");
        }
        if (listeners.Count == 0)
            spec.Error("required-field", "listeners", "A Gateway needs at least one listener", "listeners: [{name: http, port: 80, protocol: HTTP}]");
        return new Gateway
        {
            Meta = meta,
            ClassName = spec.Required("gatewayClassName", "the name of a GatewayClass"),
            Listeners = listeners.ToImmutable(),
            Addresses = [.. spec.Mappings("addresses").Select(address => new GatewayAddress(address.Text("type") ?? "IPAddress", address.Text("value") ?? ""))],
        };
    }

    public static GatewayClass ReadClass(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "GatewayClass");
        return new GatewayClass(meta, document.Mapping("spec")?.Required("controllerName", "controllerName: example.com/gateway") ?? "");
    }

    public static ReferenceGrant ReadGrant(Fields document)
    {
        ObjectMeta meta = Metadata.Read(document, "ReferenceGrant");
        Fields? spec = document.Mapping("spec");
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

    private static Listener ReadListener(Fields item, string space)
    {
        string protocol = item.Required("protocol", "protocol: HTTP");
        Fields? tls = item.Mapping("tls");
        Fields? allowed = item.Mapping("allowedRoutes");
        Fields? namespaces = allowed?.Mapping("namespaces");
        string hostname = item.Text("hostname") ?? "";
        if (hostname.Length > 0)
            HostnameRules.Check(item, "hostname", hostname);
        if (!item.Has("port"))
            item.Error("required-field", "port", "The field \"port\" is required", "port: 80");
        if (tls is not null && protocol is "HTTP" or "TCP" or "UDP")
            item.Error("listener-tls", "tls", $"A listener of protocol {protocol} has no tls");
        if (tls is null && protocol == "TLS")
            item.Error("required-field", "tls", "A listener of protocol TLS needs tls", "tls: {mode: Passthrough}");
        if (hostname.Length > 0 && protocol is "TCP" or "UDP")
            item.Error("listener-hostname", "hostname", $"A listener of protocol {protocol} has no hostname");
        TlsMode mode = tls?.Word("mode", Words.Of<TlsMode>()) ?? TlsMode.Terminate;
        if (mode == TlsMode.Passthrough && protocol == "HTTPS")
            tls!.Error("listener-tls", "mode", "A listener of protocol HTTPS ends TLS", "protocol: TLS with mode: Passthrough, and TLSRoutes");
        return new Listener
        {
            Name = item.Required("name", "name: http"),
            Hostname = hostname,
            Port = (int)(item.Integer("port", 1, 65_535) ?? 0),
            Protocol = protocol,
            TlsMode = mode,
            CertificateRefs = [.. (tls?.Mappings("certificateRefs") ?? []).Select(reference => Reference(reference, "", "Secret", space))],
            From = namespaces?.Word("from", Words.Of<RouteNamespaces>()) ?? RouteNamespaces.Same,
            Selector = namespaces?.Mapping("selector") is { } selector ? Words.Selector(selector) : null,
            Kinds = [.. (allowed?.Mappings("kinds") ?? []).Select(kind => new RouteGroupKind(kind.Text("group") ?? Route.Group, kind.Required("kind", "kind: HTTPRoute")))],
        };
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
