using k8s.Models;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>A document whose kind is known: what it says it is, and where.</summary>
/// <param name="ApiVersion">Its apiVersion.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="Node">The document.</param>
internal sealed record ManifestDocument(string ApiVersion, string Kind, MappingNode Node);

/// <summary>The kinds of Kubernetes that are read: their API version, and the official type that is their schema.</summary>
internal static class ManifestKinds
{
    /// <summary>API version and schema by kind.</summary>
    public static IReadOnlyDictionary<string, (string ApiVersion, Type Schema)> Known { get; } = new Dictionary<string, (string, Type)>(StringComparer.Ordinal)
    {
        ["Namespace"] = ("v1", typeof(V1Namespace)),
        ["Node"] = ("v1", typeof(V1Node)),
        ["Pod"] = ("v1", typeof(V1Pod)),
        ["Service"] = ("v1", typeof(V1Service)),
        ["Endpoints"] = ("v1", typeof(V1Endpoints)),
        ["Deployment"] = ("apps/v1", typeof(V1Deployment)),
        ["ReplicaSet"] = ("apps/v1", typeof(V1ReplicaSet)),
        ["StatefulSet"] = ("apps/v1", typeof(V1StatefulSet)),
        ["DaemonSet"] = ("apps/v1", typeof(V1DaemonSet)),
        ["HorizontalPodAutoscaler"] = ("autoscaling/v2", typeof(V2HorizontalPodAutoscaler)),
        ["EndpointSlice"] = ("discovery.k8s.io/v1", typeof(V1EndpointSlice)),
        ["ServiceCIDR"] = ("networking.k8s.io/v1", typeof(V1ServiceCIDR)),
        ["Secret"] = ("v1", typeof(V1Secret)),
        ["Ingress"] = ("networking.k8s.io/v1", typeof(V1Ingress)),
        ["IngressClass"] = ("networking.k8s.io/v1", typeof(V1IngressClass)),
        ["GatewayClass"] = ("gateway.networking.k8s.io/v1", typeof(GatewayApiObject<GatewayClassSpecType>)),
        ["Gateway"] = ("gateway.networking.k8s.io/v1", typeof(GatewayApiObject<GatewaySpecType>)),
        ["ListenerSet"] = ("gateway.networking.k8s.io/v1", typeof(GatewayApiObject<ListenerSetSpecType>)),
        ["HTTPRoute"] = ("gateway.networking.k8s.io/v1", typeof(GatewayApiObject<RouteSpecType<RequestRuleType<HttpMatchType>>>)),
        ["GRPCRoute"] = ("gateway.networking.k8s.io/v1", typeof(GatewayApiObject<RouteSpecType<RequestRuleType<GrpcMatchType>>>)),
        ["TLSRoute"] = ("gateway.networking.k8s.io/v1", typeof(GatewayApiObject<RouteSpecType<ConnectionRuleType>>)),
        ["TCPRoute"] = ("gateway.networking.k8s.io/v1alpha2", typeof(GatewayApiObject<RouteSpecType<ConnectionRuleType>>)),
        ["UDPRoute"] = ("gateway.networking.k8s.io/v1alpha2", typeof(GatewayApiObject<RouteSpecType<ConnectionRuleType>>)),
        ["ReferenceGrant"] = ("gateway.networking.k8s.io/v1beta1", typeof(GatewayApiObject<ReferenceGrantSpecType>)),
    };

    /// <summary>Whether a kind is served under an API version. All versions of the Gateway API have the same fields.</summary>
    public static bool IsServed(string kind, string apiVersion) =>
        apiVersion == Known[kind].ApiVersion
        || (kind == "HorizontalPodAutoscaler" && apiVersion == "autoscaling/v1")
        || (Known[kind].ApiVersion.StartsWith(GatewayApi, StringComparison.Ordinal)
            && apiVersion is $"{GatewayApi}v1" or $"{GatewayApi}v1beta1" or $"{GatewayApi}v1alpha2" or $"{GatewayApi}v1alpha3");

    /// <summary>The schema of a kind that is served under this API version.</summary>
    public static Type SchemaOf(string kind, string apiVersion) =>
        apiVersion == "autoscaling/v1" ? typeof(V1HorizontalPodAutoscaler) : Known[kind].Schema;

    private const string GatewayApi = $"{Route.Group}/";

    /// <summary>Objects that belong to no namespace.</summary>
    public static bool IsClusterScoped(string kind) => kind is "Namespace" or "Node" or "ServiceCIDR" or "IngressClass" or "GatewayClass";

    /// <summary>
    /// Whether an API version is of Kubernetes itself, whose groups are short words or end in k8s.io; others have kinds of their own under the
    /// same names (serving.knative.dev/v1 has a Service).
    /// </summary>
    public static bool IsOfKubernetes(string apiVersion)
    {
        int slash = apiVersion.IndexOf('/');
        string group = slash < 0 ? "" : apiVersion[..slash];
        return !group.Contains('.') || group.EndsWith(".k8s.io", StringComparison.Ordinal);
    }
}
