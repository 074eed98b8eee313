using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>What controllers made of the objects given.</summary>
/// <param name="Cluster">The cluster once everything has settled.</param>
/// <param name="Problems">What the API server would refuse, and what would surprise the author.</param>
public sealed record Reconciliation(Cluster Cluster, ImmutableArray<Problem> Problems);

/// <summary>
/// All controllers together: from objects as written to a cluster in which pods run, Services have addresses and EndpointSlices list
/// who is ready. A function: the same objects give the same cluster.
/// </summary>
public static class ControlPlane
{
    /// <summary>Derives the cluster.</summary>
    public static Reconciliation Reconcile(ClusterObjects objects, ClusterSettings settings)
    {
        ControllerLog log = new();
        ImmutableArray<Node> nodes = NodeController.Nodes(objects, settings, log);
        ClusterBlocks blocks = ClusterBlocks.Of(objects, settings, nodes.Length);
        nodes = NodeController.WithPodCidrs(nodes, blocks.PodCidrs, log);
        SystemObjects system = settings.SystemServices ? SystemObjects.MissingFrom(objects, settings, blocks) : SystemObjects.None;

        ImmutableArray<PodController> controllers = [.. objects.Controllers, .. system.Controllers];
        ImmutableArray<Pod> pods = PodControllers.Sync(controllers, objects.Pods, nodes);
        pods = Scheduler.Place(pods, nodes, log);
        pods = PodAddresses.Assign(pods, nodes, log);

        CloudProvider cloud = settings.Cloud ?? CloudProvider.None;
        ImmutableArray<Service> services =
            [.. objects.Services, .. system.Services, .. BackgroundServices.Services(settings.BackgroundServices)];
        services = new ClusterIpAllocator(blocks.ServiceCidrs, log).Allocate(services);
        services = new NodePortAllocator(log).Allocate(services);
        services = new LoadBalancerController(cloud, settings, log).Provide(services);
        ImmutableArray<EndpointSlice> slices =
        [
            .. objects.EndpointSlices,
            .. system.EndpointSlices(nodes),
            .. new EndpointSliceController(nodes, log).Slices(services, pods, objects),
            .. BackgroundServices.Slices(settings.BackgroundServices),
        ];
        if (settings.Cloud is null)
            log.Default("cloud", "none: LoadBalancer Services stay Pending");
        if (objects.KubeProxy is null && settings.ProxyMode is null)
            log.Default("kube-proxy", "iptables mode");
        Cluster cluster = new()
        {
            Nodes = nodes,
            Pods = pods,
            Controllers = controllers,
            Services = services,
            EndpointSlices = slices,
            KubeProxy = ProxyOf(objects, settings),
            ServiceCidrs = blocks.ServiceCidrs,
            PodCidrs = blocks.PodCidrs,
            Cloud = cloud,
            Events = log.Events,
            Defaults = log.Defaults,
        };
        return new Reconciliation(cluster, log.Problems);
    }

    private static KubeProxyConfiguration ProxyOf(ClusterObjects objects, ClusterSettings settings) =>
        objects.KubeProxy ?? new KubeProxyConfiguration
        {
            Mode = settings.ProxyMode ?? ProxyMode.Iptables,
            IpvsScheduler = settings.IpvsScheduler ?? "rr",
        };
}
