using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>Reads the filters of HTTPRoutes and GRPCRoutes.</summary>
internal static class RouteFilterReader
{
    private static readonly string[] Types =
        ["RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite", "CORS", "ExternalAuth", "ExtensionRef"];

    // GRPCRouteFilterType.
    private static readonly string[] GrpcTypes = ["RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "ExtensionRef"];

    /// <summary>A filter; null where it is broken, which is reported.</summary>
    public static RouteFilter? Read(Fields filter, string space, RouteKind kind)
    {
        string[] types = kind == RouteKind.GRPCRoute ? GrpcTypes : Types;
        string type = filter.Required("type", "type: RequestHeaderModifier");
        if (filter.Word("type", types) is null || !types.Contains(type))
            return null;
        string field = FieldOf(type);
        foreach (string other in Types.Select(FieldOf).Where(other => other != field && filter.Has(other)))
            filter.Error("incompatible-fields", other, $"A filter of type {type} has no field \"{other}\"", "one filter a field");
        if (filter.Mapping(field) is not { } own)
        {
            filter.Error("required-field", field, $"A filter of type {type} needs the field \"{field}\"");
            return null;
        }
        return type switch
        {
            "RequestHeaderModifier" => new RouteFilter.RequestHeaders(Changes(own)),
            "ResponseHeaderModifier" => new RouteFilter.ResponseHeaders(Changes(own)),
            "RequestMirror" => Mirror(own, space, kind),
            "RequestRedirect" => Redirect(own),
            "URLRewrite" => new RouteFilter.Rewrite(Hostname(own), Path(own)),
            "CORS" => Cors(own),
            "ExtensionRef" => new RouteFilter.Unknown($"{own.Text("kind")} {own.Text("name")} ({own.Text("group")})"),
            _ => new RouteFilter.Unknown(type),
        };
    }

    private static string FieldOf(string type) => type switch
    {
        "URLRewrite" => "urlRewrite",
        "CORS" => "cors",
        _ => char.ToLowerInvariant(type[0]) + type[1..],
    };

    private static HeaderChanges Changes(Fields own) => new(Headers(own, "set"), Headers(own, "add"), own.Texts("remove"));

    // Of several names that differ in case only the first counts (HTTPHeader.name); the same name twice is refused.
    private static ImmutableArray<HttpHeader> Headers(Fields own, string key)
    {
        ItemRules.AtMost(own, key, 16);
        ImmutableArray<HttpHeader>.Builder headers = ImmutableArray.CreateBuilder<HttpHeader>();
        foreach (Fields item in own.Mappings(key))
        {
            HttpHeader header = new(RouteMatchReader.HeaderName(item), item.Required("value", "a value"));
            if (headers.Any(other => other.Name == header.Name))
                item.Error("duplicate-item", "name", $"\"{header.Name}\" stands twice");
            else if (!headers.Any(other => other.Name.Equals(header.Name, StringComparison.OrdinalIgnoreCase)))
                headers.Add(header);
        }
        return headers.ToImmutable();
    }

    private static RouteFilter.Mirror? Mirror(Fields own, string space, RouteKind kind)
    {
        if (own.Mapping("backendRef") is not { } backend)
        {
            own.Error("required-field", "backendRef", "A mirror needs a backend", "backendRef: {name: web, port: 80}");
            return null;
        }
        double share = (own.Integer("percent", 0, 100) ?? 100) / 100.0;
        if (own.Mapping("fraction") is { } fraction)
        {
            if (own.Has("percent"))
                own.Error("mirror-share", "fraction", "A mirror has either percent or fraction, not both");
            long denominator = fraction.Integer("denominator", 1, int.MaxValue) ?? 100;
            long numerator = fraction.Integer("numerator", 0, int.MaxValue) ?? 0;
            if (numerator > denominator)
                fraction.Error("mirror-share", "numerator", $"{numerator} is more than the denominator {denominator}");
            share = Math.Min(1.0, (double)numerator / denominator);
        }
        return new RouteFilter.Mirror(RouteReader.Backend(backend, space, kind), share);
    }

    private static RouteFilter.Redirect Redirect(Fields own)
    {
        int status = (int)(own.Integer("statusCode", 301, 308) ?? 302);
        if (status is not (301 or 302 or 303 or 307 or 308))
            own.Error("unknown-value", "statusCode", $"{status} is no status of a redirect", "one of 301, 302, 303, 307, 308");
        return new RouteFilter.Redirect(own.Word("scheme", "http", "https"), Hostname(own), Path(own), (int?)own.Integer("port", 1, 65_535), status);
    }

    private static string? Hostname(Fields own)
    {
        string? hostname = own.Text("hostname");
        if (hostname is not null && !Names.IsDnsName(hostname))
            own.Error("invalid-name", "hostname", $"\"{hostname}\" is no host name");
        return hostname;
    }

    private static PathModifier? Path(Fields own)
    {
        if (own.Mapping("path") is not { } path)
            return null;
        string? type = path.Word("type", "ReplaceFullPath", "ReplacePrefixMatch");
        bool isFull = type == "ReplaceFullPath";
        (string field, string other) = isFull ? ("replaceFullPath", "replacePrefixMatch") : ("replacePrefixMatch", "replaceFullPath");
        if (type is null or not ("ReplaceFullPath" or "ReplacePrefixMatch"))
            return null;
        if (!path.Has(field))
            path.Error("required-field", field, $"A path of type {type} needs the field \"{field}\"");
        if (path.Has(other))
            path.Error("incompatible-fields", other, $"A path of type {type} has no field \"{other}\"");
        return new PathModifier(!isFull, path.Text(field) ?? "");
    }

    private static RouteFilter.Cors Cors(Fields own)
    {
        foreach (string key in new[] { "allowOrigins", "allowMethods", "allowHeaders" })
            if (own.Texts(key) is { Length: > 1 } items && items.Contains("*"))
                own.Error("cors-wildcard", key, "\"*\" stands alone: there is nothing besides all");
        return new RouteFilter.Cors
        {
            AllowOrigins = own.Texts("allowOrigins"),
            AllowCredentials = own.Bool("allowCredentials", false),
            AllowMethods = own.Texts("allowMethods"),
            AllowHeaders = own.Texts("allowHeaders"),
            ExposeHeaders = own.Texts("exposeHeaders"),
            MaxAgeSeconds = (int)(own.Integer("maxAge", 1, int.MaxValue) ?? 5),
        };
    }
}
