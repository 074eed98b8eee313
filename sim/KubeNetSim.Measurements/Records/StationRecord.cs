using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Records;

/// <summary>What a station is.</summary>
public enum StationKind
{
    /// <summary>A pod, or another backend, with its workers.</summary>
    Backend,

    /// <summary>The cores of a node that handle packets.</summary>
    Node,
}

/// <summary>
/// A station of one replication that was offered nearly as much as it can do, or more. Only stations with a queue without bound that clients fill
/// whatever happens: a bounded queue overflows and users of a closed loop wait, so both settle.
/// </summary>
public sealed record StationRecord
{
    /// <summary>Loads below this are not recorded.</summary>
    public const double NotableLoad = 0.75;

    /// <summary>What it is.</summary>
    public required StationKind Kind { get; init; }

    /// <summary>Name of the pod or node.</summary>
    public required string Name { get; init; }

    /// <summary>How many it serves at a time.</summary>
    public required int Servers { get; init; }

    /// <summary>Mean time that one keeps a server [ns].</summary>
    public required double ServiceNs { get; init; }

    /// <summary>What arrived.</summary>
    public required long Arrivals { get; init; }

    /// <summary>Meanwhile [s].</summary>
    public required double Seconds { get; init; }

    /// <summary>Variance of the number that arrives over its mean, in the long run: 1 for a Poisson process, more for bursts.</summary>
    public double Dispersion { get; init; } = 1;

    /// <summary>Whether users of a closed loop come here too: they take what the others leave, so that a full load alone says nothing.</summary>
    public bool TakesClosedLoops { get; init; }

    /// <summary>Workloads that use it, in scenario order.</summary>
    public required ImmutableArray<string> Workloads { get; init; }

    /// <summary>What arrived [1/s].</summary>
    public double OfferedPerSecond => Arrivals / Seconds;

    /// <summary>What it can do [1/s].</summary>
    public double CapacityPerSecond => Servers * 1e9 / ServiceNs;

    /// <summary>Offered load over capacity: from 1 on, the queue grows without end.</summary>
    public double Load => OfferedPerSecond / CapacityPerSecond;
}
