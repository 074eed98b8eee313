using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>Reads the listeners of a Gateway, with the rules that its custom resource definition has for them (gateway-api apis/v1 gateway_types.go).</summary>
internal static class ListenerReader
{
    private const int MostListeners = 64;

    // The protocols of the API are of any case (ProtocolType).
    private static readonly string[] Protocols = ["HTTP", "HTTPS", "TLS", "TCP", "UDP"];

    /// <summary>The listeners of a Gateway or a ListenerSet.</summary>
    public static ImmutableArray<Listener> ReadAll(Fields spec, string space, string kind = "Gateway")
    {
        if (spec.List("listeners").Count == 0)
            spec.Error("required-field", "listeners", $"A {kind} needs at least one listener", "listeners: [{name: http, port: 80, protocol: HTTP}]");
        ItemRules.AtMost(spec, "listeners", MostListeners);
        HashSet<string> names = [];
        HashSet<(int, string, string)> places = [];
        ImmutableArray<Listener>.Builder listeners = ImmutableArray.CreateBuilder<Listener>();
        foreach (Fields item in spec.Mappings("listeners"))
        {
            Listener listener = Read(item, space);
            if (!names.Add(listener.Name))
                item.Error("duplicate-listener", "name", $"Two listeners have the name \"{listener.Name}\"");
            if (listener.Port > 0 && !places.Add((listener.Port, listener.Protocol, listener.Hostname)))
                item.Error("duplicate-listener", "port", $"Two listeners have port {listener.Port}, protocol {listener.Protocol} and {(listener.Hostname.Length > 0 ? $"host {listener.Hostname}" : "every host")}");
            listeners.Add(listener);
        }
        return listeners.ToImmutable();
    }

    private static Listener Read(Fields item, string space)
    {
        string protocol = ProtocolOf(item.Required("protocol", "protocol: HTTP"));
        string hostname = item.Text("hostname") ?? "";
        if (hostname.Length > 0)
            HostnameRules.Check(item, "hostname", hostname);
        if (!item.Has("port"))
            item.Error("required-field", "port", "The field \"port\" is required", "port: 80");
        if (hostname.Length > 0 && protocol is "TCP" or "UDP")
            item.Error("listener-hostname", "hostname", $"A listener of protocol {protocol} has no hostname");
        Listener listener = new()
        {
            Name = item.Required("name", "name: http"),
            Hostname = hostname,
            Port = (int)(item.Integer("port", 1, 65_535) ?? 0),
            Protocol = protocol,
        };
        if (listener.Name.Length > 0 && !Names.IsDnsName(listener.Name))
            item.Error("invalid-name", "name", $"\"{listener.Name}\" is no name of a listener: lower-case letters, digits, '-' and '.'");
        return WithRoutes(WithTls(listener, item, space), item.Mapping("allowedRoutes"));
    }

    private static string ProtocolOf(string written) =>
        Protocols.FirstOrDefault(protocol => protocol.Equals(written, StringComparison.OrdinalIgnoreCase)) ?? written;

    private static Listener WithTls(Listener listener, Fields item, string space)
    {
        string protocol = listener.Protocol;
        if (item.Mapping("tls") is not { } tls)
        {
            if (protocol is "TLS" && !item.Has("tls"))
                item.Error("required-field", "tls", "A listener of protocol TLS needs tls", "tls: {mode: Passthrough}");
            return listener;
        }
        listener = listener with
        {
            TlsMode = tls.Word("mode", Words.Of<TlsMode>()) ?? TlsMode.Terminate,
            CertificateRefs = [.. tls.Mappings("certificateRefs").Select(reference => GatewayReader.Reference(reference, "", "Secret", space))],
            TlsOptions = tls.Labels("options"),
        };
        if (protocol is "HTTP" or "TCP" or "UDP")
            item.Error("listener-tls", "tls", $"A listener of protocol {protocol} has no tls");
        else if (protocol is "TLS" && !tls.Has("mode"))
            tls.Error("required-field", "mode", "A listener of protocol TLS says who ends TLS", "mode: Passthrough, or Terminate");
        else if (protocol is "HTTPS" && listener.TlsMode == TlsMode.Passthrough)
            tls.Error("listener-tls", "mode", "A listener of protocol HTTPS ends TLS", "protocol: TLS with mode: Passthrough, and TLSRoutes");
        else if (listener is { TlsMode: TlsMode.Terminate, CertificateRefs.IsEmpty: true, TlsOptions.IsEmpty: true })
            tls.Error("listener-tls", "certificateRefs", "A listener that ends TLS needs certificateRefs or options", "certificateRefs: [{name: NAME-OF-A-SECRET}]");
        return listener;
    }

    private static Listener WithRoutes(Listener listener, Fields? allowed)
    {
        if (allowed is null)
            return listener;
        Fields? namespaces = allowed.Mapping("namespaces");
        ItemRules.AtMost(allowed, "kinds", 8);
        listener = listener with
        {
            From = namespaces?.Word("from", Words.Of<RouteNamespaces>()) ?? RouteNamespaces.Same,
            Selector = namespaces?.Mapping("selector") is { } selector ? Words.Selector(selector) : null,
            Kinds = [.. allowed.Mappings("kinds").Select(kind => new RouteGroupKind(kind.Text("group") ?? Route.Group, kind.Required("kind", "kind: HTTPRoute")))],
        };
        if (listener is { From: RouteNamespaces.Selector, Selector: null } && namespaces?.Has("selector") == false)
            namespaces.Warn("listener-selector", "from", "Without a selector no namespace is chosen", "selector: {matchLabels: {team: shop}}");
        return listener;
    }
}
