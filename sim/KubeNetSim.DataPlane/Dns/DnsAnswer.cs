using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Types of DNS records that cluster DNS knows (RFC 1035, RFC 3596, RFC 2782).</summary>
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

    internal static DnsRecordType TypeOf(IpAddress address) =>
        address.Family == IpFamily.IPv4 ? DnsRecordType.A : DnsRecordType.AAAA;
}

/// <summary>What cluster DNS answers to one query.</summary>
public sealed record DnsAnswer
{
    /// <summary>The name asked for, with the trailing dot.</summary>
    public required string Name { get; init; }

    /// <summary>The type asked for.</summary>
    public required DnsRecordType Type { get; init; }

    /// <summary>How it ended.</summary>
    public DnsResponseCode Code { get; init; }

    /// <summary>The records, a CNAME before what it leads to.</summary>
    public ImmutableArray<DnsRecord> Answers { get; init; } = [];

    /// <summary>Addresses that spare the client another query (SRV).</summary>
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
/// <param name="Queries">The answers in order; the last one counts.</param>
public sealed record DnsLookup(ImmutableArray<DnsAnswer> Queries)
{
    /// <summary>What the client gets.</summary>
    public DnsAnswer Answer => Queries[^1];
}
