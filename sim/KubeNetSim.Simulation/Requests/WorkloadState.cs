namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// The state of one workload: its random streams, connections, known names and measurements. Each kind of decision draws
/// from a stream of its own, so that a change elsewhere in the scenario leaves its draws as they were.
/// </summary>
internal sealed class WorkloadState
{
    /// <summary>
    /// Bytes of payload in one TCP segment on Ethernet: 1500 less 20 of IPv4, 20 of TCP, 12 of timestamps (RFC 9293, RFC 7323).
    /// </summary>
    private const long SegmentBytes = 1_448;

    /// <summary>Packets of a TCP connection besides the first one and the payload: SYN-ACK, ACK, and FIN, FIN-ACK, ACK at its end.</summary>
    public const int HandshakePackets = 5;

    /// <summary>
    /// Packets of a TLS 1.3 handshake: one flight in each direction, the server's certificate filling three segments (RFC 8446 section
    /// 2).
    /// </summary>
    private const int TlsPackets = 4;

    private int[] _destinations;
    private (int[] Destinations, long Until)[] _knownNames;

    /// <param name="prepared">The workload.</param>
    /// <param name="state">The replication that it belongs to.</param>
    /// <param name="replication">Which replication that is.</param>
    /// <param name="client">The workload that calls are made for, and counted with; null for clients' own.</param>
    public WorkloadState(PreparedWorkload prepared, RunState state, int replication, WorkloadState? client = null)
    {
        _destinations = [.. prepared.Destinations.Select(state.Destinations.Number)];
        Workload spec = prepared.Spec;
        NetworkProfile network = state.Prepared.Scenario.Network;
        ulong seed = state.Prepared.Scenario.Run.Seed;
        Prepared = prepared;
        Measurement = client?.Measurement ?? new WorkloadMeasurement(state.Backends, (state.Prepared.WarmupNs + state.Prepared.Scenario.Run.DurationNs) / 2, network.LoadBalancerLatencyNs);
        Series = client?.Series ?? new WorkloadSeriesState(state.Prepared.IntervalNs, state.Prepared.Intervals);
        RandomStream Stream(string purpose) => RandomStream.Create(seed, replication, $"workload/{spec.Name}", purpose);
        ArrivalStream = Stream("arrivals");
        ClientStream = Stream("client");
        NetworkStream = Stream("network");
        BalanceStream = Stream("balance");
        ServiceStream = Stream("service");
        NameStream = Stream("names");
        Times = new LegTimes(network, spec.RequestBytes, spec.ResponseBytes);
        IsTls = spec.To is WorkloadTarget.Url { IsTls: true };
        IsTcp = spec.To is not WorkloadTarget.Url url || url.Protocol == Protocol.TCP;
        Packets = (int)(Segments(spec.RequestBytes) + Segments(spec.ResponseBytes));
        LaterPackets = IsTcp ? Packets + HandshakePackets + (IsTls ? TlsPackets : 0) : Packets - 1;
        Pool = spec.Connections.Reuse == ConnectionReuse.None ? null : new ConnectionPool(spec.Connections, state.Balancing, state.Backends, !state.Prepared.Scenario.Timeline.IsEmpty);
        Arrivals = ArrivalsOf(spec.Arrivals);
        ThinkTime = spec.Arrivals is ArrivalSpec.ClosedLoop loop ? Serving.DurationOf(loop.ThinkTime) : null;
        DrawsAhead = state.Prepared.Scenario.Timeline.IsEmpty && !prepared.NeedsName;
        Sources = new SourceTable(prepared.Sources, state.Balancing);
        _knownNames = [];
    }

    public PreparedWorkload Prepared { get; }

    public Workload Spec => Prepared.Spec;

    /// <summary>Who sends.</summary>
    public SourceTable Sources { get; }

    public RandomStream ArrivalStream { get; }

    public RandomStream ClientStream { get; }

    public RandomStream NetworkStream { get; }

    public RandomStream BalanceStream { get; }

    public RandomStream ServiceStream { get; }

    /// <summary>Draws which DNS queries are lost.</summary>
    public RandomStream NameStream { get; }

    public LegTimes Times { get; }

    public bool IsTcp { get; }

    public bool IsTls { get; }

    /// <summary>Round trips before the request can be sent: 1 for TCP, one more for TLS 1.3, none for UDP.</summary>
    public int HandshakeTrips => IsTcp ? IsTls ? 2 : 1 : 0;

    /// <summary>Packets of a request and its response.</summary>
    public int Packets { get; }

    /// <summary>Packets of a connection for one request, besides its first.</summary>
    public int LaterPackets { get; }

    /// <summary>Connections that outlive a request; null where every request opens its own.</summary>
    public ConnectionPool? Pool { get; }

    /// <summary>When requests start; null in a closed loop.</summary>
    public ArrivalProcess? Arrivals { get; }

    /// <summary>How long users think; null in an open loop.</summary>
    public Distribution? ThinkTime { get; }

    /// <summary>Whether the arrival of a response needs an event.</summary>
    public bool AwaitsResponses => Pool is not null || ThinkTime is not null;

    public WorkloadMeasurement Measurement { get; }

    public WorkloadSeriesState Series { get; }

    /// <summary>Mean latency by the time of the start, to find the end of the warm-up; null in other runs.</summary>
    public SettlingSeries? Settling { get; init; }

    /// <summary>Requests that started, those of the warm-up included.</summary>
    public long Started { get; set; }

    /// <summary>Requests that ended, with an answer or a failure.</summary>
    public long Ended { get; set; }

    /// <summary>
    /// Whether who sends the next request and where it goes is drawn when it is scheduled, so that what it will need can be fetched
    /// meanwhile. Not
    /// where pods come and go, or a name must be looked up.
    /// </summary>
    public bool DrawsAhead { get; }

    /// <summary>Draws the sender and the target of a request; false where there is no sender.</summary>
    public bool TryDraw(ref Flight flight)
    {
        if (!Sources.TryPick(ClientStream, out flight.Source))
            return false;
        flight.Destination = PickDestination();
        return true;
    }

    /// <summary>Where the next request goes, each destination with equal probability; -1 where a name must be looked up first.</summary>
    public int PickDestination() => _destinations.Length switch
    {
        0 => Topology.None,
        1 => _destinations[0],
        _ => _destinations[ClientStream.NextInt(_destinations.Length)],
    };

    /// <summary>The number of the first call that routers make for it, among the run's workloads.</summary>
    public int FirstCall { get; init; }

    /// <summary>Whether no endpoint is ready.</summary>
    public bool HasNoDestination => _destinations.Length == 0;

    /// <summary>A router's pods have received other endpoints.</summary>
    public void Retarget(int[] destinations) => _destinations = destinations;

    /// <summary>Whether this client has an answer to the name at <paramref name="now"/>.</summary>
    public bool KnowsName(int source, long now) => source < _knownNames.Length && now < _knownNames[source].Until;

    /// <summary>This client keeps the addresses that it was given, or that there are none, until <paramref name="expiry"/> [ns].</summary>
    public void LearnName(int source, int[] destinations, long expiry)
    {
        if (source >= _knownNames.Length)
            Array.Resize(ref _knownNames, Sources.Count);
        _knownNames[source] = (destinations, expiry);
    }

    /// <summary>One of the addresses that this client keeps; false where it was told that there is none.</summary>
    public bool TryPickKnown(int source, out int destination)
    {
        int[] destinations = _knownNames[source].Destinations;
        destination = destinations.Length == 0 ? Topology.None : PickOf(destinations);
        return destination >= 0;
    }

    /// <summary>One of some addresses, any alike (CoreDNS shuffles its answers, plugin loadbalance).</summary>
    public int PickOf(int[] destinations) =>
        destinations.Length == 1 ? destinations[0] : destinations[ClientStream.NextInt(destinations.Length)];

    /// <summary>Look-ups that it began, where each begins with the next server.</summary>
    public int Lookups { get; set; }

    private static long Segments(long bytes) => Math.Max(1, (bytes + SegmentBytes - 1) / SegmentBytes);

    private static ArrivalProcess? ArrivalsOf(ArrivalSpec spec) => spec switch
    {
        ArrivalSpec.Constant constant => ArrivalProcess.Constant(constant.RatePerSecond),
        ArrivalSpec.Poisson poisson => ArrivalProcess.Poisson(poisson.RatePerSecond),
        ArrivalSpec.Bursts bursts => ArrivalProcess.Bursts(bursts.OnRatePerSecond, bursts.OffRatePerSecond, bursts.MeanOnNs, bursts.MeanOffNs),
        ArrivalSpec.Ramp ramp => ArrivalProcess.Ramp(ramp.FromPerSecond, ramp.ToPerSecond, ramp.OverNs),
        ArrivalSpec.Recorded recorded => ArrivalProcess.Recorded(recorded.TimesNs, recorded.Repeat),
        ArrivalSpec.ClosedLoop => null,
        _ => throw new System.Diagnostics.UnreachableException($"arrivals {spec}"),
    };
}
