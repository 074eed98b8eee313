using System.Text.Json.Serialization;

namespace KubeNetSim.Scenarios.Schema;

// The routes of gateway.networking.k8s.io for SchemaCheck; see GatewayApiTypes.cs. TRule tells HTTPRoute and GRPCRoute from those of layer 4.

internal sealed record RouteSpecType<TRule>(
    [property: JsonPropertyName("parentRefs")] IList<ParentReferenceType> ParentRefs,
    [property: JsonPropertyName("useDefaultGateways")] string UseDefaultGateways,
    [property: JsonPropertyName("hostnames")] IList<string> Hostnames,
    [property: JsonPropertyName("rules")] IList<TRule> Rules);

internal sealed record ParentReferenceType(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("namespace")] string Namespace,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("sectionName")] string SectionName,
    [property: JsonPropertyName("port")] int? Port);

internal sealed record ConnectionRuleType(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("backendRefs")] IList<BackendReferenceType> BackendRefs);

internal sealed record RequestRuleType<TMatch>(
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("matches")] IList<TMatch> Matches,
    [property: JsonPropertyName("filters")] IList<FilterType> Filters,
    [property: JsonPropertyName("backendRefs")] IList<BackendReferenceType> BackendRefs,
    [property: JsonPropertyName("timeouts")] TimeoutsType Timeouts,
    [property: JsonPropertyName("retry")] object Retry,
    [property: JsonPropertyName("sessionPersistence")] object SessionPersistence);

internal sealed record TimeoutsType(
    [property: JsonPropertyName("request")] string Request,
    [property: JsonPropertyName("backendRequest")] string BackendRequest);

internal sealed record HttpMatchType(
    [property: JsonPropertyName("path")] TypedValueType Path,
    [property: JsonPropertyName("headers")] IList<NamedValueType> Headers,
    [property: JsonPropertyName("queryParams")] IList<NamedValueType> QueryParams,
    [property: JsonPropertyName("method")] string Method);

internal sealed record GrpcMatchType(
    [property: JsonPropertyName("method")] GrpcMethodType Method,
    [property: JsonPropertyName("headers")] IList<NamedValueType> Headers);

internal sealed record GrpcMethodType(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("service")] string Service,
    [property: JsonPropertyName("method")] string Method);

internal sealed record TypedValueType(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("value")] string Value);

internal sealed record NamedValueType(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("value")] string Value);

internal sealed record BackendReferenceType(
    [property: JsonPropertyName("group")] string Group,
    [property: JsonPropertyName("kind")] string Kind,
    [property: JsonPropertyName("namespace")] string Namespace,
    [property: JsonPropertyName("name")] string Name,
    [property: JsonPropertyName("port")] int? Port,
    [property: JsonPropertyName("weight")] int? Weight,
    [property: JsonPropertyName("filters")] IList<FilterType> Filters);

internal sealed record FilterType(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("requestHeaderModifier")] HeaderModifierType RequestHeaderModifier,
    [property: JsonPropertyName("responseHeaderModifier")] HeaderModifierType ResponseHeaderModifier,
    [property: JsonPropertyName("requestMirror")] MirrorType RequestMirror,
    [property: JsonPropertyName("requestRedirect")] RedirectType RequestRedirect,
    [property: JsonPropertyName("urlRewrite")] RewriteType UrlRewrite,
    [property: JsonPropertyName("cors")] CorsType Cors,
    [property: JsonPropertyName("externalAuth")] object ExternalAuth,
    [property: JsonPropertyName("extensionRef")] ReferenceType ExtensionRef);

internal sealed record HeaderModifierType(
    [property: JsonPropertyName("set")] IList<NamedValueType> Set,
    [property: JsonPropertyName("add")] IList<NamedValueType> Add,
    [property: JsonPropertyName("remove")] IList<string> Remove);

internal sealed record MirrorType(
    [property: JsonPropertyName("backendRef")] BackendReferenceType BackendRef,
    [property: JsonPropertyName("percent")] int? Percent,
    [property: JsonPropertyName("fraction")] FractionType Fraction);

internal sealed record FractionType(
    [property: JsonPropertyName("numerator")] int Numerator,
    [property: JsonPropertyName("denominator")] int? Denominator);

internal sealed record PathModifierType(
    [property: JsonPropertyName("type")] string Type,
    [property: JsonPropertyName("replaceFullPath")] string ReplaceFullPath,
    [property: JsonPropertyName("replacePrefixMatch")] string ReplacePrefixMatch);

internal sealed record RedirectType(
    [property: JsonPropertyName("scheme")] string Scheme,
    [property: JsonPropertyName("hostname")] string Hostname,
    [property: JsonPropertyName("path")] PathModifierType Path,
    [property: JsonPropertyName("port")] int? Port,
    [property: JsonPropertyName("statusCode")] int? StatusCode);

internal sealed record RewriteType(
    [property: JsonPropertyName("hostname")] string Hostname,
    [property: JsonPropertyName("path")] PathModifierType Path);

internal sealed record CorsType(
    [property: JsonPropertyName("allowOrigins")] IList<string> AllowOrigins,
    [property: JsonPropertyName("allowCredentials")] bool? AllowCredentials,
    [property: JsonPropertyName("allowMethods")] IList<string> AllowMethods,
    [property: JsonPropertyName("allowHeaders")] IList<string> AllowHeaders,
    [property: JsonPropertyName("exposeHeaders")] IList<string> ExposeHeaders,
    [property: JsonPropertyName("maxAge")] int? MaxAge);
