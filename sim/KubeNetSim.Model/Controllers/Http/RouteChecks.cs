using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>Conditions of a route that do not depend on its parents: whether its rules are supported and its references exist.</summary>
public sealed class RouteChecks(BackendResolution references)
{
    /// <summary>Accepted and ResolvedRefs, and PartiallyInvalid where some rules are left out.</summary>
    public ImmutableArray<Condition> ConditionsOf(Route route)
    {
        Condition?[] faults = [.. route.Rules.Select(FaultOf)];
        int wrong = faults.Count(fault => fault is not null);
        Condition accepted = wrong > 0 && wrong == faults.Length ? faults[0]! : new Condition("Accepted", true, "Accepted");
        Condition resolved = BackendsOf(route)
            .Select(backend => references.Resolve(route, backend))
            .Where(backend => !backend.IsValid)
            .Select(backend => new Condition("ResolvedRefs", false, backend.Reason, backend.Message))
            .Concat(UnknownFilters(route))
            .FirstOrDefault(new Condition("ResolvedRefs", true, ResolvedBackend.Resolved));
        return wrong > 0 && wrong < faults.Length
            ? [accepted, resolved, new Condition("PartiallyInvalid", true, faults.First(fault => fault is not null)!.Reason,
                $"{wrong} of {faults.Length} rules left out: {faults.First(fault => fault is not null)!.Message}")]
            : [accepted, resolved];
    }

    /// <summary>Why a rule cannot be followed, as a condition Accepted that is false; null where it can.</summary>
    public static Condition? FaultOf(RouteRule rule)
    {
        bool redirects = rule.Filters.Any(filter => filter is RouteFilter.Redirect);
        if (redirects && rule.Filters.Any(filter => filter is RouteFilter.Rewrite))
            return new Condition("Accepted", false, "IncompatibleFilters", "A rule either redirects or rewrites the URL, not both");
        bool needsPrefix = rule.Filters.Concat(rule.BackendRefs.SelectMany(backend => backend.Filters)).Any(filter =>
            filter is RouteFilter.Redirect { Path.IsPrefix: true } or RouteFilter.Rewrite { Path.IsPrefix: true });
        return needsPrefix && (rule.Matches.Length > 1 || rule.Matches.Any(match => match.Path is { Type: not PathMatchType.PathPrefix }))
            ? new Condition("Accepted", false, "UnsupportedValue", "ReplacePrefixMatch needs exactly one match, of type PathPrefix")
            : null;
    }

    /// <summary>The condition of a route with an unknown filter.</summary>
    public static Condition NotKnown(RouteFilter.Unknown filter) =>
        new("ResolvedRefs", false, "InvalidKind", $"The filter {filter.Description} is not known");

    private static IEnumerable<BackendReference> BackendsOf(Route route) =>
        route.Rules.SelectMany(rule => rule.BackendRefs
            .Concat(rule.Filters.Concat(rule.BackendRefs.SelectMany(backend => backend.Filters))
                .OfType<RouteFilter.Mirror>().Select(mirror => mirror.Backend)));

    private static IEnumerable<Condition> UnknownFilters(Route route) =>
        route.Rules.SelectMany(rule => rule.Filters.Concat(rule.BackendRefs.SelectMany(backend => backend.Filters)))
            .OfType<RouteFilter.Unknown>()
            .Select(NotKnown);
}
