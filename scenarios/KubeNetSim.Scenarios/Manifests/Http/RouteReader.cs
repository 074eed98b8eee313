using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Manifests.Http;

/// <summary>Reads routes of the Gateway API and checks them as their custom resource definitions do (gateway-api apis/v1 httproute_types.go).</summary>
internal static class RouteReader
{
    // The largest weight (BackendRef.weight).
    private const int MostWeight = 1_000_000;
    private const double LongestNs = 99_999 * 3_600e9;

    private const int MostItems = 16;
    private const int MostParents = 32;
    private const int MostMatchesOfRule = 64;
    private const int MostMatches = 128;

    private static readonly string[] NotSimulated = ["retry", "sessionPersistence"];

    public static Route Read(Fields document, RouteKind kind)
    {
        ObjectMeta meta = Metadata.Read(document, kind.ToString());
        if (document.Mapping("spec") is not { } spec)
        {
            document.Error("required-field", "spec", $"{(kind == RouteKind.HTTPRoute ? "An" : "A")} {kind} needs a spec");
            return new Route { Meta = meta, Kind = kind };
        }
        ItemRules.AtMost(spec, "hostnames", MostItems);
        foreach ((ScalarNode host, string path) in spec.Values("hostnames"))
            HostnameRules.Check(spec.Problems, host, path);
        ImmutableArray<RouteRule> rules = Rules(spec, meta.Namespace, kind);
        return new Route
        {
            Meta = meta,
            Kind = kind,
            ParentRefs = Parents(spec, meta.Namespace),
            Hostnames = spec.Texts("hostnames"),
            // A rule that matches every path and has no backend is what a route without rules has (the default of HTTPRouteSpec.rules).
            Rules = rules.IsEmpty ? [new RouteRule()] : rules,
        };
    }

    /// <summary>A backend of a rule or of a mirror.</summary>
    public static BackendReference Backend(Fields backend, string space, RouteKind kind)
    {
        ObjectReference reference = GatewayReader.Reference(backend, "", "Service", space);
        long? port = backend.Integer("port", 1, 65_535);
        if (reference is { Group: "", Kind: "Service" } && !backend.Has("port"))
            backend.Error("required-field", "port", "A Service needs a port here", "port: 80");
        return new BackendReference(reference, (int)(port ?? 0), (int)(backend.Integer("weight", 0, MostWeight) ?? 1), Filters(backend, space, kind));
    }

    // Two references to one parent name different parts of it.
    private static ImmutableArray<ParentReference> Parents(Fields spec, string space)
    {
        ItemRules.AtMost(spec, "parentRefs", MostParents);
        ImmutableArray<ParentReference>.Builder parents = ImmutableArray.CreateBuilder<ParentReference>();
        foreach (Fields item in spec.Mappings("parentRefs"))
        {
            ParentReference parent = new(
                GatewayReader.Reference(item, Route.Group, "Gateway", space),
                item.Text("sectionName") is { Length: > 0 } name ? name : null,
                (int?)item.Integer("port", 1, 65_535));
            bool isWhole = parent is { SectionName: null, Port: null };
            if (parent.Object.Name.Length > 0 && parents.Any(other => other.Object == parent.Object && (other == parent || isWhole || other is { SectionName: null, Port: null })))
                item.Error("duplicate-item", "name", $"Two references to {parent.Object} need different sectionNames or ports");
            parents.Add(parent);
        }
        return parents.ToImmutable();
    }

    private static ImmutableArray<RouteRule> Rules(Fields spec, string space, RouteKind kind)
    {
        bool isOfConnections = kind is RouteKind.TLSRoute or RouteKind.TCPRoute or RouteKind.UDPRoute;
        if (isOfConnections || (kind == RouteKind.HTTPRoute && spec.Has("rules")))
            ItemRules.AtLeastOne(spec, "rules", "rules: [{backendRefs: [{name: web, port: 80}]}]");
        ItemRules.AtMost(spec, "rules", MostItems);
        HashSet<string> names = [];
        ImmutableArray<RouteRule>.Builder rules = ImmutableArray.CreateBuilder<RouteRule>();
        foreach (Fields item in spec.Mappings("rules"))
        {
            if (isOfConnections)
                ItemRules.AtLeastOne(item, "backendRefs", "backendRefs: [{name: web, port: 80}]");
            RouteRule rule = Rule(item, space, kind);
            if (rule.Name.Length > 0 && !names.Add(rule.Name))
                item.Error("duplicate-item", "name", $"Two rules have the name \"{rule.Name}\"");
            rules.Add(rule);
        }
        if (rules.Sum(rule => rule.Matches.Length) > MostMatches)
            spec.Error("too-many-items", "rules", $"All rules together can have {MostMatches} matches");
        return rules.ToImmutable();
    }

    private static RouteRule Rule(Fields rule, string space, RouteKind kind)
    {
        ItemRules.AtMost(rule, "matches", MostMatchesOfRule);
        ItemRules.AtMost(rule, "backendRefs", MostItems);
        Fields? timeouts = rule.Mapping("timeouts");
        RouteRule read = new()
        {
            Name = rule.Text("name") ?? "",
            Matches = [.. rule.Mappings("matches").Select(match => kind == RouteKind.GRPCRoute ? RouteMatchReader.ReadGrpc(match) : RouteMatchReader.ReadHttp(match))],
            Filters = Filters(rule, space, kind),
            BackendRefs = [.. rule.Mappings("backendRefs").Select(backend => Backend(backend, space, kind))],
            RequestTimeoutNs = (long?)timeouts?.Duration("request", 0, LongestNs),
            BackendTimeoutNs = (long?)timeouts?.Duration("backendRequest", 0, LongestNs),
        };
        if (read is { RequestTimeoutNs: > 0 and var whole, BackendTimeoutNs: { } part } && part > whole)
            timeouts!.Error("incompatible-fields", "backendRequest", "The time of one backend request must not be longer than that of the whole request");
        CheckFilters(rule, read);
        foreach (string key in NotSimulated.Where(rule.Has))
            rule.Problems.Add(new Problem(Severity.Info, "not-simulated", rule.PositionOf(key), rule.PathOf(key), $"The field \"{key}\" is not simulated: every request is routed by itself, and once"));
        return read;
    }

    private static ImmutableArray<RouteFilter> Filters(Fields holder, string space, RouteKind kind)
    {
        ItemRules.AtMost(holder, "filters", MostItems);
        return [.. holder.Mappings("filters").Select(filter => RouteFilterReader.Read(filter, space, kind)).OfType<RouteFilter>()];
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
}
