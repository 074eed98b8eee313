using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Dns;

/// <summary>
/// Host names outside the cluster that exist. The simulator cannot ask the internet, so a host exists only where the input names it: the scenario
/// declares it, an ExternalName Service points to it, or an Ingress or a route serves it. Every other name is NXDOMAIN. Immutable.
/// </summary>
public sealed class OutsideHosts
{
    /// <summary>No host.</summary>
    public static readonly OutsideHosts None = new(ImmutableDictionary<string, string>.Empty);

    // Host names and wildcards in lower case, each with the reason why it exists.
    private readonly ImmutableDictionary<string, string> _reasons;

    private OutsideHosts(ImmutableDictionary<string, string> reasons)
    {
        _reasons = reasons;
    }

    /// <summary>The hosts that a cluster's objects and a scenario name.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="declared">Host names that the scenario declares; <c>*.example.com</c> stands for every name below example.com.</param>
    public static OutsideHosts Of(Cluster cluster, IEnumerable<string> declared)
    {
        ImmutableDictionary<string, string>.Builder reasons = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string host in declared)
            reasons[host.TrimEnd('.')] = "the scenario declares it";
        foreach (Service service in cluster.Services)
            if (service.ExternalName is { Length: > 0 } target)
                reasons.TryAdd(target.TrimEnd('.'), $"Service {service.Meta.FullName} points to it");
        foreach (Service service in cluster.Services)
            foreach (LoadBalancerIngress ingress in service.LoadBalancerIngress)
                if (ingress.Hostname is { Length: > 0 } hostname)
                    reasons.TryAdd(hostname.TrimEnd('.'), $"Service {service.Meta.FullName} has a load balancer of this name");
        foreach (Ingress ingress in cluster.Http.Ingresses)
            foreach (IngressRule rule in ingress.Rules.Where(rule => rule.Host.Length > 0))
                reasons.TryAdd(rule.Host, $"Ingress {ingress.Meta.FullName} serves it");
        foreach (Gateway gateway in cluster.Http.Gateways)
            foreach (Listener listener in gateway.AllListeners.Where(listener => listener.Hostname.Length > 0))
                reasons.TryAdd(listener.Hostname, $"Gateway {gateway.Meta.FullName} serves it");
        foreach (Route route in cluster.Http.Routes)
            foreach (string host in route.Hostnames)
                reasons.TryAdd(host, $"{route.Kind} {route.Meta.FullName} serves it");
        return reasons.Count == 0 ? None : new OutsideHosts(reasons.ToImmutable());
    }

    /// <summary>Whether a host exists.</summary>
    /// <param name="name">The complete name, with or without the trailing dot.</param>
    public bool Exists(string name) => ReasonFor(name) is not null;

    /// <summary>Why a host exists, as the end of a sentence; null where it does not.</summary>
    /// <inheritdoc cref="Exists(string)"/>
    public string? ReasonFor(string name)
    {
        string host = name.TrimEnd('.');
        if (_reasons.Count == 0 || host.Length == 0)
            return null;
        if (_reasons.TryGetValue(host, out string? reason))
            return reason;
        // A wildcard record covers every name below its domain, however deep (RFC 4592 3.3).
        for (int dot = host.IndexOf('.', StringComparison.Ordinal); dot >= 0; dot = host.IndexOf('.', dot + 1))
            if (_reasons.TryGetValue($"*{host[dot..]}", out reason))
                return reason;
        return null;
    }
}
