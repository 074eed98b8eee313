using System.Text.RegularExpressions;

namespace KubeNetSim.DataPlane.Http;

/// <summary>
/// The rules of Ingresses that ingress-nginx serves: what its annotations change (kubernetes/ingress-nginx
/// docs/user-guide/nginx-configuration/annotations.md and docs/user-guide/ingress-path-matching.md).
/// </summary>
internal static class NginxRules
{
    /// <summary>The rules of all Ingresses of a class, with the host of each.</summary>
    /// <param name="oldest">The Ingresses, oldest first.</param>
    /// <param name="backends">Makes backends.</param>
    public static IEnumerable<(string Host, HttpRule Rule)> Of(IReadOnlyList<Ingress> oldest, HttpBackends backends)
    {
        (Ingress Ingress, NginxOptions Options)[] all = [.. oldest.Select(ingress => (ingress, NginxOptions.Of(ingress)))];
        // One Ingress with expressions makes all paths of its hosts expressions, also those of other Ingresses.
        HashSet<string> expressions = new(all.Where(item => item.Options.UsesExpressions).SelectMany(item => item.Ingress.Rules).Select(rule => rule.Host),
            StringComparer.OrdinalIgnoreCase);
        foreach ((Ingress ingress, NginxOptions options) in all.Where(item => !item.Options.IsCanary))
            for (int number = 0; number < ingress.Rules.Length; number++)
                foreach (IngressPath path in ingress.Rules[number].Paths)
                {
                    string host = ingress.Rules[number].Host;
                    HttpRule rule = Rule($"Ingress {ingress.Meta.FullName} rule {number + 1}", path, options, expressions.Contains(host));
                    if (options.AlwaysRedirectsToTls || (options.RedirectsToTls && HasTls(ingress, host)))
                        yield return (host, ToTls(rule));
                    HttpBackend backend = backends.Of(ingress, path.Backend);
                    foreach (HttpRule split in Split(rule, backend, CanaryOf(all, host, path), backends))
                        yield return (host, split);
                }
    }

    private static HttpRule Rule(string origin, IngressPath path, NginxOptions options, bool isExpression)
    {
        PathCondition condition = new(isExpression
            ? new PathMatch(PathMatchType.RegularExpression, $"(?i:{Usable(path.Path)}).*")
            : new PathMatch(path.Type == PathType.Exact ? PathMatchType.Exact : PathMatchType.PathPrefix, path.Path));
        return new HttpRule
        {
            Origin = origin,
            Path = condition,
            InvalidStatus = IngressRouter.Unavailable,
            Precedence = new RulePrecedence(default, condition.Kind, path.Path.Length, 0, 0, 0),
            Filters = options.RewriteTarget is { } target
                ? [new RouteFilter.ExpressionRewrite(new Regex($"(?i:{Usable(path.Path)})", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant), target)]
                : [],
        };
    }

    // What is no regular expression is taken as text.
    private static string Usable(string path)
    {
        try
        {
            _ = new Regex(path, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return path;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return Regex.Escape(path);
        }
    }

    private static bool HasTls(Ingress ingress, string host) =>
        ingress.Tls.Any(tls => tls.Hosts.IsEmpty || tls.Hosts.Any(name => HttpListener.Covers(name, host, isOneLabel: true)));

    private static HttpRule ToTls(HttpRule rule) => new()
    {
        Origin = rule.Origin,
        Path = rule.Path,
        Precedence = rule.Precedence,
        IsPlainOnly = true,
        Filters = [new RouteFilter.Redirect("https", null, null, null, 308)],
    };

    // A canary belongs to the path of the same host that is written alike.
    private static (Ingress Ingress, NginxOptions Options, IngressBackend Backend)? CanaryOf(
        (Ingress Ingress, NginxOptions Options)[] all, string host, IngressPath path)
    {
        foreach ((Ingress ingress, NginxOptions options) in all.Where(item => item.Options.IsCanary))
            foreach (IngressRule rule in ingress.Rules.Where(rule => rule.Host.Equals(host, StringComparison.OrdinalIgnoreCase)))
                if (rule.Paths.FirstOrDefault(other => other.Path == path.Path && other.Type == path.Type) is { } same)
                    return (ingress, options, same.Backend);
        return null;
    }

    // Header before cookie before weight.
    private static IEnumerable<HttpRule> Split(
        HttpRule rule, HttpBackend backend, (Ingress Ingress, NginxOptions Options, IngressBackend Backend)? found, HttpBackends backends)
    {
        if (found is not { } canary)
        {
            yield return With(rule, [backend]);
            yield break;
        }
        HttpBackend other = backends.Of(canary.Ingress, canary.Backend);
        NginxOptions options = canary.Options;
        if (options.CanaryHeader is { } header)
        {
            bool isPattern = options.CanaryHeaderValue is null && options.CanaryHeaderPattern is not null;
            string value = options.CanaryHeaderValue ?? (isPattern ? Usable(options.CanaryHeaderPattern!) : "always");
            yield return With(rule, [other], new NamedMatch(header, value, isPattern));
            if (options.CanaryHeaderValue is null && !isPattern)
                yield return With(rule, [backend], new NamedMatch(header, "never", false));
        }
        if (options.CanaryCookie is { } cookie)
        {
            yield return With(rule, [other], Cookie(cookie, "always"));
            yield return With(rule, [backend], Cookie(cookie, "never"));
        }
        yield return With(rule, [backend with { Weight = options.CanaryTotal - options.CanaryWeight }, other with { Weight = options.CanaryWeight }]);
    }

    private static NamedMatch Cookie(string name, string value) => new("Cookie", $"(?:.*;)? *{Regex.Escape(name)}={value} *(?:;.*)?", true);

    private static HttpRule With(HttpRule rule, HttpBackend[] backends, params NamedMatch[] headers) => new()
    {
        Origin = rule.Origin,
        Path = rule.Path,
        Precedence = rule.Precedence,
        InvalidStatus = rule.InvalidStatus,
        Filters = rule.Filters,
        Headers = [.. headers.Select(header => new ValueCondition(header))],
        Backends = [.. backends],
    };
}
