using System.Collections.Immutable;

namespace KubeNetSim.Model.Network;

/// <summary>How far apart the two ends of a hop are.</summary>
public enum Distance
{
    /// <summary>Same node: through the bridge and a veth pair.</summary>
    SameNode,

    /// <summary>Another node of the same zone.</summary>
    SameZone,

    /// <summary>Another zone of the same region.</summary>
    CrossZone,

    /// <summary>Another region.</summary>
    CrossRegion,

    /// <summary>A client or server outside the cluster.</summary>
    Internet,
}

/// <summary>One class of path.</summary>
/// <param name="LatencyNs">One-way base latency [ns], 0 or more.</param>
/// <param name="JitterNs">Mean of an exponential addition to each one-way trip [ns]; 0 for none.</param>
/// <param name="BandwidthBps">Bits per second that one transfer gets; 0 for unlimited.</param>
public sealed record PathProfile(long LatencyNs, long JitterNs, long BandwidthBps);

/// <summary>What the network does to a packet, by distance: a NetworkProfile document, or the default.</summary>
public sealed record NetworkProfile
{
    /// <summary>Name of the profile.</summary>
    public string Name { get; init; } = "default";

    /// <summary>
    /// Same node: half of the 15.7 us round trip measured between two network namespaces without rules (kernel figures of 2026-11-23).
    /// </summary>
    public PathProfile SameNode { get; init; } = new(7_850, 0, 0);

    /// <summary>Same zone: 0.1 ms round trip (GCP intra-zone measured 0.07 ms, tech.zarmory.com 2017; rounded up).</summary>
    public PathProfile SameZone { get; init; } = new(50_000, 5_000, 10_000_000_000);

    /// <summary>Other zone: 1.0 ms round trip (AWS measured 0.3 to 1.5 ms, flashgrid.io 2023, duckkit.dev 2026).</summary>
    public PathProfile CrossZone { get; init; } = new(500_000, 50_000, 10_000_000_000);

    /// <summary>Other region: 60 ms round trip, an assumption for a continent.</summary>
    public PathProfile CrossRegion { get; init; } = new(30_000_000, 500_000, 5_000_000_000);

    /// <summary>Internet: 20 ms round trip at 100 Mbit/s, an assumption for a client in the same country.</summary>
    public PathProfile Internet { get; init; } = new(10_000_000, 1_000_000, 100_000_000);

    /// <summary>What a cloud load balancer adds to each packet one way [ns]: an assumption; vendors promise nothing.</summary>
    public long LoadBalancerLatencyNs { get; init; } = 100_000;

    /// <summary>Cores of each node that handle packets in softirq: the node's packet budget. At least 1.</summary>
    public int PacketCores { get; init; } = 2;

    /// <summary>CPU time a TLS 1.3 full handshake takes at both ends together [ns]: an assumption for ECDSA P-256.</summary>
    public long TlsHandshakeCpuNs { get; init; } = 300_000;

    /// <summary>
    /// Whether a name is looked up again once its record is older than its TTL (true), or for every new connection (false).
    /// </summary>
    public bool ClientDnsCache { get; init; } = true;

    /// <summary>
    /// Whether every node runs NodeLocal DNSCache: names that a pod of the node has asked for are answered there, for their TTL.
    /// </summary>
    public bool NodeLocalDns { get; init; }

    /// <summary>
    /// How long NodeLocal DNSCache keeps an answer with records at most [ns] (nodelocaldns.yaml: <c>success 9984 30</c>).
    /// </summary>
    public long NodeLocalTtlNs { get; init; } = 30_000_000_000;

    /// <summary>
    /// How long NodeLocal DNSCache keeps an answer without records at most [ns] (nodelocaldns.yaml: <c>denial 9984 5</c>).
    /// </summary>
    public long NodeLocalNegativeTtlNs { get; init; } = 5_000_000_000;

    /// <summary>
    /// TTL of cluster DNS records, and of its answers without records (the minimum of its SOA) [ns]; 5 s unless configured (CoreDNS'
    /// kubernetes plugin).
    /// </summary>
    public long DnsTtlNs { get; init; } = 5_000_000_000;

    /// <summary>
    /// How long CoreDNS' own cache keeps answers of the cluster's domain at most [ns]; 0 for no such cache, as kubeadm's Corefile disables
    /// it.
    /// </summary>
    public long DnsCacheNs { get; init; }

    /// <summary>The same of answers without records [ns].</summary>
    public long DnsNegativeCacheNs { get; init; }

    /// <summary>
    /// Mean time of a worker of CoreDNS for one answer [ns], exponential: two cores answer 33,669 queries/s, so 59 us of a core for each
    /// (coredns/deployment, Scaling_CoreDNS.md).
    /// </summary>
    public long DnsServiceTimeNs { get; init; } = 59_400;

    /// <summary>Queries that a CoreDNS pod works on at a time: the two cores of that measurement. At least 1.</summary>
    public int DnsWorkers { get; init; } = 2;

    /// <summary>Probability that a DNS query over UDP, or its answer, is lost; 0 to 1.</summary>
    public double DnsLoss { get; init; }

    /// <summary>
    /// Probability that of A and AAAA, asked at the same time from one socket, one is lost because both packets insert the same conntrack
    /// entry (kubernetes/kubernetes#56903); 0 to 1. Off by default: kernels since 5.0 have most of the corrections.
    /// </summary>
    public double DnsRace { get; init; }

    /// <summary>Mean time an external host (ExternalName) takes to answer a request [ns], exponential: an assumption.</summary>
    public long ExternalServiceTimeNs { get; init; } = 20_000_000;

    /// <summary>
    /// Host names outside the cluster that exist, besides those that an ExternalName Service points to; <c>*.example.com</c> means
    /// every name below example.com. A name that is neither here nor in the cluster does not resolve.
    /// </summary>
    public ImmutableArray<string> ExternalHosts { get; init; } = [];

    /// <summary>Time an upstream resolver takes for a name outside the cluster [ns]: an assumption.</summary>
    public long UpstreamDnsNs { get; init; } = 10_000_000;

    /// <summary>
    /// How long CoreDNS keeps an upstream resolver's answers [ns]: at most 30 s by the Corefile of kubeadm (<c>cache 30</c>).
    /// </summary>
    public long UpstreamTtlNs { get; init; } = 30_000_000_000;

    /// <summary>
    /// Time from a change of a pod until its EndpointSlice says so [ns]: kubelet, API server, EndpointSlice controller, API server. An
    /// assumption for a cluster at ease; a busy control plane takes seconds.
    /// </summary>
    public long EndpointSliceLatencyNs { get; init; } = 100_000_000;

    /// <summary>
    /// Mean time until a kube-proxy hears of a changed EndpointSlice [ns], exponential and each node's own: an assumption.
    /// </summary>
    public long WatchLatencyNs { get; init; } = 10_000_000;

    /// <summary>First retransmission of an unanswered SYN [ns] (RFC 6298 2.1: initial RTO of 1 s).</summary>
    public long SynRetransmitNs { get; init; } = 1_000_000_000;

    /// <summary>The profile of a distance.</summary>
    public PathProfile Of(Distance distance) => distance switch
    {
        Distance.SameNode => SameNode,
        Distance.SameZone => SameZone,
        Distance.CrossZone => CrossZone,
        Distance.CrossRegion => CrossRegion,
        _ => Internet,
    };
}
