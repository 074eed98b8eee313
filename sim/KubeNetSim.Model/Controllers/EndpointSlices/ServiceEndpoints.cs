using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>
/// The EndpointSlices of one Service from the pods that match its selector (k8s.io/endpointslice): at most 100 endpoints a slice, one
/// group of slices for each family and each set of port numbers, and an empty slice where there is no endpoint. Slices that exist are
/// changed as little as possible, and a slice that does not change stays the same object.
/// </summary>
internal sealed class ServiceEndpoints
{
    /// <summary>Value of the managed-by label (pkg/controller/endpointslice).</summary>
    public const string ControllerName = "endpointslice-controller.k8s.io";

    private static readonly SlicePacking Packing = new(EndpointSlice.MaxEndpoints);

    private readonly ControllerLog _log;
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly EndpointHints _hints;

    public ServiceEndpoints(ImmutableArray<Node> nodes, ControllerLog log)
    {
        _log = log;
        _hints = new EndpointHints(ZoneShares.Of(nodes), log);
        foreach (Node node in nodes)
            _nodes.TryAdd(node.Meta.Name, node);
    }

    /// <summary>The slices of the Service, made out of those that it has.</summary>
    public List<EndpointSlice> Slices(Service service, List<Pod> pods, IReadOnlyList<EndpointSlice> existing)
    {
        List<EndpointSlice> slices = [];
        HashSet<string> names = [.. existing.Select(slice => slice.Meta.Name)];
        int number = 0;
        bool isHinted = existing.Any(slice => slice.Endpoints.Any(endpoint => !endpoint.ZoneHints.IsEmpty));
        List<PortGroup> groups = PortGroup.Of(service, [.. pods.Where(pod => IsListed(service, pod))]);
        foreach (IpFamily family in FamiliesOf(service))
        {
            EndpointSlice[] before = [.. existing.Where(slice => slice.Family == family)];
            SlicePlan plan = PlanOf(service, family, groups, before);
            isHinted = _hints.AddTo(service, family, plan, isHinted);
            slices.AddRange(plan.Result(before, NewMeta));
        }
        return slices;

        ObjectMeta NewMeta()
        {
            while (true)
                if (SliceMeta.Of(service, number++, ControllerName) is var meta && names.Add(meta.Name))
                    return meta;
        }
    }

    private SlicePlan PlanOf(Service service, IpFamily family, List<PortGroup> groups, EndpointSlice[] before)
    {
        SlicePlan plan = new();
        ILookup<string, EndpointSlice> byPorts = before.ToLookup(slice => PortGroup.KeyOf(slice.Ports));
        EndpointSlice placeholder = new() { Meta = SliceMeta.Of(service, 0, ControllerName), Family = family };
        foreach (PortGroup group in groups)
            Packing.Pack(plan, [.. byPorts[group.Key]], [.. group.Pods.Select(pod => ToEndpoint(service, pod, family)).OfType<Endpoint>()],
                placeholder with { Ports = group.Ports });
        HashSet<string> wanted = [.. groups.Select(group => group.Key)];
        plan.Deleted.AddRange(before.Where(slice => !wanted.Contains(PortGroup.KeyOf(slice.Ports))));
        if (plan.Deleted.Count == before.Length && plan.Created.Count == 0)
            KeepPlaceholder(plan, placeholder);
        return plan;
    }

    // A placeholder says that the controller has seen the Service (reconciler.go, reconcileByAddressType).
    private static void KeepPlaceholder(SlicePlan plan, EndpointSlice placeholder)
    {
        if (plan.Deleted is [{ Ports.IsEmpty: true, Endpoints.IsEmpty: true } old]
            && old.Meta.Labels.SequenceEqual(placeholder.Meta.Labels))
        {
            plan.Deleted.Clear();
            plan.Unchanged.Add(old);
        }
        else
            plan.Created.Add(placeholder);
    }

    private static ImmutableArray<IpFamily> FamiliesOf(Service service) =>
        !service.IpFamilies.IsEmpty ? service.IpFamilies
        : !service.ClusterIPs.IsEmpty ? [.. service.ClusterIPs.Select(address => address.Family).Distinct()]
        : [IpFamily.IPv4];

    // ShouldPodBeInEndpoints in util/controller_utils.go; and a pod whose Node is not there is skipped unless unready pods are wanted, too.
    private bool IsListed(Service service, Pod pod)
    {
        if (pod.Finished || pod.Addresses.IsEmpty)
            return false;
        if (service.PublishNotReadyAddresses || pod.NodeName is null || _nodes.ContainsKey(pod.NodeName))
            return true;
        _log.Warn("pod-on-unknown-node", pod.Meta, "spec.nodeName",
            $"Pod {pod.Meta.FullName} is on node {pod.NodeName}, which is not there, so Service {service.Meta.FullName} does not list it",
            "give the Node too, for example with kubectl get nodes -o yaml");
        return false;
    }

    // podToEndpoint in utils.go: serving follows the pod; ready gives way to termination, and both to publishNotReadyAddresses.
    private Endpoint? ToEndpoint(Service service, Pod pod, IpFamily family)
    {
        Node? node = pod.NodeName is null ? null : _nodes.GetValueOrDefault(pod.NodeName);
        foreach (IpAddress address in pod.Addresses)
            if (address.Family == family)
                return new Endpoint
                {
                    Addresses = [address],
                    Ready = service.PublishNotReadyAddresses || (pod.Ready && !pod.Terminating),
                    Serving = pod.Ready,
                    Terminating = pod.Terminating,
                    NodeName = pod.NodeName,
                    Zone = node is { Zone.Length: > 0 } ? node.Zone : null,
                    // Only where the pod's subdomain is this Service (k8s.io/endpointslice/util ShouldSetHostname).
                    Hostname = pod.Spec.Hostname is { Length: > 0 } hostname && pod.Spec.Subdomain == service.Meta.Name ? hostname : null,
                    PodName = pod.Meta.FullName,
                };
        return null;
    }
}
