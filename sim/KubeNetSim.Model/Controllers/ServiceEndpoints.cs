using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// The EndpointSlices of one Service from the pods that match its selector (k8s.io/endpointslice): at most 100 endpoints a slice, one
/// group of slices for each family and each set of port numbers, and an empty slice where there is no endpoint.
/// </summary>
internal sealed class ServiceEndpoints
{
    /// <summary>Value of the managed-by label (pkg/controller/endpointslice).</summary>
    public const string ControllerName = "endpointslice-controller.k8s.io";

    private readonly Dictionary<string, Node> _nodes = [];
    private readonly EndpointHints _hints;

    public ServiceEndpoints(ImmutableArray<Node> nodes, ControllerLog log)
    {
        _hints = new EndpointHints(nodes, log);
        foreach (Node node in nodes)
            _nodes.TryAdd(node.Meta.Name, node);
    }

    /// <summary>The slices of the Service.</summary>
    public List<EndpointSlice> Slices(Service service, List<Pod> pods)
    {
        List<EndpointSlice> slices = [];
        List<PortGroup> groups = PortGroup.Of(service, pods);
        foreach (IpFamily family in FamiliesOf(service))
        {
            List<EndpointSlice> ofFamily = [];
            foreach (PortGroup group in groups)
                foreach (Endpoint[] chunk in group.Pods.Select(pod => ToEndpoint(service, pod, family)).OfType<Endpoint>().Chunk(EndpointSlice.MaxEndpoints))
                    ofFamily.Add(SliceOf(service, slices.Count + ofFamily.Count, family, group.Ports, [.. chunk]));
            // A placeholder says that the controller has seen the Service (reconciler.go, reconcileByAddressType).
            if (ofFamily.Count == 0)
                ofFamily.Add(SliceOf(service, slices.Count, family, [], []));
            slices.AddRange(_hints.AddTo(service, family, ofFamily));
        }
        return slices;
    }

    private static ImmutableArray<IpFamily> FamiliesOf(Service service) =>
        !service.IpFamilies.IsEmpty ? service.IpFamilies
        : !service.ClusterIPs.IsEmpty ? [.. service.ClusterIPs.Select(address => address.Family).Distinct()]
        : [IpFamily.IPv4];

    private static EndpointSlice SliceOf(
        Service service, int number, IpFamily family, ImmutableArray<EndpointPort> ports, ImmutableArray<Endpoint> endpoints) => new()
        {
            Meta = SliceMeta.Of(service, number, ControllerName),
            Family = family,
            Ports = ports,
            Endpoints = endpoints,
        };

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
