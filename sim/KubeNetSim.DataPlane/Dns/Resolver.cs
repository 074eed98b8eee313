using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Dns;

/// <summary>The resolv.conf of a client, as the kubelet writes it for a pod (pkg/kubelet/network/dns/dns.go).</summary>
/// <param name="SearchDomains">Domains that are tried for a name with few dots, in order.</param>
/// <param name="Ndots">How many dots a name needs to be tried as it is first.</param>
/// <param name="AsksCluster">Whether it asks cluster DNS; otherwise servers that know nothing of the cluster.</param>
public sealed record Resolver(ImmutableArray<string> SearchDomains, int Ndots, bool AsksCluster)
{
    private const int LongestName = 253;

    // resolv.h: MAXNS.
    private const int MostServers = 3;

    // defaultDNSOptions there; the C library's own is 1 (resolv.conf(5)).
    private const int PodNdots = 5;
    private const int LibraryNdots = 1;

    /// <summary>Its other options.</summary>
    public ResolverOptions Options { get; init; } = ResolverOptions.Default;

    /// <summary>
    /// Its servers in order, each by whether it is cluster DNS. The first is asked, and the next where it does not answer.
    /// </summary>
    public ImmutableArray<bool> Servers { get; init; } = [AsksCluster];

    /// <summary>Whether a name is tried as it is before the search domains.</summary>
    public bool TriesAsIsFirst(string name) => name.Count(letter => letter == '.') >= Ndots;

    /// <summary>
    /// The names that are asked for, in order, until one has records. A search domain that makes the name too long ends the search, and
    /// the name as it is comes next (glibc resolv/res_query.c, where such a query cannot be made).
    /// </summary>
    public ImmutableArray<string> NamesToTry(string name)
    {
        if (name.EndsWith('.'))
            return [name];
        IEnumerable<string> searched = SearchDomains.Select(domain => $"{name}.{domain}")
            .TakeWhile(candidate => candidate.Length <= LongestName);
        return [.. TriesAsIsFirst(name) ? searched.Prepend(name) : searched.Append(name)];
    }

    /// <summary>The resolver of a pod that says nothing of it.</summary>
    /// <param name="podNamespace">Namespace of the pod.</param>
    /// <param name="domain">The cluster's domain, without the trailing dot.</param>
    public static Resolver OfNamespace(string podNamespace, string domain) =>
        new([$"{podNamespace}.svc.{domain}", $"svc.{domain}", domain], PodNdots, AsksCluster: true);

    /// <summary>The resolver of a pod.</summary>
    /// <param name="pod">The pod.</param>
    /// <param name="domain">The cluster's domain, without the trailing dot.</param>
    /// <param name="clusterDns">Addresses of cluster DNS.</param>
    public static Resolver Of(Pod pod, string domain, IReadOnlyCollection<IpAddress> clusterDns)
    {
        PodDns dns = pod.Spec.Dns;
        bool isClusterFirst = dns.Policy == DnsPolicy.ClusterFirstWithHostNet
            || (dns.Policy == DnsPolicy.ClusterFirst && !pod.Spec.HostNetwork);
        Resolver policy = isClusterFirst ? OfNamespace(pod.Meta.Namespace, domain) : new Resolver([], LibraryNdots, AsksCluster: false);
        bool asksCluster = isClusterFirst
            || (dns.Policy == DnsPolicy.None && !dns.Nameservers.IsEmpty && clusterDns.Contains(dns.Nameservers[0]));
        IEnumerable<bool> named = dns.Nameservers.Select(clusterDns.Contains);
        IEnumerable<bool> servers = dns.Policy == DnsPolicy.None ? named : named.Prepend(isClusterFirst);
        return new Resolver(
            [.. policy.SearchDomains.Concat(dns.Searches.Select(search => search.TrimEnd('.'))).Distinct(StringComparer.Ordinal)],
            dns.Ndots ?? policy.Ndots,
            asksCluster)
        {
            Options = dns.Options,
            Servers = [.. servers.DefaultIfEmpty(asksCluster).Take(MostServers)],
        };
    }
}
