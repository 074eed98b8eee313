using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Writes EndpointSlices: for Services with a selector from the pods that match, at most 100 endpoints a slice (kube-controller-manager,
/// k8s.io/endpointslice); for Services without one from the Endpoints of the same name (the mirroring controller). Services whose slices
/// are given are left alone.
/// </summary>
internal sealed class EndpointSliceController
{
    private readonly ImmutableArray<Pod> _pods;
    private readonly PodIndex _index;
    private readonly Dictionary<string, Node> _nodes = [];
    private readonly ControllerLog _log;

    public EndpointSliceController(ImmutableArray<Pod> pods, ImmutableArray<Node> nodes, ControllerLog log)
    {
        _pods = pods;
        _index = new PodIndex(pods);
        _log = log;
        foreach (Node node in nodes)
            _nodes.TryAdd(node.Meta.Name, node);
    }

    public IEnumerable<EndpointSlice> Slices(ImmutableArray<Service> services, ClusterObjects objects)
    {
        HashSet<(string, string)> given = [.. objects.EndpointSlices.Select(slice => (slice.Meta.Namespace, slice.ServiceName))];
        Dictionary<(string, string), Endpoints> endpoints = [];
        foreach (Endpoints item in objects.Endpoints)
            endpoints.TryAdd((item.Meta.Namespace, item.Meta.Name), item);
        foreach (Service service in services)
        {
            (string, string) name = (service.Meta.Namespace, service.Meta.Name);
            if (service.IsBackground || service.Type == ServiceType.ExternalName || given.Contains(name))
                continue;
            IEnumerable<EndpointSlice> slices = service.Selector is not null ? OfPods(service, service.Selector)
                : endpoints.TryGetValue(name, out Endpoints? mirrored) ? EndpointsMirror.Slices(service, mirrored)
                : [];
            foreach (EndpointSlice slice in slices)
                yield return slice;
        }
    }

    /// <summary>The slices of one Service, from pods that match its selector.</summary>
    private List<EndpointSlice> OfPods(Service service, LabelSelector selector)
    {
        List<EndpointSlice> slices = [];
        IReadOnlyList<int> matching = _index.Matching(service.Meta.Namespace, selector);
        if (matching.Count == 0)
            _log.Warn("selector-matches-nothing", service.Meta, "spec.selector",
                $"Service {service.Meta.FullName} selects '{selector}', and no pod in namespace '{service.Meta.Namespace}' has these labels", "compare with the labels of the pod template");
        foreach (IpFamily family in FamiliesOf(service))
            foreach (IGrouping<string, (Endpoint Endpoint, ImmutableArray<EndpointPort> Ports)> group in matching
                .Select(pod => (Endpoint: ToEndpoint(service, _pods[pod], family), Ports: PortsAt(service, _pods[pod])))
                .Where(entry => entry.Endpoint is not null)
                .Select(entry => (entry.Endpoint!, entry.Ports))
                .GroupBy(entry => string.Join(",", entry.Ports)))
                foreach ((Endpoint, ImmutableArray<EndpointPort>)[] chunk in group.Chunk(EndpointSlice.MaxEndpoints))
                    slices.Add(new EndpointSlice
                    {
                        Meta = SliceMeta(service, slices.Count),
                        Family = family,
                        Ports = chunk[0].Item2,
                        Endpoints = [.. chunk.Select(entry => entry.Item1)],
                    });
        return slices;
    }

    /// <summary>Name and labels of a Service's slice with this number.</summary>
    internal static ObjectMeta SliceMeta(Service service, int number) => new()
    {
        Namespace = service.Meta.Namespace,
        Name = $"{service.Meta.Name}-{NameSuffix.Of(service.Meta.FullName, number, 5)}",
        Labels = ObjectMeta.NoLabels.Add(EndpointSlice.ServiceNameLabel, service.Meta.Name),
        Origin = service.Meta.Origin,
    };

    private static IEnumerable<IpFamily> FamiliesOf(Service service) =>
        !service.ClusterIPs.IsEmpty ? service.ClusterIPs.Select(address => address.Family).Distinct()
        : !service.IpFamilies.IsEmpty ? service.IpFamilies
        : [IpFamily.IPv4];

    private Endpoint? ToEndpoint(Service service, Pod pod, IpFamily family)
    {
        IpAddress[] addresses = [.. pod.Addresses.Where(address => address.Family == family)];
        if (addresses.Length == 0)
            return null;
        Node? node = pod.NodeName is null ? null : _nodes.GetValueOrDefault(pod.NodeName);
        string? zone = node is null || node.Zone.Length == 0 ? null : node.Zone;
        bool serving = pod.Ready || service.PublishNotReadyAddresses;
        return new Endpoint
        {
            Addresses = [addresses[0]],
            Ready = serving && (!pod.Terminating || service.PublishNotReadyAddresses),
            Serving = serving,
            Terminating = pod.Terminating,
            NodeName = pod.NodeName,
            Zone = zone,
            // The controller names a host only where the pod's subdomain is this Service (k8s.io/endpointslice utils.go).
            Hostname = pod.Spec.Hostname is { } hostname && pod.Spec.Subdomain == service.Meta.Name ? hostname : null,
            PodName = pod.Meta.FullName,
            ZoneHints = zone is not null && service.TrafficDistribution is "PreferClose" or "PreferSameZone" or "PreferSameNode" ? [zone!] : [],
            NodeHints = pod.NodeName is not null && service.TrafficDistribution is "PreferSameNode" ? [pod.NodeName] : [],
        };
    }

    // A port that a pod does not name is left out of its slice (k8s.io/endpointslice FindPort).
    private static ImmutableArray<EndpointPort> PortsAt(Service service, Pod pod)
    {
        ImmutableArray<EndpointPort>.Builder ports = ImmutableArray.CreateBuilder<EndpointPort>(service.Ports.Length);
        foreach (ServicePort port in service.Ports)
        {
            int number = port.TargetPort > 0 ? port.TargetPort
                : port.TargetPortName is null ? port.Port
                : pod.Spec.Ports.FirstOrDefault(item => item.Name == port.TargetPortName && item.Protocol == port.Protocol)?.Port ?? 0;
            if (number > 0)
                ports.Add(new EndpointPort(port.Name, number, port.Protocol, port.AppProtocol));
        }
        return ports.ToImmutable();
    }
}
