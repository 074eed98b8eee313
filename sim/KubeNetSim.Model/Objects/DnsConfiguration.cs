namespace KubeNetSim.Model.Objects;

/// <summary>
/// What the ConfigMaps <c>kube-system/coredns</c> and <c>kube-system/node-local-dns</c> say of TTLs and caches; null where they say
/// nothing of it.
/// </summary>
public sealed record DnsConfiguration
{
    /// <summary>TTL of the cluster's records: option <c>ttl</c> of CoreDNS' kubernetes plugin [ns].</summary>
    public long? TtlNs { get; init; }

    /// <summary>How long CoreDNS' cache plugin keeps answers of the cluster's domain at most [ns]; 0 where it does not.</summary>
    public long? CacheNs { get; init; }

    /// <summary>The same of answers without records [ns].</summary>
    public long? NegativeCacheNs { get; init; }

    /// <summary>How long it keeps answers of upstream resolvers at most [ns].</summary>
    public long? UpstreamTtlNs { get; init; }

    /// <summary>Whether every node runs NodeLocal DNSCache.</summary>
    public bool? NodeLocal { get; init; }

    /// <summary>How long NodeLocal DNSCache keeps answers of the cluster's domain at most [ns].</summary>
    public long? NodeLocalTtlNs { get; init; }

    /// <summary>The same of answers without records [ns].</summary>
    public long? NodeLocalNegativeTtlNs { get; init; }
}
