using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>The blocks of addresses of a cluster.</summary>
/// <param name="PodCidrs">For pods, at most one a family.</param>
/// <param name="ServiceCidrs">For cluster IPs, at most one a family; the first is the cluster's primary family.</param>
internal sealed record ClusterBlocks(ImmutableArray<Cidr> PodCidrs, ImmutableArray<Cidr> ServiceCidrs)
{
    /// <summary>kubeadm's default for Services.</summary>
    private static readonly Cidr DefaultServices = Cidr.Parse("10.96.0.0/12");

    /// <summary>Flannel's default for pods, with room for 256 nodes.</summary>
    private static readonly Cidr DefaultPods = Cidr.Parse("10.244.0.0/16");

    /// <summary>For more nodes: 32,768 blocks of 256 addresses that meet neither the Services nor the nodes.</summary>
    private static readonly Cidr ManyPods = Cidr.Parse("10.128.0.0/9");

    public static ClusterBlocks Of(ClusterObjects objects, ClusterSettings settings, int nodes) => new(
        settings.PodCidrs.IsEmpty ? [nodes > 256 ? ManyPods : DefaultPods] : settings.PodCidrs,
        !objects.ServiceCidrs.IsEmpty ? OnePerFamily(objects.ServiceCidrs)
        : settings.ServiceCidrs.IsEmpty ? [DefaultServices] : settings.ServiceCidrs);

    private static ImmutableArray<Cidr> OnePerFamily(ImmutableArray<Cidr> blocks) => [.. blocks.DistinctBy(block => block.Family)];
}
