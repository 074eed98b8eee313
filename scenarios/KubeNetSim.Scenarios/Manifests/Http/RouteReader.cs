using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>Reads routes of the Gateway API and checks them as their custom resource definitions do (gateway-api apis/v1 httproute_types.go).</summary>
internal static class RouteReader
{
    // The longest weight (BackendRef.weight).
    private const int MostWeight = 1_000_000;
    private const double LongestNs = 99_999 * 3_600e9;

    private static readonly string[] Methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH"];

    public static Route Read(Fields document, RouteKind kind)
    {
        ObjectMeta meta = Metadata.Read(document, kind.ToString());
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", $"{(kind == RouteKind.HTTPRoute ? "An" : "A")} {kind} needs a spec");
            return new Route { Meta = meta, Kind = kind };
        }
        foreach ((ScalarNode host, string path) in spec.Values("hostnames"))
            HostnameRules.Check(spec.Problems, host, path);
        ImmutableArray<RouteRule> rules = [.. spec.Mappings("rules").Select(rule => Rule(rule, meta.Namespace, kind))];
        return new Route
        {
            Meta = meta,
            Kind = kind,
            ParentRefs = [.. spec.Mappings("parentRefs").Select(parent => Parent(parent, meta.Namespace))],
            Hostnames = spec.Texts("hostnames"),
            // A rule that matches every path and has no backend is what a route without rules has (the default of HTTPRouteSpec.rules).
            Rules = rules.IsEmpty ? [new RouteRule()] : rules,
        };
    }

    /// <summary>A backend of a rule or of a mirror.</summary>
    public static BackendReference Backend(Fields backend, string space)
    {
        ObjectReference reference = GatewayReader.Reference(backend, "", "Service", space);
        long? port = backend.Integer("port", 1, 65_535);
        if (reference is { Group: "", Kind: "Service" } && !backend.Has("port"))
            backend.Error("required-field", "port", "A Service needs a port here", "port: 80");
        return new BackendReference(reference, (int)(port ?? 0), (int)(backend.Integer("weight", 0, MostWeight) ?? 1),
            [.. backend.Mappings("filters").Select(filter => RouteFilterReader.Read(filter, space)).OfType<RouteFilter>()]);
    }

    private static ParentReference Parent(Fields parent, string space) => new(
        GatewayReader.Reference(parent, Route.Group, "Gateway", space),
        parent.Text("sectionName") is { Length: > 0 } name ? name : null,
        (int?)parent.Integer("port", 1, 65_535));

    private static RouteRule Rule(Fields rule, string space, RouteKind kind)
    {
        Fields? timeouts = rule.Mapping("timeouts");
        RouteRule read = new()
        {
            Name = rule.Text("name") ?? "",
            Matches = [.. rule.Mappings("matches").Select(match => kind == RouteKind.GRPCRoute ? GrpcMatch(match) : HttpMatch(match))],
            Filters = [.. rule.Mappings("filters").Select(filter => RouteFilterReader.Read(filter, space)).OfType<RouteFilter>()],
            BackendRefs = [.. rule.Mappings("backendRefs").Select(backend => Backend(backend, space))],
            RequestTimeoutNs = (long?)timeouts?.Duration("request", 0, LongestNs),
            BackendTimeoutNs = (long?)timeouts?.Duration("backendRequest", 0, LongestNs),
        };
        if (read is { RequestTimeoutNs: > 0 and var whole, BackendTimeoutNs: { } part } && part > whole)
            timeouts!.Error("timeouts", "backendRequest", "The time of one backend request must not be longer than that of the whole request");
        CheckFilters(rule, read);
        return read;
    }

    private static void CheckFilters(Fields rule, RouteRule read)
    {
        bool redirects = read.Filters.Any(filter => filter is RouteFilter.Redirect);
        if (redirects && !read.BackendRefs.IsEmpty)
            rule.Error("incompatible-filters", "backendRefs", "A rule that redirects has no backends");
        if (RouteChecks.FaultOf(read) is { } fault)
            rule.Error(fault.Reason == "IncompatibleFilters" ? "incompatible-filters" : "unsupported-value", "filters", fault.Message);
        foreach (IGrouping<Type, RouteFilter> group in read.Filters.GroupBy(filter => filter.GetType()))
            if (group.Count() > 1 && group.First() is not (RouteFilter.Mirror or RouteFilter.Unknown))
                rule.Error("duplicate-filter", "filters", $"A rule has at most one filter {group.Key.Name}");
    }

    private static RouteMatch HttpMatch(Fields match)
    {
        PathMatch? path = null;
        if (match.Mapping("path") is { } written)
        {
            path = new PathMatch(written.Word("type", Words.Of<PathMatchType>()) ?? PathMatchType.PathPrefix, written.Text("value") ?? "/");
            if (path.Type != PathMatchType.RegularExpression)
                HttpPathRules.Check(written, "value", path.Value);
            else
                Expression(written, "value", path.Value);
        }
        string? method = match.Word("method", Methods);
        return new RouteMatch { Path = path, Method = method, Headers = Values(match, "headers"), QueryParams = Values(match, "queryParams") };
    }

    private static RouteMatch GrpcMatch(Fields match)
    {
        RouteMatch read = new() { Headers = Values(match, "headers") };
        if (match.Mapping("method") is not { } method)
            return read;
        bool isExpression = method.Word("type", "Exact", "RegularExpression") == "RegularExpression";
        GrpcMatch grpc = new(method.Text("service") is { Length: > 0 } service ? service : null, method.Text("method") is { Length: > 0 } name ? name : null, isExpression);
        if (grpc is { Service: null, Method: null })
            method.Error("required-field", "service", "A method match needs a service or a method");
        foreach ((string key, string? text) in new[] { ("service", grpc.Service), ("method", grpc.Method) })
            if (isExpression && text is not null)
                Expression(method, key, text);
        return read with { Grpc = grpc };
    }

    // Of several with the same name only the first counts (HTTPHeaderMatch.name).
    private static ImmutableArray<NamedMatch> Values(Fields match, string key) =>
    [
        .. match.Mappings(key).Select(item =>
        {
            NamedMatch value = new(item.Required("name", "a name"), item.Text("value") ?? "", item.Word("type", "Exact", "RegularExpression") == "RegularExpression");
            if (value.IsExpression)
                Expression(item, "value", value.Value);
            return value;
        }).DistinctBy(value => key == "headers" ? value.Name.ToLowerInvariant() : value.Name),
    ];

    // Without backtracking, so that no file can make the simulator hang.
    private static void Expression(Fields fields, string key, string text)
    {
        try
        {
            _ = new System.Text.RegularExpressions.Regex(text, System.Text.RegularExpressions.RegexOptions.NonBacktracking);
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            fields.Error("invalid-expression", key, $"\"{text}\" is no regular expression that can be used here: {wrong.Message}");
        }
    }
}
