namespace KubeNetSim.DataPlane.Http;

/// <summary>
/// Compiles the Ingresses of one class, which one controller serves together (the comments of k8s.io/api networking/v1 types.go). The host is
/// chosen first: an exact name, then a wildcard of one label, then rules without a host; then the longest path, exact before prefix.
/// </summary>
internal static class IngressRouter
{
    // "service unavailable", as ingress-nginx answers for Services that do not exist or have no pod.
    internal const int Unavailable = 503;

    public static HttpRouter Compile(string name, IEnumerable<Ingress> ingresses, HttpBackends backends, bool isNginx)
    {
        Ingress[] oldest = [.. GatewayController.OldestFirst(ingresses, ingress => ingress.Meta)];
        ILookup<string, HttpRule> rules = (isNginx ? NginxRules.Of(oldest, backends) : oldest.SelectMany(ingress => Rules(ingress, backends)))
            .ToLookup(rule => rule.Host, rule => rule.Rule, StringComparer.OrdinalIgnoreCase);
        (Ingress Ingress, HttpRule Rule)[] defaults = [.. oldest.Where(ingress => ingress.DefaultBackend is not null).Select(ingress => (ingress, Default(ingress, backends)))];
        IEnumerable<string> hosts = oldest.SelectMany(ingress => ingress.Rules).Select(rule => rule.Host).Append("").Distinct(StringComparer.OrdinalIgnoreCase);
        return new HttpRouter(name, [.. hosts.Select(host => Listener(host, rules[host], defaults))]);
    }

    // The default backend of an Ingress with rules for the host comes before those of others.
    private static HttpListener Listener(string host, IEnumerable<HttpRule> rules, (Ingress Ingress, HttpRule Rule)[] defaults) => new()
    {
        Name = host.Length > 0 ? host : "every other host",
        Port = 0,
        Protocol = "",
        Hostname = host,
        IsOneLabel = true,
        Rules =
        [
            .. rules.OrderByDescending(rule => rule.Precedence),
            .. defaults.OrderByDescending(item => item.Ingress.Rules.Any(rule => rule.Host.Equals(host, StringComparison.OrdinalIgnoreCase))).Select(item => item.Rule),
        ],
    };

    private static IEnumerable<(string Host, HttpRule Rule)> Rules(Ingress ingress, HttpBackends backends) =>
        from rule in ingress.Rules.Select((rule, number) => (rule.Host, rule.Paths, Number: number + 1))
        from path in rule.Paths
        select (rule.Host, Rule($"Ingress {ingress.Meta.FullName} rule {rule.Number}", path, backends.Of(ingress, path.Backend)));

    private static HttpRule Rule(string origin, IngressPath path, HttpBackend backend)
    {
        PathCondition condition = new(new PathMatch(path.Type == PathType.Exact ? PathMatchType.Exact : PathMatchType.PathPrefix, path.Path));
        return new HttpRule
        {
            Origin = origin,
            Path = condition,
            Backends = [backend],
            InvalidStatus = Unavailable,
            Precedence = new RulePrecedence(default, condition.Kind, path.Path.Length, 0, 0, 0),
        };
    }

    private static HttpRule Default(Ingress ingress, HttpBackends backends) => new()
    {
        Origin = $"Ingress {ingress.Meta.FullName} default backend",
        Backends = [backends.Of(ingress, ingress.DefaultBackend!)],
        InvalidStatus = Unavailable,
        Precedence = RulePrecedence.Last,
    };
}
