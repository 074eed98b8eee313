using System.Text.Json.Serialization;
using k8s.Models;

namespace KubeNetSim.Scenarios.Schema;

// The types of gateway.networking.k8s.io, which KubernetesClient does not have, for SchemaCheck: every field of kubernetes-sigs/gateway-api
// apis/v1 (v1.5, experimental channel). A field of type object may hold anything.

internal sealed record GatewayApiObject<TSpec>(
    [property: JsonPropertyName("apiVersion")] string ApiVersion,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("metadata")] V1ObjectMeta Metadata,
    [property: JsonPropertyName("spec")] TSpec Spec,
    [property: JsonPropertyName("status")] object Status);

internal sealed record GatewayClassSpecType(
    [property: JsonPropertyName("controllerName")] string ControllerName,
    [property: JsonPropertyName("parametersRef")] ReferenceType ParametersRef,
    [property: JsonPropertyName("description")] string Description);

internal sealed record ReferenceType(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("namespace")] string Namespace,
    [property: JsonPropertyName("name")] string Name);

internal sealed record GatewaySpecType(
    [property: JsonPropertyName("gatewayClassName")] string GatewayClassName,
    [property: JsonPropertyName("listeners")] IList<ListenerType> Listeners,
    [property: JsonPropertyName("addresses")] IList<GatewayAddressType> Addresses,
    [property: JsonPropertyName("infrastructure")] InfrastructureType Infrastructure,
    [property: JsonPropertyName("allowedListeners")] object AllowedListeners,
    [property: JsonPropertyName("backendTLS")] object BackendTls,
    [property: JsonPropertyName("tls")] object Tls,
    [property: JsonPropertyName("defaultScope")] string DefaultScope);

internal sealed record ListenerSetSpecType(
    [property: JsonPropertyName("parentRef")] ReferenceType ParentRef,
    [property: JsonPropertyName("listeners")] IList<ListenerType> Listeners);

internal sealed record InfrastructureType(
    [property: JsonPropertyName("labels")] IDictionary<string, string> Labels,
    [property: JsonPropertyName("annotations")] IDictionary<string, string> Annotations,
    [property: JsonPropertyName("parametersRef")] ReferenceType ParametersRef);

internal sealed record GatewayAddressType(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("value")] string Value);

internal sealed record ListenerType(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("hostname")] string Hostname,
    [property: JsonPropertyName("port")] int Port,
    [property: JsonPropertyName("protocol")] string Protocol,
    [property: JsonPropertyName("tls")] ListenerTlsType Tls,
    [property: JsonPropertyName("allowedRoutes")] AllowedRoutesType AllowedRoutes);

internal sealed record ListenerTlsType(
    [property: JsonPropertyName("mode")] string Mode,
    [property: JsonPropertyName("certificateRefs")] IList<ReferenceType> CertificateRefs,
    [property: JsonPropertyName("frontendValidation")] object FrontendValidation,
    [property: JsonPropertyName("options")] IDictionary<string, string> Options);

internal sealed record AllowedRoutesType(
    [property: JsonPropertyName("namespaces")] RouteNamespacesType Namespaces,
    [property: JsonPropertyName("kinds")] IList<ReferenceType> Kinds);

internal sealed record RouteNamespacesType(
    [property: JsonPropertyName("from")] string From,
    [property: JsonPropertyName("selector")] V1LabelSelector Selector);

internal sealed record ReferenceGrantSpecType(
    [property: JsonPropertyName("from")] IList<ReferenceType> From,
    [property: JsonPropertyName("to")] IList<ReferenceType> To);
