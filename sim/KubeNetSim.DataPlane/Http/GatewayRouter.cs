using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Http;

/// <summary>Compiles a Gateway and the routes that are attached to it.</summary>
internal static class GatewayRouter
{
    public static HttpRouter Compile(GatewayStatus status, HttpBackends backends, ILookup<int, int> servicePorts) => new(
        $"Gateway {status.Gateway.Meta.FullName}",
        [.. status.Listeners.Where(listener => listener.IsServing && status.Conditions[0].IsTrue).Select(listener => Listener(listener, backends, servicePorts[listener.Listener.Port]))]);

    private static HttpListener Listener(ListenerStatus status, HttpBackends backends, IEnumerable<int> servicePorts) => new()
    {
        Name = status.Listener.Name,
        Port = status.Listener.Port,
        ServicePorts = [.. servicePorts],
        Protocol = status.Listener is { Protocol: "TLS", TlsMode: TlsMode.Terminate } && status.Routes.All(attached => attached.Route.Kind == RouteKind.TCPRoute)
            ? "TLS" : status.Listener.Protocol,
        Hostname = status.Listener.Hostname.ToLowerInvariant(),
        // Routes come oldest first, and sorting keeps the order of equals.
        Rules = [.. status.Routes.SelectMany(attached => Rules(attached, backends)).OrderByDescending(rule => rule.Precedence)],
    };

    private static IEnumerable<HttpRule> Rules(AttachedRoute attached, HttpBackends backends)
    {
        Route route = attached.Route;
        for (int number = 0; number < route.Rules.Length; number++)
        {
            RouteRule rule = route.Rules[number];
            if (RouteChecks.FaultOf(rule) is not null)
                continue;
            string origin = $"{route.Kind} {route.Meta.FullName} rule {(rule.Name.Length > 0 ? rule.Name : $"{number + 1}")}";
            ImmutableArray<HttpBackend> answering = [.. rule.BackendRefs.Select(reference => backends.Of(route, reference))];
            ImmutableArray<(HttpBackend, double)> mirrors = backends.MirrorsOf(route, rule.Filters);
            foreach (RouteMatch match in rule.Matches.IsEmpty ? [new RouteMatch()] : rule.Matches)
                foreach (string hostname in attached.Hostnames)
                    yield return Rule(origin, hostname, RankOf(route, hostname), match, rule, answering, mirrors);
        }
    }

    // What the route itself says counts, not what the listener leaves of it; a route that says nothing takes the listener's host.
    private static HostRank RankOf(Route route, string hostname) =>
        route.Hostnames.Where(own => Hostnames.Covers(own, hostname)).Select(HostRank.Of).DefaultIfEmpty(HostRank.Of(hostname)).Max();

    private static HttpRule Rule(
        string origin, string hostname, HostRank rank, RouteMatch match, RouteRule rule, ImmutableArray<HttpBackend> answering, ImmutableArray<(HttpBackend, double)> mirrors)
    {
        PathMatch? path = match.Grpc is { } grpc ? PathOf(grpc) : match.Path;
        PathCondition? condition = path is null ? null : new PathCondition(path);
        bool isExact = match.Grpc is not { IsExpression: true };
        return new HttpRule
        {
            Origin = origin,
            Hostname = hostname.ToLowerInvariant(),
            Path = condition,
            Method = match.Method,
            Headers = [.. match.Headers.Select(header => new ValueCondition(header))],
            QueryParams = [.. match.QueryParams.Select(parameter => new ValueCondition(parameter))],
            Filters = rule.Filters,
            Backends = answering,
            Mirrors = mirrors,
            RequestTimeoutNs = rule.RequestTimeoutNs is > 0 ? rule.RequestTimeoutNs : null,
            BackendTimeoutNs = rule.BackendTimeoutNs is > 0 ? rule.BackendTimeoutNs : null,
            // No path is the same as the prefix "/".
            Precedence = new RulePrecedence(
                rank,
                match.Grpc is null ? condition?.Kind ?? 1 : isExact ? PathCondition.ExactKind : 2,
                match.Grpc is null ? condition?.Value.Length ?? 1 : match.Grpc.Service?.Length ?? 0,
                match.Grpc is null ? match.Method is null ? 0 : 1 : match.Grpc.Method?.Length ?? 0,
                match.Headers.Length,
                match.QueryParams.Length),
        };
    }

    // A call of method M of service S is a request for /S/M (gRPC over HTTP/2).
    private static PathMatch PathOf(GrpcMatch grpc)
    {
        string Part(string? text) => text is null ? "[^/]+" : grpc.IsExpression ? $"(?:{text})" : System.Text.RegularExpressions.Regex.Escape(text);
        return grpc is { IsExpression: false, Service: { } service, Method: { } method }
            ? new PathMatch(PathMatchType.Exact, $"/{service}/{method}")
            : new PathMatch(PathMatchType.RegularExpression, $"/{Part(grpc.Service)}/{Part(grpc.Method)}");
    }
}
