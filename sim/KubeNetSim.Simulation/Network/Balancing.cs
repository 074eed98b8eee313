using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeNetSim.Simulation.Network;

/// <summary>The state by which nodes choose endpoints: clients under session affinity, and IPVS schedulers.</summary>
internal sealed class Balancing
{
    private readonly CompactTable<Remembered> _clients = new();
    private readonly CompactTable<int> _turns = new();
    private readonly Dictionary<IpAddress, int> _clientNumbers = [];
    private readonly Dictionary<(IpAddress Address, int Port), int> _endpoints = [];
    private readonly Dictionary<(int Node, int Key), IpvsScheduler> _schedulers = [];
    private readonly Dictionary<(int Node, int Key, int Client), IpvsTemplate> _templates = [];
    private readonly List<(IpvsScheduler? Scheduler, EndpointEntry Endpoint, IpvsTemplate? Template)> _leases = [];
    private readonly Stack<int> _freeLeases = new();
    private readonly string? _scheduler;
    private readonly bool _takesTurns;
    private readonly bool _endpointsChange;

    /// <param name="scheduler">The scheduler of the nodes' kernels; null where rules draw an endpoint.</param>
    /// <param name="endpointsChange">Whether a node's endpoints may be others later.</param>
    public Balancing(string? scheduler, bool endpointsChange)
    {
        _scheduler = scheduler;
        _endpointsChange = endpointsChange;
        // kube-proxy gives all real servers the same weight. While the servers stay the same, the next turn is the whole state.
        _takesTurns = !endpointsChange && _scheduler is ("" or "rr" or "wrr");
        CountsConnections = _scheduler is not (null or "" or "rr" or "wrr" or "sh" or "dh" or "mh");
    }

    /// <summary>Whether choices depend on the number of open connections, so that the end of a connection must be reported.</summary>
    public bool CountsConnections { get; }

    /// <summary>Chooses one of the endpoints that a node's rules allow.</summary>
    /// <param name="node">The node.</param>
    /// <param name="decision">Its decision: forward.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="client">A number for the packet's source address.</param>
    /// <param name="now">Simulated time [ns].</param>
    /// <param name="stream">Draws where the mode draws.</param>
    public Choice Choose(int node, in Decision decision, in Packet packet, int client, long now, RandomStream stream)
    {
        if (decision.AffinityTimeoutNs > 0)
            return _scheduler is null ? Remember(node, decision, packet, client, now, stream) : Persist(node, decision, packet, client, now, stream);
        return Balance(node, decision, packet, now, stream);
    }

    /// <summary>A number for the address of a client.</summary>
    public int NumberOf(IpAddress client) => NumberIn(_clientNumbers, client);

    private Choice Balance(int node, in Decision decision, in Packet packet, long now, RandomStream stream) =>
        _scheduler is null ? Draw(decision, stream) : _takesTurns ? TakeTurn(node, decision) : Schedule(node, decision, packet, now, stream);

    // iptables: -m statistic --mode random; nftables: numgen random mod n; both with equal probability for all.
    private static Choice Draw(in Decision decision, RandomStream stream) =>
        new(decision.Endpoints.Count is > 1 and int count ? stream.NextInt(count) : 0, false, Topology.None);

    /// <summary>
    /// Fetches what a node knows about a client into the processor's cache: its packet will probably meet the node's rules soon.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="key">The key of the decision on it.</param>
    /// <param name="client">A number for its source address.</param>
    public void Prefetch(int node, int key, int client)
    {
        if (_takesTurns)
            _turns.Prefetch(node, key, 0);
        else
            _clients.Prefetch(node, key, client);
    }

    /// <summary>Whether a choice depends on earlier ones.</summary>
    public bool Remembers(in Decision decision) => decision.AffinityTimeoutNs > 0 || _takesTurns;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Choice Remember(int node, in Decision decision, in Packet packet, int client, long now, RandomStream stream)
    {
        ref Remembered known = ref _clients.At(node, decision.AffinityKey, client, out bool isKnown);
        if (isKnown && now - known.At <= decision.AffinityTimeoutNs && PlaceOf(decision.Endpoints, known) is >= 0 and int place)
        {
            (known.Place, known.At) = (place, now);
            return new Choice(place, true, Topology.None);
        }
        Choice choice = Balance(node, decision, packet, now, stream);
        (known.Place, known.At) = (choice.Endpoint, now);
        if (_endpointsChange)
            known.Endpoint = NumberOf(decision.Endpoints[choice.Endpoint]);
        return choice;
    }

    // A virtual server with persistence (ip_vs_core.c, ip_vs_sched_persist). The connection has a lease, since the template that controls it
    // must know its end, and the scheduler counts it as any other.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private Choice Persist(int node, in Decision decision, in Packet packet, int client, long now, RandomStream stream)
    {
        ref IpvsTemplate? template = ref CollectionsMarshal.GetValueRefOrAddDefault(_templates, (node, decision.AffinityKey, client), out _);
        Choice choice;
        if (template is not null && template.IsAlive(now) && PlaceOf(decision.Endpoints, template.Server) is >= 0 and int place)
        {
            IpvsScheduler? counting = CountsConnections ? SchedulerOf(node, decision.AffinityKey, now) : null;
            counting?.Opened(decision.Endpoints[place]);
            choice = new Choice(place, true, Lease(counting, decision.Endpoints[place]));
        }
        else
        {
            choice = Balance(node, decision, packet, now, stream);
            EndpointEntry chosen = decision.Endpoints[choice.Endpoint];
            template = new IpvsTemplate(new Remembered { Place = choice.Endpoint, Endpoint = NumberOf(chosen) }, decision.AffinityTimeoutNs);
            if (choice.Lease < 0)
                choice = choice with { Lease = Lease(null, chosen) };
        }
        template.Opened(now);
        _leases[choice.Lease] = _leases[choice.Lease] with { Template = template };
        return choice;
    }

    /// <summary>Ends the connection that this lease was given for; -1 is none.</summary>
    /// <param name="lease">The lease.</param>
    /// <param name="now">Simulated time [ns].</param>
    public void Close(int lease, long now)
    {
        if (lease < 0)
            return;
        (IpvsScheduler? scheduler, EndpointEntry endpoint, IpvsTemplate? template) = _leases[lease];
        scheduler?.Closed(endpoint, now);
        template?.Closed(now);
        _freeLeases.Push(lease);
    }

    private int Lease(IpvsScheduler? scheduler, EndpointEntry endpoint)
    {
        int lease = _freeLeases.Count > 0 ? _freeLeases.Pop() : _leases.Count;
        if (lease == _leases.Count)
            _leases.Add(default);
        _leases[lease] = (scheduler, endpoint, null);
        return lease;
    }

    private IpvsScheduler SchedulerOf(int node, int key, long now)
    {
        ref IpvsScheduler? known = ref CollectionsMarshal.GetValueRefOrAddDefault(_schedulers, (node, key), out _);
        IpvsScheduler scheduler = known ??= IpvsScheduler.Create(_scheduler!);
        scheduler.Forget(now);
        return scheduler;
    }

    // rr with equal weights (ip_vs_rr.c): each in turn, from the first. RoundRobinScheduler is the same for real servers that change.
    private Choice TakeTurn(int node, in Decision decision)
    {
        ref int next = ref _turns.At(node, decision.AffinityKey, 0, out _);
        int place = next < decision.Endpoints.Count ? next : 0;
        next = place + 1;
        return new Choice(place, false, Topology.None);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Choice Schedule(int node, in Decision decision, in Packet packet, long now, RandomStream stream)
    {
        IpvsScheduler scheduler = SchedulerOf(node, decision.AffinityKey, now);
        int place = scheduler.Pick(decision.Endpoints, _scheduler == "mh" ? packet with { SourcePort = EphemeralPort(stream) } : packet);
        if (!CountsConnections)
            return new Choice(place, false, Topology.None);
        scheduler.Opened(decision.Endpoints[place]);
        return new Choice(place, false, Lease(scheduler, decision.Endpoints[place]));
    }

    // Clients take ports of net.ipv4.ip_local_port_range at random (Linux: 32768 to 60999); only Maglev hashing uses them.
    private static int EphemeralPort(RandomStream stream) => 32_768 + stream.NextInt(28_232);

    // The place is mostly the same as before.
    private int PlaceOf(in EndpointSet endpoints, in Remembered known)
    {
        if (known.Place < endpoints.Count && (!_endpointsChange || NumberOf(endpoints[known.Place]) == known.Endpoint))
            return known.Place;
        for (int place = 0; place < endpoints.Count; place++)
            if (NumberOf(endpoints[place]) == known.Endpoint)
                return place;
        return Topology.None;
    }

    private int NumberOf(in EndpointEntry endpoint) => NumberIn(_endpoints, (endpoint.Address, endpoint.Port));

    private static int NumberIn<TKey>(Dictionary<TKey, int> numbers, TKey key)
        where TKey : notnull
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, key, out bool isKnown);
        if (!isKnown)
            number = numbers.Count;
        return number;
    }
}

/// <summary>
/// Where a client was sent. Numbers instead of addresses keep this small: there is one for each client and Service. The endpoint matters only
/// where endpoints change.
/// </summary>
internal struct Remembered
{
    public int Place;
    public int Endpoint;
    public long At;
}

/// <summary>The endpoint chosen for a connection.</summary>
/// <param name="Endpoint">Index into the decision's endpoints.</param>
/// <param name="ByAffinity">Whether the client went back to where it was before.</param>
/// <param name="Lease">What to give back when the connection ends; -1 for nothing.</param>
internal readonly record struct Choice(int Endpoint, bool ByAffinity, int Lease);
