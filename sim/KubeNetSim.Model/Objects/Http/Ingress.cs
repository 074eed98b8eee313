using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects.Http;

/// <summary>The values of <c>pathType</c> in an Ingress.</summary>
public enum PathType
{
    /// <summary>The path and nothing else, case and trailing slash included.</summary>
    Exact,

    /// <summary>The path by its elements: <c>/a/b</c> covers <c>/a/b/c</c> but not <c>/a/bc</c>.</summary>
    Prefix,

    /// <summary>Whatever the controller makes of it; here it is the same as <see cref="Prefix"/>.</summary>
    ImplementationSpecific,
}

/// <summary>A networking.k8s.io/v1 Ingress: which HTTP requests go to which Services.</summary>
public sealed record Ingress
{
    /// <summary>Name, namespace, labels.</summary>
    public required ObjectMeta Meta { get; init; }

    /// <summary><c>ingressClassName</c> (or the older annotation kubernetes.io/ingress.class); null where neither is written.</summary>
    public string? ClassName { get; init; }

    /// <summary>The backend of requests that no rule matches; null where none is named.</summary>
    public IngressBackend? DefaultBackend { get; init; }

    /// <summary>The rules in manifest order.</summary>
    public ImmutableArray<IngressRule> Rules { get; init; } = [];

    /// <summary>Hosts whose TLS connections end here.</summary>
    public ImmutableArray<IngressTls> Tls { get; init; } = [];
}

/// <summary>What happens to requests for one host.</summary>
/// <param name="Host">A host name, <c>*.</c> and a host name for exactly one label more, or empty for every host.</param>
/// <param name="Paths">Where paths lead; none sends everything to the default backend.</param>
public sealed record IngressRule(string Host, ImmutableArray<IngressPath> Paths);

/// <summary>Where one path leads.</summary>
/// <param name="Path">The path, beginning with a slash.</param>
/// <param name="Type">How it is compared.</param>
/// <param name="Backend">The backend.</param>
public sealed record IngressPath(string Path, PathType Type, IngressBackend Backend);

/// <summary>A backend: a port of a Service in the Ingress' own namespace.</summary>
/// <param name="ServiceName">The Service; empty where a resource of another kind is named.</param>
/// <param name="PortNumber">Its port by number; 0 where <paramref name="PortName"/> names it.</param>
/// <param name="PortName">Its port by name; null where it is a number.</param>
/// <param name="Resource">Kind and name of another resource, which only its own controller understands; null for a Service.</param>
public sealed record IngressBackend(string ServiceName, int PortNumber, string? PortName, string? Resource = null);

/// <summary>TLS of some hosts.</summary>
/// <param name="Hosts">The hosts of the certificate; none for every host.</param>
/// <param name="SecretName">Name of the Secret that holds it; empty for the controller's own.</param>
public sealed record IngressTls(ImmutableArray<string> Hosts, string SecretName);

/// <summary>A networking.k8s.io/v1 IngressClass: which controller serves an Ingress.</summary>
/// <param name="Meta">Name and annotations.</param>
/// <param name="Controller">Name of the controller, for example <c>k8s.io/ingress-nginx</c>.</param>
/// <param name="IsDefault">Whether Ingresses without a class get this one (annotation ingressclass.kubernetes.io/is-default-class).</param>
public sealed record IngressClass(ObjectMeta Meta, string Controller, bool IsDefault);
