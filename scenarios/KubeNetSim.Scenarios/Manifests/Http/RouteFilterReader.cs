using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>Reads the filters of HTTPRoutes and GRPCRoutes.</summary>
internal static class RouteFilterReader
{
    private static readonly string[] Types =
        ["RequestHeaderModifier", "ResponseHeaderModifier", "RequestMirror", "RequestRedirect", "URLRewrite", "CORS", "ExternalAuth", "ExtensionRef"];

    /// <summary>A filter; null where it is broken, which is reported.</summary>
    public static RouteFilter? Read(Fields filter, string space)
    {
        string type = filter.Required("type", "type: RequestHeaderModifier");
        string field = type switch
        {
            "URLRewrite" => "urlRewrite",
            "CORS" => "cors",
            { Length: > 0 } => char.ToLowerInvariant(type[0]) + type[1..],
            _ => "",
        };
        if (filter.Word("type", Types) is null || !Types.Contains(type))
            return null;
        if (filter.Mapping(field) is not { } own)
        {
            filter.Error("required-field", field, $"A filter of type {type} needs the field \"{field}\"");
            return null;
        }
        return type switch
        {
            "RequestHeaderModifier" => new RouteFilter.RequestHeaders(Changes(own)),
            "ResponseHeaderModifier" => new RouteFilter.ResponseHeaders(Changes(own)),
            "RequestMirror" => Mirror(own, space),
            "RequestRedirect" => Redirect(own),
            "URLRewrite" => new RouteFilter.Rewrite(Hostname(own), Path(own)),
            "CORS" => Cors(own),
            "ExtensionRef" => new RouteFilter.Unknown($"{own.Text("kind")} {own.Text("name")} ({own.Text("group")})"),
            _ => new RouteFilter.Unknown(type),
        };
    }

    private static HeaderChanges Changes(Fields own) => new(Headers(own, "set"), Headers(own, "add"), own.Texts("remove"));

    private static ImmutableArray<HttpHeader> Headers(Fields own, string key) =>
        [.. own.Mappings(key).Select(item => new HttpHeader(item.Required("name", "a name"), item.Text("value") ?? "")).DistinctBy(header => header.Name.ToLowerInvariant())];

    private static RouteFilter.Mirror? Mirror(Fields own, string space)
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
        return new RouteFilter.Mirror(RouteReader.Backend(backend, space), share);
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
        string field = type == "ReplaceFullPath" ? "replaceFullPath" : "replacePrefixMatch";
        if (type is null or not ("ReplaceFullPath" or "ReplacePrefixMatch"))
            return null;
        if (!path.Has(field))
            path.Error("required-field", field, $"A path of type {type} needs the field \"{field}\"");
        return new PathModifier(type == "ReplacePrefixMatch", path.Text(field) ?? "");
    }

    private static RouteFilter.Cors Cors(Fields own) => new()
    {
        AllowOrigins = own.Texts("allowOrigins"),
        AllowCredentials = own.Bool("allowCredentials", false),
        AllowMethods = own.Texts("allowMethods"),
        AllowHeaders = own.Texts("allowHeaders"),
        ExposeHeaders = own.Texts("exposeHeaders"),
        MaxAgeSeconds = (int)(own.Integer("maxAge", 1, int.MaxValue) ?? 5),
    };
}
