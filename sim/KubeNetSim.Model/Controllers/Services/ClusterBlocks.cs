using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Services;

/// <summary>The blocks of addresses of a cluster.</summary>
/// <param name="PodCidrs">For pods, at most one a family.</param>
/// <param name="ServiceCidrs">For cluster IPs, at most one a family; the first is the cluster's primary family.</param>
internal sealed record ClusterBlocks(ImmutableArray<Cidr> PodCidrs, ImmutableArray<Cidr> ServiceCidrs)
{
    /// <summary>kubeadm's default for Services.</summary>
    private static readonly Cidr Services = Cidr.Parse("10.96.0.0/12");

    /// <summary>Flannel's default for pods, with room for 256 nodes.</summary>
    private static readonly Cidr Pods = Cidr.Parse("10.244.0.0/16");

    /// <summary>For more nodes: 32,768 blocks of 256 addresses that meet neither the Services nor the nodes.</summary>
    private static readonly Cidr ManyPods = Cidr.Parse("10.128.0.0/9");

    /// <summary>
    /// Where only one of the two is given an IPv6 block: unique local addresses (RFC 4193), for 65,536 nodes, named after kind's.
    /// </summary>
    private static readonly Cidr ServicesIPv6 = Cidr.Parse("fd00:10:96::/108");
    private static readonly Cidr PodsIPv6 = Cidr.Parse("fd00:10:244::/48");

    /// <summary>The families of the cluster, primary first.</summary>
    public IEnumerable<IpFamily> Families => ServiceCidrs.Select(block => block.Family);

    /// <summary>Whether a document gives the Service blocks; otherwise cluster IPs in manifests are accepted as they are.</summary>
    public bool AreServicesSaid { get; private init; }

    /// <summary>
    /// The blocks that are given; where only Services or only pods have a block of a family, the other gets the default. Where none is
    /// given, the cluster has IPv4, and IPv6 as soon as a Service asks for it.
    /// </summary>
    public static ClusterBlocks Of(ClusterObjects objects, ClusterSettings settings, int nodes)
    {
        ImmutableArray<Cidr> services = OnePerFamily(objects.ServiceCidrs.IsEmpty ? settings.ServiceCidrs : objects.ServiceCidrs);
        ImmutableArray<Cidr> pods = OnePerFamily(settings.PodCidrs);
        IpFamily[] families = [.. services.Concat(pods).Select(block => block.Family).Distinct()];
        if (families.Length == 0)
            families = objects.Services.Any(AsksForIPv6) ? [IpFamily.IPv4, IpFamily.IPv6] : [IpFamily.IPv4];
        return new ClusterBlocks(
            Completed(pods, families, family => family == IpFamily.IPv6 ? PodsIPv6 : nodes > 256 ? ManyPods : Pods),
            Completed(services, families, family => family == IpFamily.IPv6 ? ServicesIPv6 : Services))
        {
            AreServicesSaid = !services.IsEmpty,
        };
    }

    private static bool AsksForIPv6(Service service) =>
        service.IpFamilyPolicy == "RequireDualStack" || service.IpFamilies.Contains(IpFamily.IPv6)
        || service.ClusterIPs.Any(address => address.Family == IpFamily.IPv6);

    private static ImmutableArray<Cidr> OnePerFamily(ImmutableArray<Cidr> blocks) => [.. blocks.DistinctBy(block => block.Family)];

    private static ImmutableArray<Cidr> Completed(ImmutableArray<Cidr> given, IpFamily[] families, Func<IpFamily, Cidr> usual) =>
        [.. given, .. families.Where(family => !given.Any(block => block.Family == family)).Select(usual)];
}
