using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeNetSim.Measurements.Results;

/// <summary>What one event of the timeline cost: requests that failed because of it, means over the replications.</summary>
/// <param name="Event">The event in words: <c>rollout of web</c>.</param>
/// <param name="AtSeconds">When it happened [s].</param>
/// <param name="Failed">Requests that failed because of it, in one replication.</param>
/// <param name="FailedCI95">The 95% interval of that; null for one replication.</param>
/// <param name="ByKind">The same by how they failed.</param>
/// <param name="RecoverySeconds">From the event to the last request that it cost, the longest of all replications [s]; 0 where it cost none.</param>
/// <param name="Causes">Why, the most frequent first.</param>
public sealed record ImpactResult(
    string Event,
    double AtSeconds,
    double Failed,
    [property: JsonPropertyName("failedCI95")] ImmutableArray<double>? FailedCI95,
    ImpactKinds ByKind,
    double RecoverySeconds,
    ImmutableArray<ImpactCause> Causes);

/// <summary>Requests that an event cost, by how they failed, in one replication.</summary>
/// <param name="Refused">Their connection was refused or reset.</param>
/// <param name="Dropped">Packets got no answer.</param>
/// <param name="TimedOut">No answer in time.</param>
/// <param name="Overflowed">A queue was full.</param>
/// <param name="Unresolved">The name was not resolved.</param>
public sealed record ImpactKinds(double Refused, double Dropped, double TimedOut, double Overflowed, double Unresolved);

/// <summary>One cause of what an event cost.</summary>
/// <param name="Cause">In words.</param>
/// <param name="Requests">Requests in one replication.</param>
/// <param name="Seconds">The longest time, from the deletion of the pod or else from the event, after which it still cost a request [s].</param>
public sealed record ImpactCause(string Cause, double Requests, double Seconds);
