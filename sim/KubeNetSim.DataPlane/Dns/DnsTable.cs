using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Dns;

/// <summary>
/// Cluster DNS: what CoreDNS' kubernetes plugin answers for a cluster, with <c>pods insecure</c> as kubeadm and the clouds configure it.
/// Follows the Kubernetes DNS specification 1.1.0 and coredns/coredns plugin/kubernetes. Immutable.
/// </summary>
public sealed class DnsTable
{
    /// <summary>The domain of a cluster whose administrator chose no other.</summary>
    public const string DefaultDomain = "cluster.local";

    private const int MostAliases = 8;
    private const string SchemaVersion = "1.1.0";
    private const int SchemaTtlSeconds = 28_800;

    private readonly string[] _domain;
    private readonly DnsServices _services;
    private readonly int _ttlSeconds;

    private DnsTable(DnsServices services, OutsideHosts outside, string domain, int ttlSeconds)
    {
        _ttlSeconds = ttlSeconds;
        _services = services;
        OutsideHosts = outside;
        _domain = domain.Split('.');
        Domain = domain;
    }

    /// <summary>Reads the Services and EndpointSlices of a cluster.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="domain">The cluster's domain, without the trailing dot.</param>
    /// <param name="namespaces">Namespaces that exist besides those that hold something.</param>
    /// <param name="externalHosts">Host names outside the cluster that the scenario declares, wildcards included.</param>
    /// <param name="ttlSeconds">TTL of the cluster's records [s].</param>
    public static DnsTable Compile(
        Cluster cluster, string domain = DefaultDomain, IEnumerable<string>? namespaces = null, IEnumerable<string>? externalHosts = null,
        int ttlSeconds = DnsRecord.DefaultTtlSeconds) =>
        new(new DnsServices(cluster, namespaces ?? [], domain), OutsideHosts.Of(cluster, externalHosts ?? []), domain, ttlSeconds);

    /// <summary>The cluster's domain, without the trailing dot.</summary>
    public string Domain { get; }

    /// <summary>The hosts outside the cluster that exist.</summary>
    public OutsideHosts OutsideHosts { get; }

    /// <summary>The resolver of a pod.</summary>
    public Resolver ResolverOf(Pod pod) => Resolver.Of(pod, Domain, _services.ServerAddresses);

    /// <summary>Answers one query. The name is complete, with or without the trailing dot.</summary>
    public DnsAnswer Resolve(string name, DnsRecordType type)
    {
        string complete = name.TrimEnd('.') + ".";
        DnsAnswer empty = new() { Name = complete, Type = type };
        string[] labels = LabelsOf(complete);
        if (labels.AsSpan().EndsWith(_domain))
            return WithTtl(WithinDomain(empty, labels[..^_domain.Length], aliases: 0));
        if (type == DnsRecordType.PTR && _services.NamesOf(complete) is { Length: > 0 } names)
            return WithTtl(empty with { Answers = names });
        return Outside(empty);
    }

    /// <summary>What the resolver of a pod that says nothing of it does with a name.</summary>
    /// <inheritdoc cref="LookUp(string, DnsRecordType, Resolver)"/>
    public DnsLookup LookUp(string name, DnsRecordType type, string podNamespace) => LookUp(name, type, Resolver.OfNamespace(podNamespace, Domain));

    /// <summary>
    /// What a resolver does with a name as a program writes it: it tries the search domains, and stops at the first answer with
    /// records. Every query costs a round trip, which is why a trailing dot is faster.
    /// </summary>
    public DnsLookup LookUp(string name, DnsRecordType type, Resolver resolver)
    {
        ImmutableArray<DnsAnswer>.Builder queries = ImmutableArray.CreateBuilder<DnsAnswer>();
        foreach (string candidate in resolver.NamesToTry(name))
        {
            queries.Add(resolver.AsksCluster ? Resolve(candidate, type) : ResolveOutside(candidate, type));
            if (!queries[^1].Answers.IsEmpty || queries[^1] is { ForwardedName: not null, Code: DnsResponseCode.NoError })
                break;
        }
        ImmutableArray<DnsAnswer> asked = queries.DrainToImmutable();
        return new DnsLookup(asked, Final(asked, resolver.TriesAsIsFirst(name)));
    }

    private static DnsAnswer Final(ImmutableArray<DnsAnswer> queries, bool asIsFirst)
    {
        DnsAnswer last = queries[^1];
        bool isFound = !last.Answers.IsEmpty || last is { ForwardedName: not null, Code: DnsResponseCode.NoError };
        return isFound ? last : asIsFirst ? queries[0] : queries.FirstOrDefault(query => query.Code == DnsResponseCode.NoError) ?? last;
    }

    /// <summary>What a server outside the cluster answers to one query: it does not know the cluster's domain.</summary>
    public DnsAnswer ResolveOutside(string name, DnsRecordType type)
    {
        string complete = name.TrimEnd('.') + ".";
        DnsAnswer answer = new() { Name = complete, Type = type };
        return LabelsOf(complete).AsSpan().EndsWith(_domain) ? answer with { Code = DnsResponseCode.NxDomain } : Outside(answer);
    }

    private DnsAnswer WithTtl(DnsAnswer answer) => _ttlSeconds == DnsRecord.DefaultTtlSeconds ? answer : answer with
    {
        Answers = [.. answer.Answers.Select(record => record.WithTtl(_ttlSeconds))],
        Authority = [.. answer.Authority.Select(record => record.WithTtl(_ttlSeconds))],
        Additional = [.. answer.Additional.Select(record => record.WithTtl(_ttlSeconds))],
    };

    // Cluster DNS forwards every name that it does not know, names of addresses included ("fallthrough" in its configuration).
    private DnsAnswer Outside(DnsAnswer answer) => answer with
    {
        ForwardedName = answer.Name,
        Code = OutsideHosts.Exists(answer.Name) ? DnsResponseCode.NoError : DnsResponseCode.NxDomain,
    };

    private static string[] LabelsOf(string complete) => complete[..^1].ToLowerInvariant().Split('.');

    // Records keep the letters of the domain as the question has them (plugin/kubernetes/handler.go).
    private DnsAnswer WithinDomain(DnsAnswer empty, string[] labels, int aliases)
    {
        string zone = empty.Name[^(Domain.Length + 1)..];
        DnsAnswer answer = labels switch
        {
            [] => OfDomain(empty, zone),
            ["ns", "dns"] => empty with { Answers = [.. Addresses(empty, _services.Servers)] },
            ["dns-version"] when empty.Type == DnsRecordType.TXT =>
                empty with { Answers = [new DnsRecord(empty.Name, DnsRecordType.TXT, $"\"{SchemaVersion}\"") { TtlSeconds = SchemaTtlSeconds }] },
            _ => OfObject(empty, labels, zone, aliases),
        };
        return answer.Answers.IsEmpty && answer.ForwardedName is null ? answer with { Authority = [DnsRecord.StartOfAuthority(zone)] } : answer;
    }

    // Its servers are those of the Service in front of CoreDNS (plugin/kubernetes/ns.go).
    private DnsAnswer OfDomain(DnsAnswer empty, string zone) => empty.Type switch
    {
        DnsRecordType.SOA => empty with { Answers = [DnsRecord.StartOfAuthority(zone)] },
        DnsRecordType.NS => empty with
        {
            Answers = [.. _services.Servers.Select(server => $"{server.Name}.{zone}").DefaultIfEmpty($"ns.dns.{zone}").Distinct()
                .Select(server => new DnsRecord(empty.Name, DnsRecordType.NS, server))],
            Additional = [.. _services.Servers.Select(server => DnsRecord.Of($"{server.Name}.{zone}", server.Address, server.PodName))],
        },
        _ => empty,
    };

    private DnsAnswer OfObject(DnsAnswer empty, string[] labels, string zone, int aliases)
    {
        if (DnsQuestion.Parse(labels) is not { } question || !_services.Exists(question))
            return empty with { Code = DnsResponseCode.NxDomain };
        if (_services.AliasOf(question) is { } target)
            return Alias(empty, target, aliases);
        return empty.Type == DnsRecordType.SRV
            ? Located(empty, zone, [.. _services.TargetsOf(question)])
            : empty with { Answers = [.. Addresses(empty, _services.TargetsOf(question))] };
    }

    private static IEnumerable<DnsRecord> Addresses(DnsAnswer empty, IEnumerable<DnsTarget> targets) => targets
        .Where(target => DnsRecord.TypeOf(target.Address) == empty.Type)
        .DistinctBy(target => target.Address)
        .Select(target => DnsRecord.Of(empty.Name, target.Address, target.PodName));

    // A name that leads out of the cluster is left to an upstream resolver; one that leads nowhere within it has no records.
    private DnsAnswer Alias(DnsAnswer empty, string target, int aliases)
    {
        DnsRecord alias = new(empty.Name, DnsRecordType.CNAME, target);
        if (empty.Type == DnsRecordType.CNAME)
            return empty with { Answers = [alias] };
        if (empty.Type is not (DnsRecordType.A or DnsRecordType.AAAA) || aliases == MostAliases || target.Equals(empty.Name, StringComparison.OrdinalIgnoreCase))
            return empty;
        string[] labels = LabelsOf(target);
        if (!labels.AsSpan().EndsWith(_domain))
            return empty with { Answers = [alias], ForwardedName = target };
        DnsAnswer rest = WithinDomain(empty with { Name = target }, labels[..^_domain.Length], aliases + 1);
        return rest.Answers.IsEmpty ? empty : empty with { Answers = [alias, .. rest.Answers], ForwardedName = rest.ForwardedName };
    }

    // Weights share 100 among all targets, those that are left out included (coredns/coredns plugin/backend_lookup.go).
    private static DnsAnswer Located(DnsAnswer empty, string zone, DnsTarget[] targets)
    {
        int weight = Math.Max(1, 100 / Math.Max(1, targets.Length));
        DnsTarget[] located = [.. targets.Where(target => target.Port != DnsTarget.NoPort).Select(target => target with { Name = $"{target.Name}.{zone}" })];
        return empty with
        {
            Answers = [.. located.DistinctBy(target => (target.Name, target.Port)).Select(target =>
                new DnsRecord(empty.Name, DnsRecordType.SRV, $"0 {weight} {target.Port} {target.Name}") { Port = target.Port })],
            Additional = [.. located.DistinctBy(target => (target.Name, target.Address)).Select(target =>
                DnsRecord.Of(target.Name, target.Address, target.PodName))],
        };
    }
}
