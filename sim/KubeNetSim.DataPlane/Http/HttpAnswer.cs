using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>What comes of a request that a rule has won: its filters, then its backends by weight.</summary>
internal static class HttpAnswer
{
    public static HttpDecision Of(HttpRule rule, HttpListener listener, HttpRequest request)
    {
        if (UnknownAmong(rule.Filters) is { } unknown)
            return HttpDecision.Answered(500, unknown);
        if (rule.Filters.OfType<RouteFilter.Cors>().FirstOrDefault() is { } cors && CorsHeaders.IsPreflight(request))
            return Preflight(cors, request);
        long total = rule.Backends.Sum(backend => (long)backend.Weight);
        bool redirects = rule.Filters.Any(filter => filter is RouteFilter.Redirect);
        if (total == 0 && !redirects)
            return HttpDecision.Answered(request.IsHttp ? rule.InvalidStatus : HttpOutcome.Refused, "the rule has no backend");
        return new HttpDecision
        {
            Outcomes = redirects
                ? [Outcome(rule, null, listener, request)]
                : [.. rule.Backends.Where(backend => backend.Weight > 0)
                    .Select(backend => Outcome(rule, backend, listener, request) with { Share = (double)backend.Weight / total })],
            Mirrors = redirects ? [] : [.. rule.Mirrors, .. MirrorsOfBackends(rule, total)],
        };
    }

    // Of all requests of the rule, those that go to the backend.
    private static IEnumerable<(HttpBackend Backend, double Share)> MirrorsOfBackends(HttpRule rule, long total) =>
        from backend in rule.Backends
        where backend is { Weight: > 0, Resolved.IsValid: true } && UnknownAmong(backend.Filters) is null
        from mirror in backend.Mirrors
        select (mirror.Backend, mirror.Share * backend.Weight / total);

    private static string? UnknownAmong(ImmutableArray<RouteFilter> filters) =>
        filters.OfType<RouteFilter.Unknown>().FirstOrDefault() is { } unknown ? $"the filter {unknown.Description} is not known, and no filter may be skipped" : null;

    private static HttpOutcome Outcome(HttpRule rule, HttpBackend? backend, HttpListener listener, HttpRequest request)
    {
        if (backend is { Resolved.IsValid: false })
            return new HttpOutcome { Status = request.IsHttp && listener.Protocol != "TLS" ? rule.InvalidStatus : HttpOutcome.Refused, Reason = $"{backend.Resolved.Reason}: {backend.Resolved.Message}" };
        if (backend is not null && UnknownAmong(backend.Filters) is { } unknown)
            return new HttpOutcome { Status = rule.InvalidStatus, Reason = unknown };
        RequestFilters filters = new(rule, listener, request);
        foreach (RouteFilter filter in rule.Filters.Concat(backend?.Filters ?? []))
            filters.Apply(filter);
        if (filters.Redirect is { } redirect)
            return new HttpOutcome
            {
                Status = filters.RedirectStatus,
                Reason = $"redirect to {redirect}",
                Redirect = redirect,
                ResponseHeaders = filters.ResponseHeaders.SetItem("Location", redirect.ToString()).ToHeaders(),
            };
        if (backend is { HasEndpoints: false })
            return new HttpOutcome { Status = request.IsHttp && listener.Protocol != "TLS" ? 503 : HttpOutcome.Refused, Reason = $"no pod of {backend} is ready" };
        return new HttpOutcome
        {
            Status = 200,
            Reason = $"forwarded to {backend}",
            Backend = backend,
            BackendRequest = filters.Request,
            ResponseHeaders = filters.ResponseHeaders.ToHeaders(),
        };
    }

    private static HttpDecision Preflight(RouteFilter.Cors cors, HttpRequest request) => new()
    {
        Outcomes =
        [
            new HttpOutcome
            {
                Status = 200,
                Reason = "a preflight request, answered by the router",
                ResponseHeaders = CorsHeaders.OfPreflight(cors, request),
            },
        ],
    };
}
