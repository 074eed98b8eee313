using System.Collections.Immutable;
using System.Globalization;
using KubeNetSim.DataPlane;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>Compares what a Gateway or an Ingress controller does with a request with what a test expects.</summary>
internal static class RequestJudge
{
    // Shares are exact here; this is for shares that a test writes with few digits.
    private const double ShareTolerance = 0.005;

    public static Judgement Judge(NetworkTestCase.RequestCase item, HttpRouters routers)
    {
        List<string> wanted = [];
        HttpRouter? router = item.Gateway is { } gateway ? routers.OfGateway(gateway) : routers.OfIngress(item.Ingress!);
        if (router is null)
        {
            Compare(item.Expected, HttpDecision.Refused(""), wanted, [], []);
            return new Judgement(string.Join(", ", wanted), "no router", item.Gateway is not null
                ? $"there is no Gateway {item.Gateway}" : $"there is no Ingress {item.Ingress} that a controller serves");
        }
        HttpDecision decision = router.Decide(AtListener(item.Request, router));
        List<string> actual = [];
        List<string> differences = [];
        Compare(item.Expected, decision, wanted, actual, differences);
        string message = string.Join("; ", differences);
        if (message.Length > 0)
            message += $" ({Reason(decision)})";
        return new Judgement(string.Join(", ", wanted), string.Join(", ", actual), message);
    }

    // A port where nobody listens can only be meant as that of the Host header, which decides nothing (HTTPRouteSpec.hostnames).
    private static HttpRequest AtListener(HttpRequest request, HttpRouter router) =>
        router.Listeners.Any(listener => listener.Accepts(request)) ? request
        : router.Listeners.Select(listener => request with { Port = listener.Port }).FirstOrDefault(other => router.Listeners.Any(listener => listener.Accepts(other))) ?? request;

    private static void Compare(ExpectedResponse expected, HttpDecision decision, List<string> wanted, List<string> actual, List<string> differences)
    {
        void Item(string what, string want, string found, bool agrees)
        {
            wanted.Add($"{what} {want}");
            actual.Add($"{what} {found}");
            if (!agrees)
                differences.Add($"{what} is {found}, not {want}");
        }

        void Texts(string what, ImmutableArray<string> want, IEnumerable<string?> found)
        {
            string[] have = [.. found.Select(text => text ?? "none").Distinct().Order(StringComparer.Ordinal)];
            string[] sorted = [.. want.Order(StringComparer.Ordinal)];
            Item(what, List(sorted), List(have), sorted.SequenceEqual(have));
        }

        ImmutableArray<HttpOutcome> outcomes = decision.Outcomes;
        if (expected.Status is { } status)
            Texts("status", [Number(status)], outcomes.Select(outcome => Number(outcome.Status)));
        if (expected.Backend is { } backend)
            Texts("backend", [backend], outcomes.Select(outcome => outcome.Backend?.Name));
        foreach ((string part, string want) in expected.Redirect ?? ObjectMeta.NoLabels)
            Texts($"redirect {part}", [want], outcomes.Select(outcome => PartOf(outcome.Redirect, part)));
        if (expected.BackendPath is { } path)
            Texts("path at the backend", [path], outcomes.Select(outcome => PathOf(outcome.BackendRequest, path.Contains('?'))));
        if (expected.BackendHost is { } host)
            Texts("host at the backend", [host], outcomes.Select(outcome => outcome.BackendRequest?.Host));
        foreach ((string name, string want) in expected.BackendHeaders ?? ObjectMeta.NoLabels)
            Texts($"header {name} at the backend", [want], outcomes.Select(outcome => outcome.BackendRequest?.Header(name)));
        foreach (string name in expected.AbsentHeaders ?? [])
            Texts($"header {name} at the backend", ["none"], outcomes.Select(outcome => outcome.BackendRequest?.Header(name)));
        foreach ((string name, string want) in expected.ResponseHeaders ?? ObjectMeta.NoLabels)
            Texts($"response header {name}", [want], outcomes.Select(outcome =>
                outcome.ResponseHeaders.FirstOrDefault(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Value));
        if (expected.MirroredTo is { } mirrors)
            Texts("copies to", mirrors, decision.Mirrors.Where(mirror => mirror.Share > 0 && mirror.Backend.Resolved.IsValid).Select(mirror => mirror.Backend.Name));
        foreach ((string name, double want) in expected.Distribution ?? ImmutableSortedDictionary<string, double>.Empty)
        {
            double share = outcomes.Where(outcome => outcome.Backend?.Name == name).Sum(outcome => outcome.Share);
            Item($"share of {name}", Number(want), Number(share), Math.Abs(share - want) <= ShareTolerance);
        }
    }

    private static string Reason(HttpDecision decision) =>
        $"{(decision.Rule is { } rule ? $"{rule}: " : "")}{string.Join("; ", decision.Outcomes.Select(outcome => outcome.Reason).Distinct())}";

    private static string? PartOf(HttpRequest? redirect, string part) => redirect is null ? null : part switch
    {
        "scheme" => redirect.Scheme,
        "host" => redirect.Host,
        "port" => Number(redirect.Port),
        _ => redirect.Path,
    };

    private static string? PathOf(HttpRequest? request, bool withQuery) =>
        request is null ? null : withQuery && request.Query.Length > 0 ? $"{request.Path}?{request.Query}" : request.Path;

    private static string List(string[] texts) => texts.Length == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
