using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Requests;

/// <summary>Everything of one replication that changes while time runs.</summary>
internal sealed class RunState
{
    /// <param name="prepared">What runs.</param>
    /// <param name="replication">Which replication.</param>
    /// <param name="isPilot">Whether it runs only to see when it settles.</param>
    public RunState(PreparedScenario prepared, int replication, bool isPilot = false)
    {
        Scenario scenario = prepared.Scenario;
        Prepared = prepared;
        Topology = scenario.Timeline.IsEmpty ? prepared.Topology : prepared.Topology.Copy();
        Nodes = new NodeState[prepared.Cluster.Nodes.Length];
        for (int node = 0; node < Nodes.Length; node++)
            Nodes[node] = new NodeState(
                prepared.Cluster.Nodes[node], prepared.SnapshotOf(node, replication, sync: 0), prepared.Costs, scenario.Network.PacketCores);
        Backends = new BackendTable(prepared.Cluster, prepared.Servings, prepared.OutsideNames, Topology);
        Router = new Router(prepared.LoadBalancers, Topology, Backends, new ListeningPorts(prepared.Cluster, scenario.Backends));
        Balancing = new Balancing(prepared.Scheduler, endpointsChange: !scenario.Timeline.IsEmpty);
        Destinations = new DestinationTable();
        Names = new NameTable(prepared, Destinations);
        Workloads = [.. WorkloadsOf(prepared, replication, isPilot)];
        Clients = Workloads[..prepared.Workloads.Length];
        Presence = scenario.Timeline.IsEmpty ? [] : [.. Clients.Select(client => new BackendPresence(client.Prepared.Ports, Topology, prepared.WarmupNs))];
        FollowEndpoints(prepared.Cluster, 0);
    }

    public PreparedScenario Prepared { get; }

    public Topology Topology { get; }

    public NodeState[] Nodes { get; }

    /// <summary>The workloads of the scenario, then the calls that routers make for them.</summary>
    public WorkloadState[] Workloads { get; }

    /// <summary>The workloads of the scenario.</summary>
    public WorkloadState[] Clients { get; }

    /// <summary>How long pods were endpoints of each client workload's target; empty where pods do not change.</summary>
    public ImmutableArray<BackendPresence> Presence { get; }

    public BackendTable Backends { get; }

    public Router Router { get; }

    public Balancing Balancing { get; }

    public DestinationTable Destinations { get; }

    public NameTable Names { get; }

    /// <summary>Endpoints were published at <paramref name="now"/> [ns].</summary>
    public void FollowEndpoints(Cluster cluster, long now)
    {
        foreach (BackendPresence presence in Presence)
            presence.Follow(cluster, now);
    }

    /// <summary>Routers' pods have heard of changed endpoints.</summary>
    public void Follow(Cluster cluster)
    {
        foreach (WorkloadState workload in Workloads)
            if (workload.Prepared.Watches is { } watched)
                workload.Retarget([.. watched.EndpointsIn(cluster).Select(Destinations.Number)]);
    }

    private List<WorkloadState> WorkloadsOf(PreparedScenario prepared, int replication, bool isPilot)
    {
        List<WorkloadState> workloads = [];
        int next = prepared.Workloads.Length;
        foreach (PreparedWorkload workload in prepared.Workloads)
        {
            workloads.Add(new WorkloadState(workload, this, replication)
            {
                Settling = isPilot ? new SettlingSeries(prepared.Scenario.Run.DurationNs) : null,
                FirstCall = next,
            });
            next += workload.Relaying?.Calls.Length ?? 0;
        }
        foreach (WorkloadState client in workloads.ToArray())
            foreach (PreparedWorkload call in client.Prepared.Relaying?.Calls ?? [])
                workloads.Add(new WorkloadState(call, this, replication, client));
        return workloads;
    }

    /// <summary>The packet as it meets the rules of the node that it is at.</summary>
    public void PacketAt(in Flight flight, WorkloadState workload, out Packet packet)
    {
        ref readonly Source source = ref workload.Sources[flight.Source];
        ref readonly Destination destination = ref Destinations[flight.Destination];
        Unsafe.SkipInit(out packet);
        packet.Source = source.Address;
        packet.Destination = destination.Address;
        packet.DestinationPort = destination.Port;
        packet.Protocol = destination.Protocol;
        packet.SourcePort = 0;
        packet.From = flight.Stops == 0 && source.Node == flight.Node ? source.From : PacketSource.External;
        if (flight.Retargeted)
            (packet.Destination, packet.DestinationPort) = Router[flight.Listener].DestinationAt(flight.Node);
    }

    /// <summary>Where the node's rules send it.</summary>
    public void Decide(in Flight flight, in Packet packet, out Decision decision)
    {
        NodeSnapshot snapshot = Nodes[flight.Node].Snapshot;
        if (flight.Retargeted)
            snapshot.Decide(packet, out decision);
        else
            snapshot.Decide(packet, ref Destinations.MemoryOf(flight.Destination), out decision);
    }

    /// <summary>The packet as it comes to its backend's node, addressed to the backend. No rule is about a port of a pod, so it may be any.</summary>
    public Packet PacketTo(in Flight flight, WorkloadState workload)
    {
        Destination destination = Destinations[flight.Destination];
        IpAddress backend = Backends.AddressOf(flight.Backend, destination.Address.Family);
        return new Packet(workload.Sources[flight.Source].Address, backend, destination.Protocol, 0, 0, PacketSource.External);
    }
}

/// <summary>Numbers for destinations, so that a request in flight can carry one.</summary>
internal sealed class DestinationTable
{
    // As many as lie on two lines of the cache.
    private const int MostForeseen = 16;

    private readonly Dictionary<Destination, int> _numbers = [];
    private Entry[] _entries = new Entry[4];

    public ref readonly Destination this[int number] => ref _entries[number].Destination;

    /// <summary>What proxies found for it.</summary>
    public ref FrontendMemory MemoryOf(int number) => ref _entries[number].Memory;

    /// <summary>A packet will go there a little later: fetches what is known of it.</summary>
    public void Foresee(int number) => Cache.FetchAll(in _entries[number]);

    /// <summary>A packet will go there next: fetches where its endpoints are, unless they are so many that most would be fetched in vain.</summary>
    public void ForeseeEndpoints(int number)
    {
        ReadOnlySpan<EndpointPlace> places = _entries[number].Memory.Endpoints.Places;
        if (places.Length is 0 or > MostForeseen)
            return;
        Cache.Fetch(in places[0]);
        Cache.Fetch(in places[^1]);
    }

    /// <summary>Notes by which key nodes remember clients of a destination, to fetch that early next time.</summary>
    public void Note(int number, int key) => _entries[number].KeyAndOne = key + 1;

    /// <summary>That key; null where none was noted.</summary>
    public int? NotedOf(int number) => _entries[number].KeyAndOne is > 0 and int key ? key - 1 : null;

    /// <summary>The number of a destination; a new one gets the next.</summary>
    public int Number(Destination destination)
    {
        if (!_numbers.TryGetValue(destination, out int number))
        {
            _numbers.Add(destination, number = _numbers.Count);
            if (number == _entries.Length)
                Array.Resize(ref _entries, number * 2);
            _entries[number].Destination = destination;
        }
        return number;
    }

    private struct Entry
    {
        public Destination Destination;
        public FrontendMemory Memory;
        public int KeyAndOne;
    }
}
