using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// Decides which controller writes a Service's EndpointSlices: for Services with a selector the controller of kube-controller-manager, from
/// the pods that match; for Services without one the mirroring controller, from the Endpoints of the same name. Slices in the files are
/// kept as they are.
/// </summary>
internal sealed class EndpointSliceController(ImmutableArray<Node> nodes, ControllerLog log)
{
    private readonly ServiceEndpoints _endpoints = new(nodes, log);

    /// <summary>The slices of all Services, in the order of the Services.</summary>
    public List<EndpointSlice> Slices(ImmutableArray<Service> services, ImmutableArray<Pod> pods, ClusterObjects objects)
    {
        PodIndex index = new(pods);
        NearestPods near = new(pods, objects.Controllers);
        HashSet<(string, string)> given = [.. objects.EndpointSlices.Select(slice => (slice.Meta.Namespace, slice.ServiceName))];
        Dictionary<(string, string), Endpoints> endpoints = [];
        foreach (Endpoints item in objects.Endpoints)
            endpoints.TryAdd((item.Meta.Namespace, item.Meta.Name), item);
        List<EndpointSlice> slices = [];
        foreach (Service service in services)
        {
            (string, string) name = (service.Meta.Namespace, service.Meta.Name);
            if (service.IsBackground || service.Type == ServiceType.ExternalName || given.Contains(name))
                continue;
            if (service.Selector is { } selector)
                slices.AddRange(OfPods(service, selector, index, near, []));
            else if (endpoints.TryGetValue(name, out Endpoints? mirrored))
                slices.AddRange(EndpointsMirror.Slices(service, mirrored));
        }
        return slices;
    }

    /// <summary>
    /// The slices of a cluster whose pods have become these, changed as little as possible. As the real controller, it touches its own
    /// slices only: those with its name in the managed-by label.
    /// </summary>
    public ImmutableArray<EndpointSlice> Update(Cluster cluster, ImmutableArray<Pod> pods)
    {
        List<Pod> changed = ChangedPods.Between(cluster.Pods, pods);
        ILookup<string, Pod> changedByNamespace = changed.ToLookup(pod => pod.Meta.Namespace);
        NearestPods near = new(pods, controllers: []);
        PodIndex index = new([.. pods.Where(pod => changedByNamespace.Contains(pod.Meta.Namespace))]);
        HashSet<(string, string)> foreign = [.. cluster.EndpointSlices
            .Where(slice => slice.Meta.Labels.GetValueOrDefault(EndpointSlice.ManagedByLabel) != ServiceEndpoints.ControllerName)
            .Select(slice => (slice.Meta.Namespace, slice.ServiceName))];
        ILookup<(string, string), EndpointSlice> existing =
            cluster.EndpointSlices.ToLookup(slice => (slice.Meta.Namespace, slice.ServiceName));
        Dictionary<(string, string), List<EndpointSlice>> updates = [];
        foreach (Service service in cluster.Services)
            if (service.Selector is { } selector && service.Type != ServiceType.ExternalName
                && !foreign.Contains((service.Meta.Namespace, service.Meta.Name))
                && changedByNamespace[service.Meta.Namespace].Any(pod => selector.Matches(pod.Meta.Labels)))
                updates.TryAdd((service.Meta.Namespace, service.Meta.Name),
                    OfPods(service, selector, index, near, [.. existing[(service.Meta.Namespace, service.Meta.Name)]]));
        return Replace(cluster.EndpointSlices, updates);
    }

    private List<EndpointSlice> OfPods(
        Service service, LabelSelector selector, PodIndex index, NearestPods near, IReadOnlyList<EndpointSlice> existing)
    {
        List<Pod> matching = index.Matching(service.Meta.Namespace, selector);
        if (matching.Count == 0 && !near.HasNoPodsNow(service.Meta.Namespace, selector))
            log.Warn("selector-matches-nothing", service.Meta, "spec.selector",
                $"Service {service.Meta.FullName} selects '{selector}', and no pod in namespace '{service.Meta.Namespace}' has these "
                + "labels",
                near.HelpFor(service.Meta.Namespace, selector));
        else if (IsWithoutReadyPod(service, matching))
            log.Warn("no-ready-pod", service.Meta, "spec.selector",
                $"Service {service.Meta.FullName} selects {(matching.Count == 1 ? "one pod, which is not" : $"{matching.Count} pods, and none is")} "
                + $"ready: {(service.IsHeadless ? "its name has no address" : "connections are refused")}",
                "pods that pass their readiness probes, on nodes that are ready");
        return _endpoints.Slices(service, matching, existing);
    }

    // Pending pods are reported themselves.
    private static bool IsWithoutReadyPod(Service service, List<Pod> pods) =>
        service is { PublishNotReadyAddresses: false, Meta.Origin.IsWritten: true } && pods.Count > 0
        && pods.TrueForAll(pod => pod.NodeName is not null && (!pod.Ready || pod.Terminating));

    // A Service's new slices take the place of its first old one.
    private static ImmutableArray<EndpointSlice> Replace(
        ImmutableArray<EndpointSlice> slices, Dictionary<(string, string), List<EndpointSlice>> updates)
    {
        ImmutableArray<EndpointSlice>.Builder result = ImmutableArray.CreateBuilder<EndpointSlice>(slices.Length);
        HashSet<(string, string)> done = [];
        foreach (EndpointSlice slice in slices)
        {
            (string, string) name = (slice.Meta.Namespace, slice.ServiceName);
            if (!updates.TryGetValue(name, out List<EndpointSlice>? update))
                result.Add(slice);
            else if (done.Add(name))
                result.AddRange(update);
        }
        return result.ToImmutable();
    }
}
