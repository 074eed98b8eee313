using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers;

/// <summary>The result of all controllers for the objects given.</summary>
/// <param name="Cluster">The cluster in its final state. Problems never change it: what is written is kept.</param>
/// <param name="Problems">What the API server would refuse, and what would surprise the author.</param>
public sealed record Reconciliation(Cluster Cluster, ImmutableArray<Problem> Problems);

/// <summary>
/// All controllers together: from objects as written to a cluster in which pods run, Services have addresses and EndpointSlices list
/// the endpoints. Pure functions: the same objects give the same cluster.
/// </summary>
public static class ControlPlane
{
    /// <summary>Derives the cluster. Takes O(n log n) in nodes, pods, Services and endpoints together.</summary>
    public static Reconciliation Reconcile(ClusterObjects objects, ClusterSettings settings)
    {
        ControllerLog log = new();
        objects = objects with { Http = ListenerSets.Attach(objects.Http, objects.Namespaces) };
        HttpRouterSettings http = RouterObjects.Recognize(objects, settings.HttpRouters);
        ImmutableArray<Node> nodes = NodeController.Nodes(objects, settings, log);
        ClusterBlocks blocks = ClusterBlocks.Of(objects, settings, nodes.Length);
        nodes = NodeController.WithAddresses(nodes, blocks.Families);
        nodes = PodCidrAllocator.Allocate(nodes, blocks.PodCidrs, log);
        SystemObjects system = settings.SystemServices ? SystemObjects.MissingFrom(objects, settings, blocks) : SystemObjects.None;
        RouterObjects routers = settings.SystemServices ? RouterObjects.MissingFrom(objects, http, log) : RouterObjects.None;
        ImmutableArray<PodController> controllers = [.. objects.Controllers, .. system.Controllers, .. routers.Controllers];
        ImmutableArray<Pod> pods = Settle(PodControllers.Sync(controllers, objects.Pods, nodes), nodes, log);
        IdleDaemonSets.Warn(controllers, nodes, log);
        ImmutableArray<Service> services = Serve(objects, settings, [.. system.Services, .. routers.Services], blocks, log);
        ImmutableArray<EndpointSlice> slices =
        [
            .. objects.EndpointSlices,
            .. system.EndpointSlices(blocks.ServiceCidrs[0].Family),
            .. new EndpointSliceController(nodes, log).Slices(services, pods, objects),
            .. BackgroundServices.Slices(settings.BackgroundServices, blocks.ServiceCidrs[0].Family),
        ];
        Cluster cluster = new()
        {
            Nodes = nodes,
            Pods = pods,
            Controllers = controllers,
            Services = services,
            EndpointSlices = slices,
            Namespaces = objects.Namespaces,
            Http = objects.Http,
            HttpRouters = http,
            KubeProxy = ProxyOf(objects, settings, log),
            ServiceCidrs = blocks.ServiceCidrs,
            PodCidrs = blocks.PodCidrs,
            LoadBalancerCidrs = LoadBalancerController.PoolsOf(settings.Cloud ?? CloudProvider.None, settings, services),
            Cloud = settings.Cloud ?? CloudProvider.None,
            LoadBalancersSendToPods = settings.LoadBalancersSendToPods,
            Events = log.Events,
            Defaults = log.Defaults,
        };
        return new Reconciliation(cluster, [.. log.Problems, .. HttpProblems.Of(cluster)]);
    }

    /// <summary>
    /// The cluster once a controller has another number of replicas. Pods that stay keep name, node and address and their order in the
    /// list; new ones follow at its end. A StatefulSet loses its highest ordinals; the others lose pods in the order of the ReplicaSet
    /// controller: Pending, not ready, cheapest to delete (the pod-deletion-cost annotation), newest. Pods that waited for room may get it.
    /// </summary>
    public static Reconciliation Scale(Cluster cluster, ScaleEvent change)
    {
        ControllerLog log = new();
        return Sync(cluster, ScaledControllers.Of(cluster.Controllers, change, log), log);
    }

    /// <summary>
    /// The cluster after the next pass of a controller whose template has changed: pods of the new template come, and old ones go, as far as
    /// its strategy allows with the pods that are available now. Repeat it when pods become available or end.
    /// </summary>
    public static Reconciliation RollOut(Cluster cluster, RolloutEvent change)
    {
        ControllerLog log = new();
        return Sync(cluster, RolledOutControllers.Of(cluster.Controllers, change, log), log);
    }

    private static Reconciliation Sync(Cluster cluster, ImmutableArray<PodController> controllers, ControllerLog log)
    {
        ImmutableArray<Pod> pods = Settle(PodControllers.Sync(controllers, cluster.Pods, cluster.Nodes), cluster.Nodes, log);
        return Publish(cluster with { Controllers = controllers }, pods, log);
    }

    /// <summary>
    /// The cluster once its pods have become these: EndpointSlices that the controller wrote follow, for every Service that a changed pod
    /// belongs to. For pods that become ready, terminate or go while time runs; pods whose record is the same object cost next to nothing.
    /// </summary>
    public static Cluster WithPods(Cluster cluster, ImmutableArray<Pod> pods) => Publish(cluster, pods, new ControllerLog()).Cluster;

    private static ImmutableArray<Pod> Settle(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        pods = PodAddresses.Assign(Scheduler.Place(pods, nodes, log), nodes, log);
        PendingPods.Warn(pods, log);
        return NodeController.MarkPodsNotReady(pods, nodes, log);
    }

    private static ImmutableArray<Service> Serve(
        ClusterObjects objects, ClusterSettings settings, ImmutableArray<Service> added, ClusterBlocks blocks, ControllerLog log)
    {
        if (settings.Cloud is null)
            log.Default("cloud", "none: LoadBalancer Services stay Pending");
        ImmutableArray<Service> services =
            [.. objects.Services, .. added, .. BackgroundServices.Services(settings.BackgroundServices)];
        services = new ClusterIpAllocator(blocks, log).Allocate(services);
        services = new NodePortAllocator(log).Allocate(services);
        return new LoadBalancerController(settings.Cloud ?? CloudProvider.None, settings, log).Provide(services);
    }

    private static Reconciliation Publish(Cluster cluster, ImmutableArray<Pod> pods, ControllerLog log)
    {
        ImmutableArray<EndpointSlice> slices = new EndpointSliceController(cluster.Nodes, log).Update(cluster, pods);
        Cluster published = cluster with
        {
            Pods = pods,
            EndpointSlices = slices,
            Events = [.. cluster.Events.Concat(log.Events).Distinct()],
        };
        return new Reconciliation(published, log.Problems);
    }

    private static KubeProxyConfiguration ProxyOf(ClusterObjects objects, ClusterSettings settings, ControllerLog log)
    {
        if (objects.KubeProxy is { } given)
            return given;
        if (settings.ProxyMode is null)
            log.Default("kube-proxy", "iptables mode");
        return new KubeProxyConfiguration
        {
            Mode = settings.ProxyMode ?? ProxyModeNames.Iptables,
            IpvsScheduler = settings.IpvsScheduler ?? "rr",
        };
    }
}
