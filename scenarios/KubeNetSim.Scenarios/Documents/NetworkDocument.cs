namespace KubeNetSim.Scenarios.Documents;

/// <summary>A network profile as written. What it does not say of cluster DNS, the configuration of CoreDNS in the files says.</summary>
/// <param name="Profile">The profile, with defaults where nothing is written.</param>
/// <param name="Spec">Its fields; null where no document gives one.</param>
internal sealed record NetworkDocument(NetworkProfile Profile, Fields? Spec)
{
    /// <summary>The profile of input that says nothing of the network.</summary>
    public static NetworkDocument Unset { get; } = new(new NetworkProfile(), null);

    /// <summary>The profile in a cluster with this configuration.</summary>
    public NetworkProfile With(DnsConfiguration dns) => Profile with
    {
        DnsTtlNs = Chosen("dnsTtl", Profile.DnsTtlNs, dns.TtlNs),
        DnsCacheNs = Chosen("dnsCache", Profile.DnsCacheNs, dns.CacheNs),
        DnsNegativeCacheNs = Chosen("dnsNegativeCache", Profile.DnsNegativeCacheNs, dns.NegativeCacheNs),
        UpstreamTtlNs = Chosen("upstreamDnsTtl", Profile.UpstreamTtlNs, dns.UpstreamTtlNs),
        NodeLocalDns = Chosen("nodeLocalDns", Profile.NodeLocalDns, dns.NodeLocal),
        NodeLocalTtlNs = Chosen("nodeLocalDnsTtl", Profile.NodeLocalTtlNs, dns.NodeLocalTtlNs),
        NodeLocalNegativeTtlNs = Chosen("nodeLocalDnsNegativeTtl", Profile.NodeLocalNegativeTtlNs, dns.NodeLocalNegativeTtlNs),
    };

    private T Chosen<T>(string key, T profile, T? configured)
        where T : struct => Spec?.Has(key) == true ? profile : configured ?? profile;
}
