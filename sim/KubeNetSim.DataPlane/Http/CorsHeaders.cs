using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>The headers by which a browser learns whether a page may use another origin (fetch.spec.whatwg.org, Gateway API HTTPCORSFilter).</summary>
internal static class CorsHeaders
{
    public static bool IsPreflight(HttpRequest request) =>
        request.Method == "OPTIONS" && request.Header("Origin") is not null && request.Header("Access-Control-Request-Method") is not null;

    public static ImmutableArray<HttpHeader> OfPreflight(RouteFilter.Cors cors, HttpRequest request)
    {
        ImmutableArray<HttpHeader> response = OfOrigin(cors, request);
        if (response.IsEmpty)
            return response;
        ImmutableArray<HttpHeader>.Builder headers = response.ToBuilder();
        Add(headers, "Access-Control-Allow-Methods", Named(cors.AllowMethods, request.Header("Access-Control-Request-Method"), cors.AllowCredentials));
        Add(headers, "Access-Control-Allow-Headers", Named(cors.AllowHeaders, request.Header("Access-Control-Request-Headers"), cors.AllowCredentials));
        Add(headers, "Access-Control-Expose-Headers", string.Join(", ", cors.ExposeHeaders));
        headers.Add(new HttpHeader("Access-Control-Max-Age", $"{cors.MaxAgeSeconds}"));
        return headers.ToImmutable();
    }

    public static ImmutableArray<HttpHeader> OfResponse(RouteFilter.Cors cors, HttpRequest request)
    {
        ImmutableArray<HttpHeader>.Builder headers = OfOrigin(cors, request).ToBuilder();
        if (headers.Count > 0)
            Add(headers, "Access-Control-Expose-Headers", string.Join(", ", cors.ExposeHeaders));
        return headers.ToImmutable();
    }

    private static ImmutableArray<HttpHeader> OfOrigin(RouteFilter.Cors cors, HttpRequest request)
    {
        if (request.Header("Origin") is not { } origin || !cors.AllowOrigins.Any(allowed => Allows(allowed, origin)))
            return [];
        // An answer with credentials must name the origin.
        bool any = cors.AllowOrigins.Contains("*") && !cors.AllowCredentials;
        HttpHeader allow = new("Access-Control-Allow-Origin", any ? "*" : origin);
        return cors.AllowCredentials ? [allow, new HttpHeader("Access-Control-Allow-Credentials", "true")] : [allow];
    }

    // "https://*.example.com" holds for every host below example.com.
    private static bool Allows(string allowed, string origin)
    {
        int star = allowed.IndexOf('*', StringComparison.Ordinal);
        return star < 0 ? allowed.Equals(origin, StringComparison.OrdinalIgnoreCase)
            : origin.Length > allowed.Length - 1
                && origin.StartsWith(allowed[..star], StringComparison.OrdinalIgnoreCase)
                && origin.EndsWith(allowed[(star + 1)..], StringComparison.OrdinalIgnoreCase);
    }

    // With credentials "*" has no meaning of its own, so what was asked for is named.
    private static string Named(ImmutableArray<string> allowed, string? asked, bool withCredentials) =>
        allowed.Contains("*") ? withCredentials ? asked ?? "" : "*" : string.Join(", ", allowed);

    private static void Add(ImmutableArray<HttpHeader>.Builder headers, string name, string value)
    {
        if (value.Length > 0)
            headers.Add(new HttpHeader(name, value));
    }
}
