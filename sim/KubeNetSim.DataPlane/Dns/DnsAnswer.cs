using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Dns;

/// <summary>
/// Types of DNS records that clients ask cluster DNS for (RFC 1035, RFC 3596, RFC 2782, RFC 9460). Of MX, HINFO and HTTPS it has none, and its
/// answer still says whether the name exists.
/// </summary>
public enum DnsRecordType
{
    /// <summary>An IPv4 address.</summary>
    A,

    /// <summary>An IPv6 address.</summary>
    AAAA,

    /// <summary>Another name for the same thing.</summary>
    CNAME,

    /// <summary>Port and host of a named port.</summary>
    SRV,

    /// <summary>The name of an address.</summary>
    PTR,

    /// <summary>Text; cluster DNS tells the version of its schema.</summary>
    TXT,

    /// <summary>The servers of a zone.</summary>
    NS,

    /// <summary>Where the authority over a zone starts, and how long to believe that a name does not exist.</summary>
    SOA,

    /// <summary>Where mail goes.</summary>
    MX,

    /// <summary>The machine and system of a host.</summary>
    HINFO,

    /// <summary>How to reach a web server; browsers ask for it with every address.</summary>
    HTTPS,
}

/// <summary>How an answer ended (RFC 1035 4.1.1).</summary>
public enum DnsResponseCode
{
    /// <summary>The name exists, with or without records of the type asked for.</summary>
    NoError,

    /// <summary>The name does not exist.</summary>
    NxDomain,
}

/// <summary>A DNS record.</summary>
/// <param name="Name">Owner, with the trailing dot.</param>
/// <param name="Type">Type.</param>
/// <param name="Data">What follows the type in a zone file.</param>
public sealed record DnsRecord(string Name, DnsRecordType Type, string Data)
{
    /// <summary>TTL of CoreDNS' kubernetes plugin unless configured otherwise [s].</summary>
    internal const int DefaultTtlSeconds = 5;

    /// <summary>How long it may be kept [s].</summary>
    public int TtlSeconds { get; init; } = DefaultTtlSeconds;

    /// <summary>Port of an SRV record; 0 for other types.</summary>
    public int Port { get; init; }

    /// <summary>Address of an A or AAAA record; null for other types.</summary>
    public IpAddress? Address { get; init; }

    /// <summary>The pod behind an A or AAAA record of a headless Service, <c>namespace/name</c>; null where it is none.</summary>
    public string? PodName { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Type} {Data}";

    internal static DnsRecord Of(string name, IpAddress address, string? podName = null) => new(name, TypeOf(address), address.ToString())
    {
        Address = address,
        PodName = podName,
    };

    // The serial number is a time, and so 0 here; the rest is what plugin/backend_lookup.go writes.
    internal static DnsRecord StartOfAuthority(string zone) =>
        new(zone, DnsRecordType.SOA, $"ns.dns.{zone} hostmaster.{zone} 0 7200 1800 86400 {DefaultTtlSeconds}");

    /// <summary>The same with the TTL that CoreDNS is configured with, which is the minimum of its SOA, too.</summary>
    internal DnsRecord WithTtl(int seconds) => TtlSeconds != DefaultTtlSeconds ? this : this with
    {
        TtlSeconds = seconds,
        Data = Type == DnsRecordType.SOA ? $"{Data[..Data.LastIndexOf(' ')]} {seconds}" : Data,
    };

    internal static DnsRecordType TypeOf(IpAddress address) =>
        address.Family == IpFamily.IPv4 ? DnsRecordType.A : DnsRecordType.AAAA;
}

/// <summary>What cluster DNS answers to one query.</summary>
public sealed record DnsAnswer
{
    /// <summary>The name asked for, letters as they were written (RFC 4343), with the trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>The type asked for.</summary>
    public required DnsRecordType Type { get; init; }

    /// <summary>How it ended.</summary>
    public DnsResponseCode Code { get; init; }

    /// <summary>The records, a CNAME before what it leads to.</summary>
    public ImmutableArray<DnsRecord> Answers { get; init; } = [];

    /// <summary>Where the cluster's domain answers that there is nothing: the SOA record that says how long to believe it (RFC 2308).</summary>
    public ImmutableArray<DnsRecord> Authority { get; init; } = [];

    /// <summary>Addresses that spare the client another query (SRV, NS).</summary>
    public ImmutableArray<DnsRecord> Additional { get; init; } = [];

    /// <summary>
    /// A name outside of the cluster that an upstream resolver has to be asked for: the name itself, or what a CNAME points to. Null
    /// where cluster DNS knows everything.
    /// </summary>
    public string? ForwardedName { get; init; }

    /// <summary>Addresses among the answers, in order.</summary>
    public IEnumerable<IpAddress> Addresses => Answers.Where(record => record.Address is not null).Select(record => record.Address!.Value);
}

/// <summary>The queries that one look-up of a client's resolver takes.</summary>
/// <param name="Queries">The answers in order.</param>
/// <param name="Answer">
/// What the client gets: the first with records; else that to the name as it was written, where that was tried first; else that some name exists
/// without such records; else the last (glibc resolv/res_query.c).
/// </param>
public sealed record DnsLookup(ImmutableArray<DnsAnswer> Queries, DnsAnswer Answer);
