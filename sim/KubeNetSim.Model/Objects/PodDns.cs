using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>Where a pod's resolver gets its settings from (<c>spec.dnsPolicy</c>).</summary>
public enum DnsPolicy
{
    /// <summary>Cluster DNS; in the node's network, what <see cref="Default"/> means. What pods have that say nothing.</summary>
    ClusterFirst,

    /// <summary>Cluster DNS, in the node's network too.</summary>
    ClusterFirstWithHostNet,

    /// <summary>The node's own resolver, which knows nothing of the cluster.</summary>
    Default,

    /// <summary>Only what <c>spec.dnsConfig</c> says.</summary>
    None,
}

/// <summary>What a pod says of its resolver (<c>spec.dnsPolicy</c>, <c>spec.dnsConfig</c>).</summary>
/// <param name="Policy">Where its settings are from.</param>
/// <param name="Nameservers">Servers to ask after those of the policy.</param>
/// <param name="Searches">Domains to try after those of the policy.</param>
/// <param name="Ndots">Option <c>ndots</c>: names with fewer dots are tried in the search domains first; null where it is not set.</param>
public sealed record PodDns(DnsPolicy Policy, ImmutableArray<IpAddress> Nameservers, ImmutableArray<string> Searches, int? Ndots)
{
    /// <summary>The other options.</summary>
    public ResolverOptions Options { get; init; } = ResolverOptions.Default;

    /// <summary>What a pod has that says nothing.</summary>
    public static PodDns Unset { get; } = new(DnsPolicy.ClusterFirst, [], [], null);

    /// <summary>Whether no field is set.</summary>
    public bool IsUnset =>
        this is { Policy: DnsPolicy.ClusterFirst, Nameservers.IsEmpty: true, Searches.IsEmpty: true, Ndots: null }
        && Options == ResolverOptions.Default;
}
