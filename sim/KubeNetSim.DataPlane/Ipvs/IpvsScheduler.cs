using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>
/// Chooses real servers for one virtual server of one node, and counts their connections, as the kernel's schedulers do
/// (net/netfilter/ipvs/ip_vs_*.c). The only mutable object of the data plane: it belongs to a run, one for each pair of node and
/// <see cref="Decision.AffinityKey"/>.
/// </summary>
public abstract class IpvsScheduler
{
    private readonly Dictionary<(IpAddress Address, int Port), int> _active = [];

    private protected IpvsScheduler()
    {
    }

    /// <summary>Makes a scheduler for a virtual server.</summary>
    /// <param name="name">A name that <see cref="KubeProxyConfiguration.IpvsScheduler"/> may have; empty means rr, kube-proxy's default.</param>
    /// <exception cref="ArgumentException">There is no such scheduler.</exception>
    public static IpvsScheduler Create(string name) => name switch
    {
        "" or "rr" or "wrr" => new RoundRobinScheduler(),
        "lc" => new LeastLoadScheduler(ahead: 0, weighted: false, neverQueue: false),
        "wlc" => new LeastLoadScheduler(ahead: 0, weighted: true, neverQueue: false),
        "sed" => new LeastLoadScheduler(ahead: 1, weighted: true, neverQueue: false),
        "nq" => new LeastLoadScheduler(ahead: 1, weighted: true, neverQueue: true),
        "sh" => new HashScheduler(bySource: true),
        "dh" => new HashScheduler(bySource: false),
        "mh" => new MaglevScheduler(),
        "lblc" => new LocalityScheduler(replicated: false),
        "lblcr" => new LocalityScheduler(replicated: true),
        _ => throw new ArgumentException($"There is no IPVS scheduler '{name}'.", nameof(name)),
    };

    /// <summary>Chooses for a new connection; the caller reports it with <see cref="Opened"/>.</summary>
    /// <param name="endpoints">The virtual server's real servers; at least one.</param>
    /// <param name="packet">The first packet.</param>
    /// <returns>An index into the endpoints.</returns>
    public abstract int Pick(in EndpointSet endpoints, in Packet packet);

    /// <summary>A connection to the endpoint was opened.</summary>
    public void Opened(in EndpointEntry endpoint)
    {
        (IpAddress, int) key = (endpoint.Address, endpoint.Port);
        _active[key] = _active.GetValueOrDefault(key) + 1;
    }

    /// <summary>A connection to the endpoint was closed.</summary>
    /// <exception cref="InvalidOperationException">None was open.</exception>
    public void Closed(in EndpointEntry endpoint)
    {
        (IpAddress, int) key = (endpoint.Address, endpoint.Port);
        int active = _active.GetValueOrDefault(key);
        if (active == 0)
            throw new InvalidOperationException($"No connection to {endpoint} is open.");
        _active[key] = active - 1;
    }

    /// <summary>Connections open to the endpoint through this virtual server.</summary>
    public int ActiveConnections(in EndpointEntry endpoint) => _active.GetValueOrDefault((endpoint.Address, endpoint.Port));
}
