using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Simulation.Testing;

/// <summary>Compares what a Gateway or an Ingress controller does with a request with what a test expects.</summary>
internal static class RequestJudge
{
    // Shares are exact here; this is for shares that a test writes with few digits.
    private const double ShareTolerance = 0.005;

    public static Judgement Judge(NetworkTestCase.RequestCase item, HttpRouters routers)
    {
        HttpRouter? router = item.Gateway is { } gateway ? routers.OfGateway(gateway) : routers.OfIngress(item.Ingress!);
        if (router is null)
            return Judgement.Impossible(item.Gateway is not null
                ? $"request.gateway: there is no Gateway {item.Gateway}" : $"request.ingress: there is no Ingress {item.Ingress} that a controller serves");
        HttpDecision decision = InTime(router.Decide(AtListener(item.Request, router)), item.BackendTimeNs);
        return new Judgement([.. Answers(item.Expected, decision), .. Forwarded(item.Expected, decision), .. Shares(item.Expected, decision)]);
    }

    // A port without a listener can only be meant as that of the Host header, which decides nothing (HTTPRouteSpec.hostnames).
    private static HttpRequest AtListener(HttpRequest request, HttpRouter router) =>
        router.Listeners.Select(listener => request with { Port = listener.Port }).Prepend(request)
            .FirstOrDefault(candidate => router.Listeners.Any(listener => listener.Accepts(candidate)), request);

    // A rule that waits no longer answers by itself (HTTPRouteTimeouts).
    private static HttpDecision InTime(HttpDecision decision, long backendTimeNs)
    {
        long patienceNs = Math.Min(decision.Rule?.RequestTimeoutNs ?? long.MaxValue, decision.Rule?.BackendTimeoutNs ?? long.MaxValue);
        return backendTimeNs < patienceNs ? decision : decision with
        {
            Outcomes = [.. decision.Outcomes.Select(outcome => outcome.Backend is null ? outcome
                : outcome with { Status = 504, Backend = null, Reason = $"{outcome.Backend} takes longer than the rule waits" })],
        };
    }

    private static IEnumerable<Expectation> Answers(ExpectedResponse expected, HttpDecision decision)
    {
        if (expected.Status is { } status)
            yield return All(decision, "status", Text(status), outcome => Text(outcome.Status)) with { Remarks = Reasons(decision) };
        if (expected.Backend is { } backend)
            yield return All(decision, "backend", backend, outcome => outcome.Backend?.Name);
        foreach ((string part, string value) in expected.Redirect ?? ObjectMeta.NoLabels)
            yield return All(decision, $"redirect.{part}", value, outcome => PartOf(outcome.Redirect, part));
        foreach ((string name, string value) in expected.ResponseHeaders ?? ObjectMeta.NoLabels)
            yield return All(decision, $"responseHeaders.{name}", value, outcome =>
                outcome.ResponseHeaders.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value);
    }

    private static IEnumerable<Expectation> Forwarded(ExpectedResponse expected, HttpDecision decision)
    {
        if (expected.BackendPath is { } path)
            yield return All(decision, "backendRequest.path", path, outcome => PathOf(outcome.BackendRequest, path.Contains('?')));
        if (expected.BackendHost is { } host)
            yield return All(decision, "backendRequest.host", host, outcome => outcome.BackendRequest?.HostHeader);
        foreach ((string name, string value) in expected.BackendHeaders ?? ObjectMeta.NoLabels)
            yield return All(decision, $"backendRequest.headers.{name}", value, outcome => outcome.BackendRequest?.Header(name));
        foreach (string name in expected.AbsentHeaders ?? [])
            yield return Expectation.Of($"backendRequest.absentHeaders.{name}", [], decision.Outcomes.Select(outcome => outcome.BackendRequest?.Header(name)).OfType<string>());
        if (expected.MirroredTo is { } mirrors)
            yield return Expectation.Of("mirroredTo", mirrors,
                decision.Mirrors.Where(mirror => mirror.Share > 0 && mirror.Backend.Resolved.IsValid).Select(mirror => mirror.Backend.Name));
    }

    private static IEnumerable<Expectation> Shares(ExpectedResponse expected, HttpDecision decision)
    {
        foreach ((string name, double wanted) in expected.Distribution ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            double share = decision.Outcomes.Where(outcome => outcome.Backend?.Name == name).Sum(outcome => outcome.Share);
            yield return Expectation.Of($"distribution.{name}", Text(wanted), Text(Math.Abs(share - wanted) <= ShareTolerance ? wanted : share));
        }
    }

    private static Expectation All(HttpDecision decision, string field, string wanted, Func<HttpOutcome, string?> of) =>
        Expectation.Of(field, [wanted], decision.Outcomes.Select(outcome => of(outcome) is not { } value ? "(none)" : IsSameList(value, wanted) ? wanted : value));

    // Blanks around the commas of a list mean nothing (RFC 9110 5.6.1).
    private static bool IsSameList(string one, string other) =>
        one.Split(',', StringSplitOptions.TrimEntries).SequenceEqual(other.Split(',', StringSplitOptions.TrimEntries));

    private static ImmutableDictionary<string, string> Reasons(HttpDecision decision)
    {
        string by = decision.Rule is { } rule ? $"{rule}: " : "";
        return decision.Outcomes.GroupBy(outcome => Text(outcome.Status)).ToImmutableDictionary(
            group => group.Key, group => by + string.Join("; ", group.Select(outcome => outcome.Reason).Distinct()));
    }

    private static string? PartOf(HttpRequest? redirect, string part) => redirect is null ? null : part switch
    {
        "scheme" => redirect.Scheme,
        "host" => redirect.Host,
        "port" => Text(redirect.Port),
        _ => redirect.Path,
    };

    private static string? PathOf(HttpRequest? request, bool withQuery) =>
        request is null ? null : withQuery && request.Query.Length > 0 ? $"{request.Path}?{request.Query}" : request.Path;

    private static string Text(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
