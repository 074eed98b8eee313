namespace KubeNetSim.DataPlane.Modes.Ipvs;

/// <summary>
/// Chooses real servers for one virtual server of one node, and counts their connections, as the kernel's schedulers do
/// (net/netfilter/ipvs/ip_vs_*.c). The only mutable object of the data plane: it belongs to a run, one for each pair of node and
/// <see cref="Decision.AffinityKey"/>.
/// </summary>
public abstract class IpvsScheduler
{
    // ip_vs_proto_tcp.c, tcp_timeouts: IP_VS_TCP_S_TIME_WAIT, where a connection is that both ends have closed.
    private const long LingersNs = 120_000_000_000;

    // Made when the first connection is counted: most schedulers never ask, and there may be one for each node and Service.
    private Dictionary<(IpAddress Address, int Port), (int Active, int Inactive)>? _connections;
    private Queue<(long Until, (IpAddress, int) Key)>? _lingering;

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
    public void Opened(in EndpointEntry endpoint) => Count(KeyOf(endpoint), 1, 0);

    /// <summary>A connection to the endpoint was closed: it lingers for a while, as an inactive one.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="now">Simulated time [ns], never less than the time before.</param>
    /// <exception cref="InvalidOperationException">None was open.</exception>
    public void Closed(in EndpointEntry endpoint, long now)
    {
        if (ActiveConnections(endpoint) == 0)
            throw new InvalidOperationException($"No connection to {endpoint} is open.");
        Count(KeyOf(endpoint), -1, 1);
        (_lingering ??= new()).Enqueue((now + LingersNs, KeyOf(endpoint)));
    }

    /// <summary>Forgets connections that have lingered for long enough.</summary>
    /// <param name="now">Simulated time [ns].</param>
    public void Forget(long now)
    {
        while (_lingering is not null && _lingering.TryPeek(out (long Until, (IpAddress, int) Key) oldest) && oldest.Until <= now)
            Count(_lingering.Dequeue().Key, 0, -1);
    }

    /// <summary>Connections open to the endpoint through this virtual server.</summary>
    public int ActiveConnections(in EndpointEntry endpoint) => CountOf(endpoint).Active;

    /// <summary>Load of an endpoint where an inactive connection counts for 1/256 of an active one (include/net/ip_vs.h, ip_vs_dest_conn_overhead).</summary>
    private protected long OverheadOf(in EndpointEntry endpoint)
    {
        (int active, int inactive) = CountOf(endpoint);
        return ((long)active << 8) + inactive;
    }

    private void Count((IpAddress, int) key, int active, int inactive)
    {
        _connections ??= [];
        (int Active, int Inactive) before = _connections.GetValueOrDefault(key);
        _connections[key] = (before.Active + active, before.Inactive + inactive);
    }

    private (int Active, int Inactive) CountOf(in EndpointEntry endpoint) => _connections?.GetValueOrDefault(KeyOf(endpoint)) ?? default;

    private static (IpAddress, int) KeyOf(in EndpointEntry endpoint) => (endpoint.Address, endpoint.Port);
}
