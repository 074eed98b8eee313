using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>
/// What an Ingress controller or a Gateway does with requests: the one place where that is decided. <c>trace</c> shows its decisions,
/// <c>test</c> compares them, a run draws from them. Immutable.
/// </summary>
/// <param name="Name">What it serves: <c>Gateway shop/web</c>, <c>Ingress class nginx</c>.</param>
/// <param name="Listeners">Ports and hosts that it takes requests for.</param>
public sealed record HttpRouter(string Name, ImmutableArray<HttpListener> Listeners)
{
    /// <summary>Where a request goes, and why.</summary>
    public HttpDecision Decide(HttpRequest request)
    {
        HttpListener[] open = [.. Listeners.Where(listener => listener.Accepts(request))];
        if (open.Length == 0)
            return HttpDecision.Refused($"{Name} does not listen for {request.Scheme} at port {request.Port}");
        // Only the most specific listener is asked, as if the others were not there (listener isolation).
        HttpListener? best = MostSpecific(open, listener => listener.NameOf(request));
        if (best is null)
            return request.IsHttp
                ? HttpDecision.Answered(404, $"{Name} has no listener for host {request.Host}")
                : HttpDecision.Refused($"{Name} has no listener for server name {request.Host}");
        // A connection opened for one listener must not carry requests to another (Listener.hostname, RFC 9110 15.5.20).
        return best.Protocol == "HTTPS" && MostSpecific(open.Where(listener => listener.Protocol == best.Protocol), _ => request.Host) is { } other && other != best
            ? HttpDecision.Answered(421, $"the connection was opened for listener {best.Name}, and host {request.Host} is listener {other.Name}'s")
            : Within(best, request);
    }

    private static HttpListener? MostSpecific(IEnumerable<HttpListener> listeners, Func<HttpListener, string> hostOf) =>
        listeners.Where(listener => listener.Covers(hostOf(listener))).OrderByDescending(listener => HostRank.Of(listener.Hostname)).FirstOrDefault();

    private static HttpDecision Within(HttpListener listener, HttpRequest request)
    {
        ImmutableArray<LostRule>.Builder lost = ImmutableArray.CreateBuilder<LostRule>();
        HttpRule? winner = null;
        foreach (HttpRule rule in listener.Rules)
        {
            if (rule.Mismatch(request) is { } why)
                lost.Add(new LostRule(rule, why));
            else if (winner is null)
                winner = rule;
            else
                lost.Add(new LostRule(rule, $"matches too, but the winner has {winner.Precedence.Over(rule.Precedence)}"));
        }
        HttpDecision decision = winner is not null ? HttpAnswer.Of(winner, listener, request)
            : request.IsHttp && listener.Protocol != "TLS" ? HttpDecision.Answered(404, "no rule matches")
            : HttpDecision.Refused("no route takes the connection");
        return decision with { Request = request, Listener = listener, Rule = winner, Lost = lost.ToImmutable() };
    }
}
