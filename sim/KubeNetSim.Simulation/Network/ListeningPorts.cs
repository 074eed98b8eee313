using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Network;

/// <summary>
/// At which ports a pod accepts connections that were sent to its own address: those that its containers or their probes name, those that
/// the scenario declares, and those that a Service or a given EndpointSlice targets. What the files do not name is assumed to be closed.
/// </summary>
internal sealed class ListeningPorts(Cluster cluster, ImmutableArray<Backend> backends)
{
    private readonly Lazy<ILookup<string, Service>> _services = new(() => cluster.Services.ToLookup(service => service.Meta.Namespace));
    private readonly Lazy<HashSet<(IpAddress, Protocol, int)>> _published = new(() => Published(cluster));
    private readonly Dictionary<(string Pod, Protocol Protocol, int Port), bool> _known = [];

    /// <summary>Whether a pod listens at a port.</summary>
    public bool Has(Pod pod, Protocol protocol, int port)
    {
        foreach (ContainerPort declared in pod.Spec.Ports)
            if (declared.Port == port && declared.Protocol == protocol)
                return true;
        // Rare: kept, because a search through Services and slices takes long.
        (string, Protocol, int) key = (pod.Meta.FullName, protocol, port);
        if (!_known.TryGetValue(key, out bool listens))
            _known.Add(key, listens = Find(pod, protocol, port));
        return listens;
    }

    private bool Find(Pod pod, Protocol protocol, int port) =>
        (protocol == Protocol.TCP && (pod.Spec.ProbePorts.Contains(port) || Declared(pod).Contains(port)))
        || pod.Addresses.Any(address => _published.Value.Contains((address, protocol, port)))
        || _services.Value[pod.Meta.Namespace].Any(service => service.Selector?.Matches(pod.Meta.Labels) == true
            && service.Ports.Any(item => item.Protocol == protocol && item.TargetPort == port && item.TargetPortName is null));

    private ImmutableArray<int> Declared(Pod pod) =>
        [.. backends.Where(backend => (backend.Namespace ?? pod.Meta.Namespace) == pod.Meta.Namespace && backend.Selector.Matches(pod.Meta.Labels))
            .SelectMany(backend => backend.Ports)];

    private static HashSet<(IpAddress, Protocol, int)> Published(Cluster cluster) =>
    [
        .. from slice in cluster.EndpointSlices
           from port in slice.Ports
           let number = port.Port
           where number is not null
           from endpoint in slice.Endpoints
           from address in endpoint.Addresses
           select (address, port.Protocol, number.GetValueOrDefault()),
    ];
}
