using System.Collections.Immutable;

namespace KubeNetSim.DataPlane;

/// <summary>The resolv.conf of a client, as the kubelet writes it for a pod (pkg/kubelet/network/dns/dns.go).</summary>
/// <param name="SearchDomains">Domains that are tried for a name with few dots, in order.</param>
/// <param name="Ndots">How many dots a name needs to be tried as it is first.</param>
/// <param name="AsksCluster">Whether it asks cluster DNS; otherwise servers that know nothing of the cluster.</param>
public sealed record Resolver(ImmutableArray<string> SearchDomains, int Ndots, bool AsksCluster)
{
    // defaultDNSOptions there; the C library's own is 1 (resolv.conf(5)).
    private const int PodNdots = 5;
    private const int LibraryNdots = 1;

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
        bool isClusterFirst = dns.Policy == DnsPolicy.ClusterFirstWithHostNet || (dns.Policy == DnsPolicy.ClusterFirst && !pod.Spec.HostNetwork);
        Resolver policy = isClusterFirst ? OfNamespace(pod.Meta.Namespace, domain) : new Resolver([], LibraryNdots, AsksCluster: false);
        return new Resolver(
            [.. policy.SearchDomains.Concat(dns.Searches.Select(search => search.TrimEnd('.'))).Distinct(StringComparer.Ordinal)],
            dns.Ndots ?? policy.Ndots,
            // The first server is asked, and the others only where it does not answer at all.
            isClusterFirst || (dns.Policy == DnsPolicy.None && !dns.Nameservers.IsEmpty && clusterDns.Contains(dns.Nameservers[0])));
    }
}
