using System.Collections.Immutable;
using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Requests;

/// <summary>The state of one replication.</summary>
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
        Router = new Router(prepared.LoadBalancers, Topology, Backends, new ListeningPorts(prepared.Cluster, scenario.Backends), Nodes);
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

    public PodKills Kills { get; } = new();

    /// <summary>Endpoints were published at <paramref name="now"/> [ns].</summary>
    public void FollowEndpoints(Cluster cluster, long now)
    {
        foreach (BackendPresence presence in Presence)
            presence.Follow(cluster, now);
    }

    /// <summary>Routers' pods learn of changed endpoints.</summary>
    public void UpdateEndpoints(Cluster cluster)
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

    /// <summary>
    /// The packet as it comes to its backend's node, addressed to the backend. No rule is about a port of a pod, so it may be any.
    /// </summary>
    public Packet PacketTo(in Flight flight, WorkloadState workload)
    {
        Destination destination = Destinations[flight.Destination];
        IpAddress backend = Backends.AddressOf(flight.Backend, destination.Address.Family);
        return new Packet(workload.Sources[flight.Source].Address, backend, destination.Protocol, 0, 0, PacketSource.External);
    }
}
