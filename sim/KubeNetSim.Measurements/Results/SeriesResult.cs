using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Results;

/// <summary>
/// How a run went over time, in intervals of equal length from its start, warm-up included. Every list has one entry an interval, each the mean over the
/// replications. How many intervals there are is bounded, so that a long run takes no more room than a short one.
/// </summary>
public sealed record SeriesResult
{
    /// <summary>Length of an interval [s].</summary>
    public required double IntervalSeconds { get; init; }

    /// <summary>Workloads, in scenario order.</summary>
    public required ImmutableArray<WorkloadSeries> Workloads { get; init; }

    /// <summary>The mean over all nodes first, named <c>all nodes</c>, then the busiest ones, busiest first.</summary>
    public required ImmutableArray<NodeSeries> Nodes { get; init; }

    /// <summary>What the scenario's timeline did, in the order of time.</summary>
    public ImmutableArray<TimelineMark> Events { get; init; } = [];
}

/// <summary>A workload over time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Throughput">Requests that succeeded, by the time of their end [1/s].</param>
/// <param name="P99Ms">99th percentile of their latency [ms]; null where no request of the interval succeeded.</param>
/// <param name="Errors">Requests that failed, by the time of their end [1/s].</param>
/// <param name="Queued">Requests that waited for a free place at a backend, mean over the interval.</param>
public sealed record WorkloadSeries(
    string Name, ImmutableArray<double> Throughput, ImmutableArray<double?> P99Ms, ImmutableArray<double> Errors, ImmutableArray<double> Queued);

/// <summary>A node over time.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PacketShare">Share of its packet cores that arriving packets take; above 1 where more arrive than it can handle.</param>
/// <param name="RuleShare">The part of that which went into evaluating rules.</param>
public sealed record NodeSeries(string Name, ImmutableArray<double> PacketShare, ImmutableArray<double> RuleShare);
