using System.Collections.Immutable;
using HdrHistogram;

namespace KubeNetSim.Simulation.Requests;

/// <summary>What a client sees when a request does not succeed.</summary>
internal enum Failure : byte
{
    Refused,
    Dropped,
    TimedOut,
    Overflowed,
    Unresolved,
}

/// <summary>Counts one workload of one replication while it runs.</summary>
internal sealed class WorkloadMeasurement(BackendTable backends, long halfTime, long loadBalancerNs)
{
    /// <summary>The longest latency that the histogram resolves: an hour.</summary>
    private const long LongestNs = 3_600L * 1_000_000_000;

    private readonly LongHistogram _latency = new(LongestNs, 3);
    private readonly long[] _failures = new long[Enum.GetValues<Failure>().Length];
    private readonly Dictionary<int, long> _others = [];
    private readonly HashSet<int> _failedAt = [];
    private readonly long[] _byHops = new long[Legs.MostBetweenMachines + 1];
    private long[] _pods = [];
    private Int128 _sum;
    private Int128 _sumInFirstHalf;
    private long _succeededInFirstHalf;
    private StageTimes _stages = new(0, 0, 0, 0, 0, 0, 0);

    // Since they were folded into the sums above: these fit a register.
    private long _newSum;
    private long _newSumInFirstHalf;
    private long _dns;
    private long _connect;
    private long _balancerPasses;
    private long _rules;
    private long _network;
    private long _queue;
    private long _service;
    private long _crossedNodes;
    private long _crossedZones;
    private long _addressKept;

    /// <summary>The nodes whose packet cores its connections have met, those of its look-ups and of routers' calls for it among them.</summary>
    public NumberSet Nodes { get; } = new();

    /// <summary>The pods of CoreDNS and of routers that have worked on its requests.</summary>
    public NumberSet Intermediaries { get; } = new();

    public long Succeeded { get; private set; }

    public long Failed => _failures.Sum();

    public long CrossZoneBytes { get; private set; }

    public long EgressBytes { get; private set; }

    public long LoadBalancerBytes { get; private set; }

    public long Connections { get; set; }

    public long RulesEvaluated { get; set; }

    public long DnsQueries { get; set; }

    /// <summary>A request got its answer at <paramref name="latency"/> ns after it started.</summary>
    public void Succeed(in Flight flight, long latency, long queue, long service)
    {
        Succeeded++;
        _latency.RecordValue(Math.Min(latency, LongestNs));
        _newSum += latency;
        if (flight.StartedAt < halfTime)
        {
            _succeededInFirstHalf++;
            _newSumInFirstHalf += latency;
        }
        _dns += flight.DnsNs;
        _connect += flight.ConnectNs;
        _balancerPasses += flight.BalancerPasses;
        _rules += flight.RulesNs;
        _network += flight.NetworkNs;
        _queue += queue;
        _service += service;
        Legs legs = flight.Legs;
        _byHops[legs.BetweenMachines]++;
        int zones = legs.Count(Distance.CrossZone) + legs.Count(Distance.CrossRegion);
        if (flight.CrossedNodes)
            _crossedNodes++;
        if (zones > 0)
            _crossedZones++;
        if (!flight.Masqueraded)
            _addressKept++;
        Count(flight.Backend);
        // No stage takes longer than the request, so none has come nearer to the end of its range.
        if (_newSum > long.MaxValue / 2)
            Fold();
    }

    private void Fold()
    {
        _sum += _newSum;
        _sumInFirstHalf += _newSumInFirstHalf;
        _stages = new StageTimes(
            _stages.Dns + _dns, _stages.Connect + _connect, _stages.LoadBalancer + (_balancerPasses * loadBalancerNs), _stages.Rules + _rules,
            _stages.Network + _network, _stages.Queue + _queue, _stages.Service + _service);
        _newSum = _newSumInFirstHalf = _dns = _connect = _balancerPasses = _rules = _network = _queue = _service = 0;
    }

    /// <summary>Whether a request of it entered that backend: it was answered there, timed out there, or found the queue full.</summary>
    public bool HasReached(int backend) => _failedAt.Contains(backend) || HasAnswerOf(backend);

    private bool HasAnswerOf(int backend) =>
        backend < BackendTable.FirstOther ? backend < _pods.Length && _pods[backend] > 0 : _others.ContainsKey(backend);

    // Pods by their number, and what is no pod in a dictionary: it may be anything.
    private void Count(int backend)
    {
        if (backend < _pods.Length)
            _pods[backend]++;
        else if (backend < BackendTable.FirstOther)
        {
            Array.Resize(ref _pods, backends.PodCount);
            _pods[backend]++;
        }
        else
            System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_others, backend, out _)++;
    }

    /// <summary>A backend will probably answer soon.</summary>
    public void Prefetch(int backend)
    {
        if (backend < _pods.Length)
            Cache.Fetch(in _pods[backend]);
    }

    /// <summary>A request failed.</summary>
    public void Fail(Failure failure) => _failures[(int)failure]++;

    /// <summary>An attempt timed out at a backend, or found its queue full.</summary>
    public void FailAt(int backend) => _failedAt.Add(backend);

    /// <summary>A request and its response went over the network, whether or not it succeeds.</summary>
    public void CountBytes(in Flight flight, Workload spec, bool isFromInside)
    {
        long bytes = spec.RequestBytes + spec.ResponseBytes;
        Legs legs = flight.Legs;
        CrossZoneBytes += bytes * legs.Count(Distance.CrossZone);
        if (flight.ViaLoadBalancer)
            LoadBalancerBytes += bytes;
        if (legs.Count(Distance.Internet) > 0)
            EgressBytes += isFromInside ? spec.RequestBytes : spec.ResponseBytes;
    }

    /// <summary>The finished record; backends that could have been chosen are in it, in pod order, or counted where they are very many.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="presence">When each pod was a ready endpoint; null where pods do not change.</param>
    public WorkloadRecord ToRecord(PreparedWorkload workload, IReadOnlyDictionary<int, PodPresence>? presence = null)
    {
        Fold();
        FailureCounts failed = new(
            _failures[(int)Failure.Refused], _failures[(int)Failure.Dropped], _failures[(int)Failure.TimedOut],
            _failures[(int)Failure.Overflowed], _failures[(int)Failure.Unresolved]);
        return new WorkloadRecord
        {
            Name = workload.Spec.Name,
            From = workload.FromText,
            To = workload.ToText,
            PathHops = workload.Path,
            Requests = Succeeded + failed.Total,
            Succeeded = Succeeded,
            Failed = failed,
            LatencyNs = _latency,
            LatencySumNs = _sum,
            SucceededInFirstHalf = _succeededInFirstHalf,
            LatencySumInFirstHalfNs = _sumInFirstHalf,
            StageSumsNs = _stages,
            Hops = _byHops.Select((requests, hops) => requests * hops).Sum(),
            RequestsByHops = [.. _byHops[..(Array.FindLastIndex(_byHops, requests => requests > 0) + 1)]],
            CrossedNodes = _crossedNodes,
            CrossedZones = _crossedZones,
            CrossZoneBytes = CrossZoneBytes,
            InternetEgressBytes = EgressBytes,
            LoadBalancerBytes = LoadBalancerBytes,
            ClientAddressKept = _addressKept,
            Connections = Connections,
            RulesEvaluated = RulesEvaluated,
            DnsQueries = DnsQueries,
            Backends = Loads(workload, presence),
            PossibleBackends = Math.Max(workload.PossibleBackendCount, presence?.Count ?? 0),
        };
    }

    private ImmutableArray<BackendRecord> Loads(PreparedWorkload workload, IReadOnlyDictionary<int, PodPresence>? presence)
    {
        IEnumerable<int> present = presence is { Count: <= PreparedWorkload.MostListedBackends } ? presence.Keys : [];
        IEnumerable<int> pods = Enumerable.Range(0, _pods.Length).Where(pod => _pods[pod] > 0).Union(workload.PossibleBackends).Union(present).Order();
        return
        [
            .. pods.Select(pod => backends.Record(pod, pod < _pods.Length ? _pods[pod] : 0) with
            {
                PresentShare = presence?.GetValueOrDefault(pod).Time,
                EvenShare = presence?.GetValueOrDefault(pod).Even,
            }),
            .. _others.OrderBy(load => load.Key).Select(load => backends.Record(load.Key, load.Value)),
        ];
    }
}
