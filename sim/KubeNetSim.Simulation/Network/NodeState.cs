namespace KubeNetSim.Simulation.Network;

/// <summary>
/// The state of a node in a run: its programmed rules, and the cores that process packets. A core is busy for all
/// packets of a request; the request itself waits for a core and then for the processing of its own packet.
/// </summary>
internal sealed class NodeState(Node node, NodeSnapshot snapshot, BackendCosts costs, int packetCores)
{
    private readonly Station _cores = new(packetCores, null);
    private readonly long _newConnectionNs = (long)costs.NewConnectionNs;
    private readonly long _establishedNs = (long)costs.EstablishedPacketNs;
    private long _ruleNs;
    private long _newConnections;
    private long _rulesEvaluated;

    private NodeSnapshot _snapshot = snapshot;
    private Work _passing;
    private long _passingNs;

    /// <summary>Cores that handle packets.</summary>
    public int PacketCores { get; } = packetCores;

    /// <summary>Time of its cores that packets have taken or will take so far [ns].</summary>
    public long BusyNs => _cores.BusyNs;

    /// <summary>The part of it that went into rules [ns].</summary>
    public long RuleNs => _ruleNs;

    /// <summary>Packets' visits so far.</summary>
    public long Visits => _cores.Entered;

    /// <summary>Name of the node.</summary>
    public string Name => node.Meta.Name;

    /// <summary>What the node has programmed now; a proxy's sync replaces it.</summary>
    public NodeSnapshot Snapshot
    {
        get => _snapshot;
        set
        {
            _snapshot = value;
            KnowsPassing = false;
        }
    }

    /// <summary>
    /// The work of its rules for a packet that another node has already translated to one of its pods. It is equal for all such packets, so
    /// that it is evaluated once for each sync.
    /// </summary>
    public Work AskForPassing(in Packet packet)
    {
        if (KnowsPassing)
            return _passing;
        Decision decision = _snapshot.Decide(packet);
        _passing = _snapshot.WorkOf(decision, Topology.None);
        _passingNs = _passing.CostNs(costs);
        KnowsPassing = decision.Verdict == Verdict.PassThrough;
        return _passing;
    }

    /// <summary>The same, where it is already known.</summary>
    public Work WorkOfPassing => _passing;

    /// <summary>Whether <see cref="WorkOfPassing"/> is known.</summary>
    public bool KnowsPassing { get; private set; }

    /// <summary>Processes the first packet of a connection. The cores are reserved for its later packets, too.</summary>
    /// <param name="now">When it arrives [ns].</param>
    /// <param name="work">What the rules did with it.</param>
    /// <param name="laterPackets">Packets of the connection besides the first, both ways.</param>
    /// <returns>What it took.</returns>
    public Passage Open(long now, Work work, int laterPackets) => Open(now, work, work.CostNs(costs), laterPackets);

    /// <summary>The same for a packet that another node has already translated to one of its pods.</summary>
    /// <inheritdoc cref="Open(long, Work, int)"/>
    public Passage OpenPassing(long now, int laterPackets) => Open(now, WorkOfPassing, _passingNs, laterPackets);

    private Passage Open(long now, Work work, long cost, int laterPackets)
    {
        long rules = cost - _newConnectionNs;
        _cores.TryEnter(now, cost + (laterPackets * _establishedNs), out long start, out _);
        _newConnections++;
        _rulesEvaluated += work.DispatchRules + work.EndpointRules;
        _ruleNs += rules;
        return new Passage(start - now + cost, rules);
    }

    /// <summary>
    /// Processes a packet of an open connection. The cores are reserved for the other packets of its request and response, too.
    /// </summary>
    /// <param name="now">When it arrives [ns].</param>
    /// <param name="packets">Packets of request and response.</param>
    /// <returns>Waiting for a core, hooks and conntrack [ns].</returns>
    public long Pass(long now, int packets)
    {
        _cores.TryEnter(now, packets * _establishedNs, out long start, out _);
        return start - now + _establishedNs;
    }

    /// <summary>Ends the statistics at <paramref name="end"/> [ns].</summary>
    /// <exception cref="SimulationException">Little's law does not hold.</exception>
    public NodeRecord Finish(long end)
    {
        StationSummary cores = _cores.Finish();
        double capacity = Math.Max(1.0, (double)end * PacketCores);
        return new NodeRecord(
            node.Meta.Name, node.Zone, _newConnections, _rulesEvaluated, Math.Min(1, cores.BusyNs / capacity), _ruleNs / capacity);
    }
}

/// <summary>How long a packet took through a node. Two fields, so that it is returned in registers.</summary>
/// <param name="TotalNs">Waiting for a packet core, evaluating rules, hooks and conntrack [ns].</param>
/// <param name="RulesNs">Evaluating rules [ns].</param>
internal readonly record struct Passage(long TotalNs, long RulesNs);
