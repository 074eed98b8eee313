using System.Collections.Frozen;
using System.Globalization;

namespace KubeNetSim.Model.Controllers.Http;

/// <summary>
/// What the annotations of an Ingress ask of ingress-nginx, as far as it is simulated (kubernetes/ingress-nginx
/// docs/user-guide/nginx-configuration/annotations.md).
/// </summary>
public sealed record NginxOptions
{
    /// <summary>The controller's name in an IngressClass, or what it begins with.</summary>
    public const string Controller = "k8s.io/ingress-nginx";

    private const string Prefix = "nginx.ingress.kubernetes.io/";

    private static readonly FrozenSet<string> Simulated = new[]
    {
        "rewrite-target", "use-regex", "ssl-redirect", "force-ssl-redirect", "canary", "canary-weight", "canary-weight-total", "canary-by-header",
        "canary-by-header-value", "canary-by-header-pattern", "canary-by-cookie",
    }.Select(name => Prefix + name).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The path that replaces the whole path of a request; null where it stays.</summary>
    public string? RewriteTarget { get; init; }

    /// <summary>Whether the paths of its hosts are regular expressions. A rewrite target implies it.</summary>
    public bool UsesExpressions { get; init; }

    /// <summary>Whether plain HTTP is redirected to HTTPS for hosts with TLS; the default is true (docs/user-guide/tls.md).</summary>
    public bool RedirectsToTls { get; init; }

    /// <summary>Whether plain HTTP is redirected to HTTPS for every host.</summary>
    public bool AlwaysRedirectsToTls { get; init; }

    /// <summary>Whether it only gives another backend for paths of other Ingresses.</summary>
    public bool IsCanary { get; init; }

    /// <summary>Requests of <see cref="CanaryTotal"/> that go to the canary.</summary>
    public int CanaryWeight { get; init; }

    /// <summary>The sum of all weights.</summary>
    public int CanaryTotal { get; init; }

    /// <summary>The header that chooses the canary with the value <c>always</c>, and the other backend with <c>never</c>; null for none.</summary>
    public string? CanaryHeader { get; init; }

    /// <summary>The value of the header that chooses the canary instead; null for <c>always</c>.</summary>
    public string? CanaryHeaderValue { get; init; }

    /// <summary>A regular expression for the value of the header; a value that is set counts more.</summary>
    public string? CanaryHeaderPattern { get; init; }

    /// <summary>The cookie that chooses, as the header does; null for none.</summary>
    public string? CanaryCookie { get; init; }

    /// <summary>Whether ingress-nginx serves a class: its IngressClass says so, or there is none and it has the controller's default name.</summary>
    public static bool Serves(string className, HttpObjects objects) =>
        objects.IngressClasses.FirstOrDefault(item => item.Meta.Name == className) is { } known
            ? known.Controller.StartsWith(Controller, StringComparison.Ordinal)
            : className == "nginx";

    /// <summary>Whether an annotation is one of these.</summary>
    public static bool IsSimulated(string annotation) => Simulated.Contains(annotation);

    /// <summary>The options of an Ingress.</summary>
    public static NginxOptions Of(Ingress ingress)
    {
        string? Text(string name) => ingress.Meta.Annotations.GetValueOrDefault(Prefix + name) is { Length: > 0 } text ? text : null;
        int Number(string name, int otherwise) =>
            int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;
        int total = Math.Max(1, Number("canary-weight-total", 100));
        return new NginxOptions
        {
            RewriteTarget = Text("rewrite-target"),
            UsesExpressions = Text("use-regex") == "true" || Text("rewrite-target") is not null,
            RedirectsToTls = Text("ssl-redirect") != "false",
            AlwaysRedirectsToTls = Text("force-ssl-redirect") == "true",
            IsCanary = Text("canary") == "true",
            CanaryWeight = Math.Clamp(Number("canary-weight", 0), 0, total),
            CanaryTotal = total,
            CanaryHeader = Text("canary-by-header"),
            CanaryHeaderValue = Text("canary-by-header-value"),
            CanaryHeaderPattern = Text("canary-by-header-pattern"),
            CanaryCookie = Text("canary-by-cookie"),
        };
    }
}
