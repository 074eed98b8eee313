using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>Says what a router did with a request: the rule that won and what it changed, then those that lost, and why.</summary>
internal static class RoutingText
{
    private const int MostOfOtherHosts = 20;

    public static ImmutableArray<TraceRule> RulesOf(HttpDecision decision, HttpOutcome outcome) =>
    [
        .. decision.Rule is { } rule ? [Line(rule.ToString(), "wins")] : Array.Empty<TraceRule>(),
        .. Changes(decision, outcome),
        .. decision.Mirrors.Where(mirror => mirror.Share > 0).Select(mirror => Line($"copy to {mirror.Backend}", CopyOf(mirror.Backend, mirror.Share))),
        .. Lost(decision),
    ];

    // A shared Gateway has thousands of rules, nearly all of them for other hosts.
    private static IEnumerable<TraceRule> Lost(HttpDecision decision)
    {
        LostRule[] elsewhere = [.. decision.Lost.Where(lost => lost.Rule.Hostname.Length > 0 && decision.Request is { } asked && !Hostnames.Covers(lost.Rule.Hostname, asked.Host))];
        IEnumerable<TraceRule> lines = (elsewhere.Length > MostOfOtherHosts ? decision.Lost.Except(elsewhere) : decision.Lost).Select(lost => Line(lost.Rule.ToString(), lost.Reason));
        return elsewhere.Length > MostOfOtherHosts ? lines.Append(Line($"{elsewhere.Length} other rules", "for other hosts")) : lines;
    }

    private static IEnumerable<TraceRule> Changes(HttpDecision decision, HttpOutcome outcome)
    {
        if (decision.Request is { } asked && outcome.BackendRequest is { } sent)
        {
            if ((asked.Host, asked.Path) != (sent.Host, sent.Path))
                yield return Line("rewritten to", sent.ToString());
            foreach (string name in asked.Headers.Concat(sent.Headers).Select(header => header.Name).Distinct(StringComparer.OrdinalIgnoreCase))
                if (asked.Header(name) != sent.Header(name))
                    yield return Line($"request header {name}", sent.Header(name) is { } value ? $"becomes \"{value}\"" : "is removed");
        }
        foreach (HttpHeader header in outcome.ResponseHeaders)
            yield return Line($"response header {header.Name}", $"becomes \"{header.Value}\"");
        if (decision.Rule is { } rule && (rule.BackendTimeoutNs ?? rule.RequestTimeoutNs) is { } limit)
            yield return Line("timeout", $"{(limit / 1e6).ToString("0.###", CultureInfo.InvariantCulture)} ms");
    }

    private static string CopyOf(HttpBackend backend, double share) =>
        !backend.Resolved.IsValid ? $"not sent: {backend.Resolved.Message}"
        : !backend.HasEndpoints ? "not sent: no pod is ready"
        : share < 1 ? $"of {share.ToString("0.##%", CultureInfo.InvariantCulture)} of such requests" : "of every such request";

    private static TraceRule Line(string where, string what) => new(where, "", what, 0, 0, 0);
}
