using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>An object of the Gateway API, which KubernetesClient has no types for.</summary>
internal sealed class GatewayApiExport : IKubernetesObject<V1ObjectMeta>
{
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = $"{Route.Group}/v1";

    [JsonPropertyName("kind")]
    public required string Kind { get; set; }

    [JsonPropertyName("metadata")]
    public required V1ObjectMeta Metadata { get; set; }

    [JsonPropertyName("spec")]
    public required JsonObject Spec { get; init => field = Written(value); }

    [JsonPropertyName("status")]
    public JsonObject? Status { get; init => field = value is null ? null : Written(value); }

    // The API leaves out what is not set.
    private static JsonObject Written(JsonObject node)
    {
        foreach ((string key, JsonNode? value) in node.ToArray())
            if (value is null)
                node.Remove(key);
            else
                Visit(value);
        return node;

        static void Visit(JsonNode value)
        {
            if (value is JsonObject inner)
                Written(inner);
            else if (value is JsonArray list)
                foreach (JsonNode? item in list)
                    if (item is not null)
                        Visit(item);
        }
    }
}

/// <summary>Gateways with their status.</summary>
internal static class GatewayExport
{
    /// <summary>A Gateway.</summary>
    public static GatewayApiExport Of(GatewayStatus status, Service? service) => new()
    {
        Kind = "Gateway",
        Metadata = ObjectMetaExport.Of(status.Gateway.Meta),
        Spec = new JsonObject
        {
            ["gatewayClassName"] = status.Gateway.ClassName,
            ["listeners"] = List(status.Gateway.Listeners.Select(Listener)),
            ["allowedListeners"] = status.Gateway.ListenersFrom == RouteNamespaces.None ? null : new JsonObject
            {
                ["namespaces"] = Namespaces(status.Gateway.ListenersFrom, status.Gateway.ListenersSelector),
            },
            ["addresses"] = OrNull(status.Gateway.Addresses.Select(address => new JsonObject { ["type"] = address.Type, ["value"] = Text(address.Value) })),
            ["infrastructure"] = status.Gateway is { InfrastructureLabels.IsEmpty: true, InfrastructureAnnotations.IsEmpty: true } ? null : new JsonObject
            {
                ["labels"] = Map(status.Gateway.InfrastructureLabels),
                ["annotations"] = Map(status.Gateway.InfrastructureAnnotations),
            },
        },
        Status = new JsonObject
        {
            ["addresses"] = OrNull((service?.LoadBalancerIngress ?? []).Select(item => new JsonObject
            {
                ["type"] = item.Hostname is null ? "IPAddress" : "Hostname",
                ["value"] = item.Hostname ?? item.Ip?.ToString(),
            })),
            ["conditions"] = Conditions(status.Conditions, status.Gateway.Meta),
            ["listeners"] = List(status.Listeners.Where(item => item.Listener.Set is null).Select(listener => Status(listener, status.Gateway.Meta))),
        },
    };

    /// <summary>A ListenerSet.</summary>
    public static GatewayApiExport Of(ListenerSetStatus status) => new()
    {
        Kind = "ListenerSet",
        Metadata = ObjectMetaExport.Of(status.Set.Meta),
        Spec = new JsonObject { ["parentRef"] = Reference(status.Set.Parent, status.Set.Meta.Namespace), ["listeners"] = List(status.Set.Listeners.Select(Listener)) },
        Status = new JsonObject
        {
            ["conditions"] = Conditions(status.Conditions, status.Set.Meta),
            ["listeners"] = OrNull(status.Listeners.Select(listener => Status(listener, status.Set.Meta))),
        },
    };

    /// <summary>A GatewayClass, which is accepted whatever its controller.</summary>
    public static GatewayApiExport Of(GatewayClass item) => new()
    {
        Kind = "GatewayClass",
        Metadata = ObjectMetaExport.Of(item.Meta),
        Spec = new JsonObject { ["controllerName"] = item.ControllerName },
        Status = new JsonObject { ["conditions"] = Conditions([new Condition("Accepted", true, "Accepted")], item.Meta) },
    };

    /// <summary>Conditions as metav1.Condition has them; a simulated cluster has no times.</summary>
    public static JsonArray Conditions(ImmutableArray<Condition> conditions, ObjectMeta meta) => List(conditions.Select(condition => new JsonObject
    {
        ["type"] = condition.Type,
        ["status"] = condition.IsTrue ? "True" : "False",
        ["reason"] = condition.Reason,
        ["message"] = condition.Message,
        ["observedGeneration"] = meta.Generation,
    }));

    /// <summary>A reference; its namespace only where it is another.</summary>
    public static JsonObject Reference(ObjectReference reference, string space) => new()
    {
        ["group"] = reference.Group,
        ["kind"] = reference.Kind,
        ["namespace"] = reference.Namespace == space ? null : reference.Namespace,
        ["name"] = reference.Name,
    };

    /// <summary>A list.</summary>
    public static JsonArray List(IEnumerable<JsonNode?> items) => new([.. items]);

    /// <summary>A list; null where it is empty, which the API leaves out.</summary>
    public static JsonArray? OrNull(IEnumerable<JsonNode?> items) => List(items) is { Count: > 0 } list ? list : null;

    /// <summary>Null for an empty text, which the API leaves out.</summary>
    public static string? Text(string text) => text.Length > 0 ? text : null;

    private static JsonObject? Map(ImmutableSortedDictionary<string, string> map) =>
        map.IsEmpty ? null : new JsonObject(map.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value)));

    private static JsonObject Listener(Listener listener) => new()
    {
        ["name"] = listener.Name,
        ["hostname"] = Text(listener.Hostname),
        ["port"] = listener.Port,
        ["protocol"] = listener.Protocol,
        ["tls"] = listener.Protocol is not ("HTTPS" or "TLS") ? null : new JsonObject
        {
            ["mode"] = listener.TlsMode.ToString(),
            ["certificateRefs"] = OrNull(listener.CertificateRefs.Select(reference => Reference(reference, ""))),
            ["options"] = Map(listener.TlsOptions),
        },
        ["allowedRoutes"] = new JsonObject
        {
            ["namespaces"] = Namespaces(listener.From, listener.Selector),
            ["kinds"] = OrNull(listener.Kinds.Select(kind => new JsonObject { ["group"] = kind.Group, ["kind"] = kind.Kind })),
        },
    };

    private static JsonObject Namespaces(RouteNamespaces from, LabelSelector? selector) => new()
    {
        ["from"] = from.ToString(),
        ["selector"] = selector is null ? null : JsonNode.Parse(KubernetesJson.Serialize(ObjectMetaExport.Of(selector))),
    };

    private static JsonObject Status(ListenerStatus status, ObjectMeta meta) => new()
    {
        ["name"] = status.Listener.Name,
        ["supportedKinds"] = List(status.SupportedKinds.Select(kind => new JsonObject { ["group"] = Route.Group, ["kind"] = kind.ToString() })),
        ["attachedRoutes"] = status.Routes.Length,
        ["conditions"] = Conditions(status.Conditions, meta),
    };
}
