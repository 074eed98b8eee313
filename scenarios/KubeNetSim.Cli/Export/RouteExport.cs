using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeNetSim.Cli.Export;

/// <summary>Routes of the Gateway API with their status.</summary>
internal static class RouteExport
{
    /// <summary>A route.</summary>
    public static GatewayApiExport Of(RouteStatus status)
    {
        Route route = status.Route;
        string space = route.Meta.Namespace;
        return new GatewayApiExport
        {
            ApiVersion = $"{Route.Group}/{(route.Kind is RouteKind.TCPRoute or RouteKind.UDPRoute ? "v1alpha2" : "v1")}",
            Kind = route.Kind.ToString(),
            Metadata = ObjectMetaExport.Of(route.Meta),
            Spec = new JsonObject
            {
                ["parentRefs"] = GatewayExport.OrNull(route.ParentRefs.Select(parent => Parent(parent, space))),
                ["hostnames"] = GatewayExport.OrNull(route.Hostnames.Select(host => (JsonNode)host)),
                ["rules"] = GatewayExport.List(route.Rules.Select(rule => Rule(rule, space))),
            },
            Status = new JsonObject
            {
                ["parents"] = GatewayExport.List(status.Parents.Select(parent => new JsonObject
                {
                    ["parentRef"] = Parent(parent.Parent, space),
                    ["controllerName"] = GatewayController.ControllerName,
                    ["conditions"] = GatewayExport.Conditions(parent.Conditions, route.Meta),
                })),
            },
        };
    }

    private static JsonObject Parent(ParentReference parent, string space)
    {
        JsonObject written = GatewayExport.Reference(parent.Object, space);
        written["sectionName"] = parent.SectionName;
        written["port"] = parent.Port;
        return written;
    }

    private static JsonObject Rule(RouteRule rule, string space) => new()
    {
        ["name"] = GatewayExport.Text(rule.Name),
        ["matches"] = GatewayExport.OrNull(rule.Matches.Select(Match)),
        ["filters"] = GatewayExport.OrNull(rule.Filters.Select(filter => Filter(filter, space))),
        ["backendRefs"] = GatewayExport.OrNull(rule.BackendRefs.Select(backend => Backend(backend, space))),
        ["timeouts"] = rule.RequestTimeoutNs is null && rule.BackendTimeoutNs is null ? null : new JsonObject
        {
            ["request"] = Duration(rule.RequestTimeoutNs),
            ["backendRequest"] = Duration(rule.BackendTimeoutNs),
        },
    };

    private static JsonObject Match(RouteMatch match) => new()
    {
        ["path"] = match.Path is { } path ? new JsonObject { ["type"] = path.Type.ToString(), ["value"] = path.Value } : null,
        ["headers"] = GatewayExport.OrNull(match.Headers.Select(Value)),
        ["queryParams"] = GatewayExport.OrNull(match.QueryParams.Select(Value)),
        ["method"] = match.Grpc is { } grpc
            ? new JsonObject { ["type"] = TypeOf(grpc.IsExpression), ["service"] = grpc.Service, ["method"] = grpc.Method }
            : match.Method is { } method ? JsonValue.Create(method) : null,
    };

    private static JsonObject Backend(BackendReference backend, string space)
    {
        JsonObject written = GatewayExport.Reference(backend.Object, space);
        written["port"] = backend.Port > 0 ? backend.Port : null;
        written["weight"] = backend.Weight;
        written["filters"] = GatewayExport.OrNull(backend.Filters.Select(filter => Filter(filter, space)));
        return written;
    }

    private static JsonObject Filter(RouteFilter filter, string space) => filter switch
    {
        RouteFilter.RequestHeaders headers => Typed("RequestHeaderModifier", "requestHeaderModifier", Headers(headers.Changes)),
        RouteFilter.ResponseHeaders headers => Typed("ResponseHeaderModifier", "responseHeaderModifier", Headers(headers.Changes)),
        RouteFilter.Mirror mirror => Typed("RequestMirror", "requestMirror", new JsonObject
        {
            ["backendRef"] = Backend(mirror.Backend, space),
            ["fraction"] = new JsonObject { ["numerator"] = (int)Math.Round(mirror.Share * 10_000), ["denominator"] = 10_000 },
        }),
        RouteFilter.Redirect redirect => Typed("RequestRedirect", "requestRedirect", new JsonObject
        {
            ["scheme"] = redirect.Scheme,
            ["hostname"] = redirect.Hostname,
            ["path"] = Path(redirect.Path),
            ["port"] = redirect.Port,
            ["statusCode"] = redirect.StatusCode,
        }),
        RouteFilter.Rewrite rewrite => Typed("URLRewrite", "urlRewrite", new JsonObject { ["hostname"] = rewrite.Hostname, ["path"] = Path(rewrite.Path) }),
        RouteFilter.Cors cors => Typed("CORS", "cors", new JsonObject
        {
            ["allowOrigins"] = Texts(cors.AllowOrigins),
            ["allowCredentials"] = cors.AllowCredentials,
            ["allowMethods"] = Texts(cors.AllowMethods),
            ["allowHeaders"] = Texts(cors.AllowHeaders),
            ["exposeHeaders"] = Texts(cors.ExposeHeaders),
            ["maxAge"] = cors.MaxAgeSeconds,
        }),
        RouteFilter.Unknown unknown => new JsonObject { ["type"] = unknown.Description },
        _ => throw new System.Diagnostics.UnreachableException($"filter {filter}"),
    };

    private static JsonObject Typed(string type, string field, JsonObject value) => new() { ["type"] = type, [field] = value };

    private static JsonObject Headers(HeaderChanges changes) => new()
    {
        ["set"] = GatewayExport.OrNull(changes.Set.Select(Header)),
        ["add"] = GatewayExport.OrNull(changes.Add.Select(Header)),
        ["remove"] = Texts(changes.Remove),
    };

    private static JsonObject Header(HttpHeader header) => new() { ["name"] = header.Name, ["value"] = header.Value };

    private static JsonObject? Path(PathModifier? path) => path is null ? null : new JsonObject
    {
        ["type"] = path.IsPrefix ? "ReplacePrefixMatch" : "ReplaceFullPath",
        [path.IsPrefix ? "replacePrefixMatch" : "replaceFullPath"] = path.Value,
    };

    private static JsonObject Value(NamedMatch match) => new() { ["type"] = TypeOf(match.IsExpression), ["name"] = match.Name, ["value"] = match.Value };

    private static JsonArray? Texts(IEnumerable<string> texts) => GatewayExport.OrNull(texts.Select(text => (JsonNode)text));

    private static string TypeOf(bool isExpression) => isExpression ? "RegularExpression" : "Exact";

    private static string? Duration(long? nanoseconds) =>
        nanoseconds is { } time ? (time / 1_000_000).ToString(CultureInfo.InvariantCulture) + "ms" : null;
}
