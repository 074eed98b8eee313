using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads NetworkProfiles and CostProfiles: what they do not say, the default profile says.</summary>
internal static class ProfileReader
{
    private const double MostNs = 3_600e9;

    public static NetworkProfile Network(Fields spec, string name)
    {
        NetworkProfile common = new() { Name = name };
        NetworkProfile profile = common with
        {
            SameNode = Path(spec, "sameNode", common.SameNode),
            SameZone = Path(spec, "sameZone", common.SameZone),
            CrossZone = Path(spec, "crossZone", common.CrossZone),
            CrossRegion = Path(spec, "crossRegion", common.CrossRegion),
            Internet = Path(spec, "internet", common.Internet),
            LoadBalancerLatencyNs = Time(spec, "loadBalancerLatency", common.LoadBalancerLatencyNs),
            PacketCores = (int)(spec.Integer("packetCores", 1, 1_024) ?? common.PacketCores),
            TlsHandshakeCpuNs = Time(spec, "tlsHandshakeCpu", common.TlsHandshakeCpuNs),
            ClientDnsCache = spec.Bool("clientDnsCache", common.ClientDnsCache),
            NodeLocalDns = spec.Bool("nodeLocalDns", common.NodeLocalDns),
            NodeLocalTtlNs = Time(spec, "nodeLocalDnsTtl", common.NodeLocalTtlNs),
            NodeLocalNegativeTtlNs = Time(spec, "nodeLocalDnsNegativeTtl", common.NodeLocalNegativeTtlNs),
            DnsTtlNs = Time(spec, "dnsTtl", common.DnsTtlNs),
            DnsCacheNs = Time(spec, "dnsCache", common.DnsCacheNs),
            DnsNegativeCacheNs = Time(spec, "dnsNegativeCache", common.DnsNegativeCacheNs),
            DnsWorkers = (int)(spec.Integer("dnsWorkers", 1, 1_024) ?? common.DnsWorkers),
            DnsLoss = spec.Number("dnsLoss", 0, 1) ?? common.DnsLoss,
            DnsRace = spec.Number("dnsRace", 0, 1) ?? common.DnsRace,
            DnsServiceTimeNs = Time(spec, "dnsServiceTime", common.DnsServiceTimeNs),
            ExternalServiceTimeNs = Time(spec, "externalServiceTime", common.ExternalServiceTimeNs),
            ExternalHosts = Hosts(spec, "externalHosts"),
            UpstreamDnsNs = Time(spec, "upstreamDns", common.UpstreamDnsNs),
            UpstreamTtlNs = Time(spec, "upstreamDnsTtl", common.UpstreamTtlNs),
            EndpointSliceLatencyNs = Time(spec, "endpointSliceLatency", common.EndpointSliceLatencyNs),
            WatchLatencyNs = Time(spec, "watchLatency", common.WatchLatencyNs),
        };
        spec.Close();
        return profile;
    }

    public static CostProfile Costs(Fields spec, string name)
    {
        CostProfile common = CostProfile.Default;
        CostProfile profile = common with
        {
            Name = name,
            Source = spec.Text("source") ?? "given by the scenario",
            Costs = new CostTable(common.Costs.Keys.Select(key => KeyValuePair.Create(key, Backend(spec, key, common.Of(key))))),
        };
        spec.Close();
        return profile;
    }

    private static ImmutableArray<string> Hosts(Fields spec, string key)
    {
        (ScalarNode Scalar, string Path)[] hosts = [.. spec.Values(key)];
        foreach ((ScalarNode host, string path) in hosts)
            HostnameRules.Check(spec.Problems, host, path);
        // An empty list is the same array everywhere, so that two profiles without hosts are equal.
        return hosts.Length == 0 ? [] : [.. hosts.Select(host => host.Scalar.Text)];
    }

    private static PathProfile Path(Fields spec, string key, PathProfile common)
    {
        if (spec.Mapping(key) is not { } path)
            return common;
        PathProfile profile = new(
            Time(path, "latency", common.LatencyNs), Time(path, "jitter", common.JitterNs), (long)(path.Bandwidth("bandwidth") ?? common.BandwidthBps));
        path.Close();
        return profile;
    }

    private static BackendCosts Backend(Fields spec, string key, BackendCosts common)
    {
        if (spec.Mapping(key) is not { } costs)
            return common;
        BackendCosts profile = new()
        {
            NewConnectionNs = costs.Duration("newConnection", 0, MostNs) ?? common.NewConnectionNs,
            EstablishedPacketNs = costs.Duration("establishedPacket", 0, MostNs) ?? common.EstablishedPacketNs,
            TranslationNs = costs.Duration("translation", 0, MostNs) ?? common.TranslationNs,
            DispatchRuleNs = costs.Duration("dispatchRule", 0, MostNs) ?? common.DispatchRuleNs,
            EndpointRuleNs = costs.Duration("endpointRule", 0, MostNs) ?? common.EndpointRuleNs,
            LookupNs = costs.Duration("lookup", 0, MostNs) ?? common.LookupNs,
            Sync = Sync(costs, common.Sync),
        };
        costs.Close();
        return profile;
    }

    private static SyncCosts Sync(Fields costs, SyncCosts common)
    {
        if (costs.Mapping("sync") is not { } sync)
            return common;
        SyncCosts profile = new(
            sync.Duration("fixed", 0, MostNs) ?? common.FixedNs, sync.Duration("service", 0, MostNs) ?? common.ServiceNs,
            sync.Duration("serviceSquared", 0, MostNs) ?? common.ServiceSquaredNs, sync.Duration("endpoint", 0, MostNs) ?? common.EndpointNs);
        sync.Close();
        return profile;
    }

    private static long Time(Fields fields, string key, long otherwise) => (long)(fields.Duration(key, 0, MostNs) ?? otherwise);
}
