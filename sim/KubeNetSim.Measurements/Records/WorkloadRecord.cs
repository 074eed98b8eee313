using System.Collections.Immutable;
using System.Text.Json.Serialization;
using HdrHistogram;

namespace KubeNetSim.Measurements.Records;

/// <summary>What one replication measured of one workload. Sums are exact; means are theirs to make.</summary>
public sealed record WorkloadRecord
{
    /// <summary>Name in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Who sends, in words.</summary>
    public required string From { get; init; }

    /// <summary>Where to, in words.</summary>
    public required string To { get; init; }

    /// <summary>The path of its requests, hop by hop.</summary>
    public required ImmutableArray<PathHop> PathHops { get; init; }

    /// <summary>Requests measured; each succeeded or failed.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that got their answer.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Requests that did not, by what happened to them.</summary>
    public required FailureCounts Failed { get; init; }

    /// <summary>Latency of the requests that succeeded [ns]: three significant digits, 1 ns to one hour.</summary>
    public required LongHistogram LatencyNs { get; init; }

    /// <summary>Exact sum of the latencies of the requests that succeeded [ns].</summary>
    public required Int128 LatencySumNs { get; init; }

    /// <summary>Requests that succeeded of those that started in the first half of the measured time.</summary>
    public long SucceededInFirstHalf { get; init; }

    /// <summary>Exact sum of their latencies [ns].</summary>
    public Int128 LatencySumInFirstHalfNs { get; init; }

    /// <summary>Where that time went; the stages add up to <see cref="LatencySumNs"/> exactly.</summary>
    public required StageTimes StageSumsNs { get; init; }

    /// <summary>Sum over the successful requests of the hops that the request took (a machine to the next one, or to a pod on the same).</summary>
    public required long Hops { get; init; }

    /// <summary>Successful requests by the number of hops that they took: those with none first.</summary>
    public ImmutableArray<long> RequestsByHops { get; init; } = [];

    /// <summary>Successful requests that crossed from one node to another inside the cluster.</summary>
    public required long CrossedNodes { get; init; }

    /// <summary>Successful requests that crossed from one zone to another inside the cluster.</summary>
    public required long CrossedZones { get; init; }

    /// <summary>Bytes, both ways, that crossed a zone border inside the cluster, once for each crossing.</summary>
    public required long CrossZoneBytes { get; init; }

    /// <summary>Bytes that left the cluster for the internet.</summary>
    public required long InternetEgressBytes { get; init; }

    /// <summary>Bytes, both ways, that a cloud load balancer handled.</summary>
    public required long LoadBalancerBytes { get; init; }

    /// <summary>Successful requests whose backend saw the client's own address.</summary>
    public required long ClientAddressKept { get; init; }

    /// <summary>Connections opened.</summary>
    public required long Connections { get; init; }

    /// <summary>Rules compared, on all nodes of the way, to open these connections.</summary>
    public required long RulesEvaluated { get; init; }

    /// <summary>DNS queries sent.</summary>
    public required long DnsQueries { get; init; }

    /// <summary>Requests that each backend answered, in pod order; backends that could have been chosen and were not show 0, unless they are very many.</summary>
    public required ImmutableArray<BackendRecord> Backends { get; init; }

    /// <summary>How many pods could have been chosen when the run began; 0 where no pods answer.</summary>
    public int PossibleBackends { get; init; }
}

/// <summary>Requests by what made them fail.</summary>
/// <param name="Refused">Connection refused: no endpoint at all, or nobody listens.</param>
/// <param name="Dropped">Packets dropped without an answer: a Local policy without local endpoint, a source range; the client timed out.</param>
/// <param name="TimedOut">The client gave up waiting.</param>
/// <param name="Overflowed">The backend's queue was full.</param>
/// <param name="Unresolved">The name could not be resolved, or has no address yet.</param>
public sealed record FailureCounts(long Refused, long Dropped, long TimedOut, long Overflowed, long Unresolved)
{
    /// <summary>All failures.</summary>
    public long Total => Refused + Dropped + TimedOut + Overflowed + Unresolved;
}

/// <summary>Time by stage [ns].</summary>
/// <param name="Dns">Looking the name up.</param>
/// <param name="Connect">Handshakes: TCP, and TLS for https.</param>
/// <param name="LoadBalancer">In a load balancer outside the cluster.</param>
/// <param name="Rules">Evaluating rules and waiting for the node's packet budget to do so.</param>
/// <param name="Network">On the wire, and through hooks and conntrack of the nodes.</param>
/// <param name="Queue">Waiting at the backend.</param>
/// <param name="Service">Being worked on by the backend.</param>
public sealed record StageTimes(Int128 Dns, Int128 Connect, Int128 LoadBalancer, Int128 Rules, Int128 Network, Int128 Queue, Int128 Service)
{
    /// <summary>All stages together [ns].</summary>
    public Int128 Total => Dns + Connect + LoadBalancer + Rules + Network + Queue + Service;
}

/// <summary>How many requests of a workload a backend answered.</summary>
/// <param name="Pod"><c>namespace/name</c> of the pod, or the address or host name of what is no pod.</param>
/// <param name="Node">Its node; empty where none.</param>
/// <param name="Zone">Its zone; empty where none.</param>
/// <param name="Requests">Requests answered.</param>
public sealed record BackendRecord(string Pod, string Node, string Zone, long Requests)
{
    /// <summary>The share of the measured time that the pod was a ready endpoint, 0 to 1; null where pods do not change during the run.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PresentShare { get; init; }

    /// <summary>
    /// The share of the requests that it would get if, at every instant, they were spread evenly over the endpoints of that instant, 0 to 1; null where
    /// pods do not change during the run, so that every backend has the same.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? EvenShare { get; init; }
}
