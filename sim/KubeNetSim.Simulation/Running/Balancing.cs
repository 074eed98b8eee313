using System.Runtime.InteropServices;
using KubeNetSim.DataPlane;
using KubeNetSim.Engine;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>What nodes remember when they choose endpoints: clients under session affinity, and the state of IPVS schedulers.</summary>
internal sealed class Balancing
{
    private readonly Dictionary<Client, Remembered> _clients = [];
    private readonly Dictionary<PairKey, IpvsScheduler> _schedulers = [];
    private readonly List<(IpvsScheduler Scheduler, EndpointEntry Endpoint)> _leases = [];
    private readonly Stack<int> _freeLeases = new();
    private readonly string? _scheduler;

    public Balancing(KubeProxyConfiguration proxy)
    {
        _scheduler = proxy.Mode == ProxyMode.Ipvs ? proxy.IpvsScheduler : null;
        CountsConnections = _scheduler is not (null or "" or "rr" or "wrr" or "sh" or "dh" or "mh");
    }

    /// <summary>Whether choices depend on how many connections are open, so that their ends matter.</summary>
    public bool CountsConnections { get; }

    /// <summary>Chooses one of the endpoints that a node's rules allow.</summary>
    /// <param name="node">The node.</param>
    /// <param name="decision">Its decision: forward.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="now">Simulated time [ns].</param>
    /// <param name="stream">Draws where the mode draws.</param>
    public Choice Choose(int node, in Decision decision, in Packet packet, long now, RandomStream stream)
    {
        if (decision.AffinityTimeoutNs == 0)
            return Balance(node, decision, packet, now, stream);
        ref Remembered known = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, new Client(node, decision.AffinityKey, packet.Source), out bool isKnown);
        if (isKnown && now - known.At <= decision.AffinityTimeoutNs && PlaceOf(decision.Endpoints, known) is >= 0 and int place)
        {
            known = known with { Place = place, At = now };
            return new Choice(place, true, Topology.None);
        }
        Choice choice = Balance(node, decision, packet, now, stream);
        EndpointEntry endpoint = decision.Endpoints[choice.Endpoint];
        known = new Remembered(endpoint.Address, endpoint.Port, choice.Endpoint, now);
        return choice;
    }

    /// <summary>A connection ended whose opening gave this lease; -1 is none.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="now">Simulated time [ns].</param>
    public void Close(int lease, long now)
    {
        if (lease < 0)
            return;
        (IpvsScheduler scheduler, EndpointEntry endpoint) = _leases[lease];
        scheduler.Closed(endpoint, now);
        _freeLeases.Push(lease);
    }

    // iptables: -m statistic --mode random; nftables: numgen random mod n; both alike for all.
    private Choice Balance(int node, in Decision decision, in Packet packet, long now, RandomStream stream)
    {
        if (_scheduler is not null)
            return Schedule(node, decision, _scheduler == "mh" ? packet with { SourcePort = EphemeralPort(stream) } : packet, now);
        int count = decision.Endpoints.Count;
        return new Choice(count == 1 ? 0 : stream.NextInt(count), false, Topology.None);
    }

    // Clients take ports of net.ipv4.ip_local_port_range at random (Linux: 32768 to 60999); only Maglev hashing asks for them.
    private static int EphemeralPort(RandomStream stream) => 32_768 + stream.NextInt(28_232);

    private Choice Schedule(int node, in Decision decision, in Packet packet, long now)
    {
        ref IpvsScheduler? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_schedulers, new PairKey(node, decision.AffinityKey), out _);
        IpvsScheduler scheduler = known ??= IpvsScheduler.Create(_scheduler!);
        scheduler.Forget(now);
        int place = scheduler.Pick(decision.Endpoints, packet);
        if (!CountsConnections)
            return new Choice(place, false, Topology.None);
        scheduler.Opened(decision.Endpoints[place]);
        int lease = _freeLeases.Count > 0 ? _freeLeases.Pop() : _leases.Count;
        if (lease == _leases.Count)
            _leases.Add(default);
        _leases[lease] = (scheduler, decision.Endpoints[place]);
        return new Choice(place, false, lease);
    }

    // Mostly it still stands where it stood.
    private static int PlaceOf(in EndpointSet endpoints, in Remembered known)
    {
        if (known.Place < endpoints.Count && known.IsAt(endpoints[known.Place]))
            return known.Place;
        for (int place = 0; place < endpoints.Count; place++)
            if (known.IsAt(endpoints[place]))
                return place;
        return Topology.None;
    }

    private readonly record struct Client(int Node, int Key, IpAddress Address)
    {
        public override int GetHashCode() => new PairKey(Node, Key).GetHashCode() ^ Address.GetHashCode();
    }

    private readonly record struct Remembered(IpAddress Address, int Port, int Place, long At)
    {
        public bool IsAt(in EndpointEntry endpoint) => endpoint.Address == Address && endpoint.Port == Port;
    }
}

/// <summary>The endpoint chosen for a connection.</summary>
/// <param name="Endpoint">Index into the decision's endpoints.</param>
/// <param name="ByAffinity">Whether the client went back to where it was before.</param>
/// <param name="Lease">What to give back when the connection ends; -1 for nothing.</param>
internal readonly record struct Choice(int Endpoint, bool ByAffinity, int Lease);
