using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads the Corefiles of CoreDNS and of NodeLocal DNSCache out of their ConfigMaps.</summary>
internal static class DnsConfigurationReader
{
    private const string Domain = "cluster.local";

    // plugin/kubernetes: 5 s; plugin/cache: 3600 s of success and 1800 s of denial.
    private const int PluginTtlSeconds = 5;
    private const int CacheSeconds = 3_600;
    private const int DenialCacheSeconds = 1_800;

    /// <summary>Whether a document is one of these ConfigMaps.</summary>
    public static bool IsAbout(string apiVersion, string kind, MappingNode document) =>
        apiVersion == "v1" && kind == "ConfigMap" && NameOf(document) is "coredns" or "node-local-dns";

    /// <summary>What a ConfigMap adds to a configuration.</summary>
    public static DnsConfiguration Read(MappingNode document, DnsConfiguration dns)
    {
        if (document.Find("data") is not MappingNode data || data.Find("Corefile") is not ScalarNode corefile)
            return dns;
        ImmutableArray<CorefileBlock> blocks = CorefileBlock.Parse(corefile.Text);
        return NameOf(document) == "coredns" ? OfCoreDns(blocks, dns) : OfNode(blocks, dns);
    }

    private static string? NameOf(MappingNode document) =>
        document.Find("metadata") is MappingNode meta && meta.Find("namespace") is ScalarNode { Text: "kube-system" }
            ? (meta.Find("name") as ScalarNode)?.Text : null;

    private static DnsConfiguration OfCoreDns(ImmutableArray<CorefileBlock> blocks, DnsConfiguration dns)
    {
        CorefileBlock? cluster = blocks.FirstOrDefault(block => block.Plugin("kubernetes") is not null);
        CorefileBlock? outside = blocks.FirstOrDefault(block => block.Plugin("forward") is not null && block.Zones.Contains(""));
        if (cluster is null)
            return dns;
        return dns with
        {
            TtlNs = Seconds(First(cluster.Plugin("kubernetes")!.Option("ttl")) ?? PluginTtlSeconds),
            CacheNs = Cached(cluster, "success", CacheSeconds),
            NegativeCacheNs = Cached(cluster, "denial", DenialCacheSeconds),
            UpstreamTtlNs = outside is null ? dns.UpstreamTtlNs : UpstreamTtlOf(outside.Plugin("cache")),
        };
    }

    private static DnsConfiguration OfNode(ImmutableArray<CorefileBlock> blocks, DnsConfiguration dns)
    {
        // The ConfigMap of kubernetes/kubernetes names the domain __PILLAR__DNS__DOMAIN__.
        CorefileBlock? cluster = blocks.FirstOrDefault(block => block.Zones.Any(zone => zone is Domain or "__PILLAR__DNS__DOMAIN__"));
        return cluster is null ? dns : dns with
        {
            NodeLocal = true,
            NodeLocalTtlNs = Cached(cluster, "success", CacheSeconds),
            NodeLocalNegativeTtlNs = Cached(cluster, "denial", DenialCacheSeconds),
        };
    }

    // "cache TTL", or "success CAPACITY TTL" within it; "disable success ZONE" switches it off for a zone, and without a zone for all.
    private static long Cached(CorefileBlock block, string what, int otherwise)
    {
        if (block.Plugin("cache") is not { } cache)
            return 0;
        if (cache.Option("disable", what) is { } zones && (zones.IsEmpty || zones.Any(zone => zone.TrimEnd('.') == Domain)))
            return 0;
        return Seconds(Second(cache.Option(what)) ?? First(cache.Arguments) ?? otherwise);
    }

    // Without a number the TTL that upstream resolvers give holds, which is not known here.
    private static long? UpstreamTtlOf(CorefilePlugin? cache) =>
        cache is null ? 0 : (Second(cache.Option("success")) ?? First(cache.Arguments)) is { } seconds ? Seconds(seconds) : null;

    private static int? First(ImmutableArray<string>? words) => words is [var word, ..] ? Number(word) : null;

    private static int? Second(ImmutableArray<string>? words) => words is [_, var word, ..] ? Number(word) : null;

    private static int? Number(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static long Seconds(int seconds) => seconds * 1_000_000_000L;
}
