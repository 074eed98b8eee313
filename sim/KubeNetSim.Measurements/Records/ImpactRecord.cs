namespace KubeNetSim.Measurements.Records;

/// <summary>Why a change of the cluster cost a request its answer.</summary>
public enum LossCause
{
    /// <summary>Rules on a node still led to a pod that was ending.</summary>
    OldRules,

    /// <summary>A client still had the address of a pod from cluster DNS, or from a cache of it.</summary>
    OldAddress,

    /// <summary>The connection was open when its pod ended.</summary>
    KeptConnection,

    /// <summary>The pod was killed at the end of its grace period, before it had answered.</summary>
    Killed,

    /// <summary>No endpoint was ready.</summary>
    NoEndpoint,

    /// <summary>A load balancer still sent connections to a node without an endpoint or to a pod that was ending, or did not use new ones yet.</summary>
    HealthCheck,
}

/// <summary>Requests that one event of the timeline cost, for one cause, in one replication.</summary>
/// <param name="Event">Place of the event in the timeline, from 0.</param>
/// <param name="Cause">The cause.</param>
/// <param name="Failed">How they failed.</param>
/// <param name="LongestNs">The longest time, from the deletion of the pod or else from the event, after which the cause still cost a request [ns].</param>
/// <param name="LastNs">When the last of these requests failed [ns since the start].</param>
public sealed record ImpactRecord(int Event, LossCause Cause, FailureCounts Failed, long LongestNs, long LastNs);
