using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// The controller of the older API: one Endpoints object a Service, with every pod that matches its selector (kubernetes
/// pkg/controller/endpoint). Nothing in the simulator reads them; programs that still watch them would.
/// </summary>
public static class EndpointsController
{
    /// <summary>How many addresses one object holds at most (maxCapacity in endpoints_controller.go, since Kubernetes 1.22).</summary>
    public const int Capacity = 1_000;

    /// <summary>The annotation of an object that lacks addresses.</summary>
    public const string OverCapacityAnnotation = "endpoints.kubernetes.io/over-capacity";

    /// <summary>
    /// The Endpoints of a cluster: made ones of Services with a selector, and those that were given and mirrored into slices.
    /// </summary>
    public static ImmutableArray<Endpoints> Of(Cluster cluster)
    {
        PodIndex pods = new(cluster.Pods);
        ILookup<(string, string), EndpointSlice> slices =
            cluster.EndpointSlices.ToLookup(slice => (slice.Meta.Namespace, slice.ServiceName));
        ImmutableArray<Endpoints>.Builder all = ImmutableArray.CreateBuilder<Endpoints>();
        foreach (Service service in cluster.Services.Where(service => service.Type != ServiceType.ExternalName && !service.IsBackground))
            if (service.Selector is { } selector)
                all.Add(OfPods(service, pods.Matching(service.Meta.Namespace, selector)));
            else if (Given(service, slices[(service.Meta.Namespace, service.Meta.Name)]) is { Subsets.IsEmpty: false } given)
                all.Add(given);
        return all.ToImmutable();
    }

    /// <summary>The object of a Service with a selector, from the pods that match it.</summary>
    internal static Endpoints OfPods(Service service, List<Pod> pods)
    {
        IpFamily family = service.IpFamilies.IsEmpty
            ? service.ClusterIPs.Select(address => address.Family).FirstOrDefault()
            : service.IpFamilies[0];
        List<PortGroup> groups = PortGroup.Of(service, [.. pods.Where(pod => IsListed(service, pod, family))]);
        ImmutableArray<EndpointSubset> subsets =
        [
            // Unlike a slice, a subset needs a port, but for a headless Service that has none.
            .. groups.Where(group => !group.Ports.IsEmpty || (service.IsHeadless && service.Ports.IsEmpty))
            .Select(group => new EndpointSubset(
                [.. group.Pods.Select(pod => ToAddress(service, pod, family)).OrderBy(endpoint => endpoint.Addresses[0].Bits)],
                group.Ports)),
        ];
        ImmutableArray<EndpointSubset> held = Truncate(subsets, Capacity);
        ImmutableSortedDictionary<string, string> labels = service.Meta.Labels.Remove(EndpointSlice.HeadlessLabel);
        return new Endpoints
        {
            Meta = new ObjectMeta
            {
                Namespace = service.Meta.Namespace,
                Name = service.Meta.Name,
                Labels = service.IsHeadless ? labels.Add(EndpointSlice.HeadlessLabel, "") : labels,
                Annotations = held == subsets ? ObjectMeta.NoLabels : ObjectMeta.NoLabels.Add(OverCapacityAnnotation, "truncated"),
                Origin = service.Meta.Origin,
            },
            Subsets = held,
        };
    }

    /// <summary>
    /// At most so many addresses, ready ones first, each subset in proportion to what it has, rounded up (truncateEndpoints in
    /// endpoints_controller.go). The same list where there are no more.
    /// </summary>
    internal static ImmutableArray<EndpointSubset> Truncate(ImmutableArray<EndpointSubset> subsets, int capacity)
    {
        int ready = subsets.Sum(subset => subset.Addresses.Count(endpoint => endpoint.IsReady));
        int notReady = subsets.Sum(subset => subset.Addresses.Length) - ready;
        if (ready + notReady <= capacity)
            return subsets;
        bool cutsReady = ready > capacity;
        int room = cutsReady ? capacity : capacity - ready;
        int total = cutsReady ? ready : notReady;
        int left = room;
        return [.. subsets.Select(Cut)];

        EndpointSubset Cut(EndpointSubset subset)
        {
            Endpoint[] cut = [.. subset.Addresses.Where(endpoint => endpoint.IsReady == cutsReady)];
            int share = Math.Min(left, (int)Math.Ceiling((double)cut.Length / total * room));
            left -= Math.Min(share, cut.Length);
            IEnumerable<Endpoint> whole = cutsReady ? [] : subset.Addresses.Where(endpoint => endpoint.IsReady);
            return subset with { Addresses = [.. whole, .. cut.Take(share)] };
        }
    }

    // ShouldPodBeInEndpoints: unlike in a slice, a pod that terminates is not there, unless unready pods are wanted, too.
    private static bool IsListed(Service service, Pod pod, IpFamily family) =>
        !pod.Finished && (!pod.Terminating || service.PublishNotReadyAddresses) && pod.Addresses.Any(address => address.Family == family);

    private static Endpoint ToAddress(Service service, Pod pod, IpFamily family) => new()
    {
        Addresses = [pod.Addresses.First(address => address.Family == family)],
        Ready = service.PublishNotReadyAddresses || pod.Ready,
        NodeName = pod.NodeName,
        Hostname = pod.Spec.Hostname is { Length: > 0 } hostname && pod.Spec.Subdomain == service.Meta.Name ? hostname : null,
        PodName = pod.Meta.FullName,
    };

    // What was mirrored says what it was; the API server writes its own, which are not to be mirrored.
    private static Endpoints? Given(Service service, IEnumerable<EndpointSlice> slices)
    {
        bool isApiServer = service.Meta is { Namespace: "default", Name: "kubernetes" };
        EndpointSlice[] mirrored = [.. slices.Where(slice => isApiServer
            || slice.Meta.Labels.GetValueOrDefault(EndpointSlice.ManagedByLabel) == EndpointsMirror.ControllerName)];
        return new Endpoints
        {
            Meta = new ObjectMeta
            {
                Namespace = service.Meta.Namespace,
                Name = service.Meta.Name,
                Labels = isApiServer ? ObjectMeta.NoLabels.Add(EndpointsMirror.SkipMirrorLabel, "true") : ObjectMeta.NoLabels,
            },
            Subsets = [.. mirrored.GroupBy(slice => PortGroup.KeyOf(slice.Ports))
                .Select(group => new EndpointSubset([.. group.SelectMany(slice => slice.Endpoints)], group.First().Ports))],
        };
    }
}
