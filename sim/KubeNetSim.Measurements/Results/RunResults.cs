using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Results;

/// <summary>
/// What results.json holds. Its fields keep their names and meaning: other people's scripts read them. Times in milliseconds unless a name
/// says otherwise, shares from 0 to 1. Everything is derived from the simulation alone, so that the same scenario and seed give the same bytes.
/// </summary>
public sealed record RunResults
{
    /// <summary>Name of the scenario.</summary>
    public required string Scenario { get; init; }

    /// <summary>The question it answers; empty where its author states none.</summary>
    public string Question { get; init; } = "";

    /// <summary>Version of the simulator.</summary>
    public required string Version { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Independent replications.</summary>
    public required int Replications { get; init; }

    /// <summary>Simulated time of one replication, warm-up included [s].</summary>
    public required double SimulatedSeconds { get; init; }

    /// <summary>Requests that started before this were not measured [s].</summary>
    public required double WarmupSeconds { get; init; }

    /// <summary>
    /// Where that comes from: <c>given</c>, <c>found</c> (MSER-5), <c>half</c> where MSER-5 found no end of it in the first half of
    /// the run, or <c>default</c>: a tenth, where nobody looked or there was too little to see.
    /// </summary>
    public string WarmupBy { get; init; } = "given";

    /// <summary>Workloads whose mean latency differs between the halves of the measured time: they had not settled, or never do.</summary>
    public ImmutableArray<UnsettledWorkload> Unsettled { get; init; } = [];

    /// <summary>What the replications were added for; null where their number was fixed.</summary>
    public PrecisionResult? Precision { get; init; }

    /// <summary>Stations that were offered more than they can do. There is no mean latency for the workloads that use them: it grows as long as the run lasts.</summary>
    public ImmutableArray<UnstableStation> Unstable { get; init; } = [];

    /// <summary>Whether the run was interrupted: what is here is of the replications that were finished, or of the one that came furthest, up to where it came.</summary>
    public bool Incomplete { get; init; }

    /// <summary>What an incomplete run was to be; null where it is complete.</summary>
    public PlannedRun? Planned { get; init; }

    /// <summary>Time that the run took [s]; null in a file, which is the same for every run.</summary>
    public double? WallSeconds { get; init; }

    /// <summary>Requests that started in all replications, those of the warm-up included.</summary>
    public required long Requests { get; init; }

    /// <summary>Events that the engine ran in all replications.</summary>
    public required long Events { get; init; }

    /// <summary>Proxy mode, with back end or scheduler.</summary>
    public required string ProxyMode { get; init; }

    /// <summary>Cloud, in lower case.</summary>
    public required string Cloud { get; init; }

    /// <summary>Size of the cluster.</summary>
    public required ClusterSize Cluster { get; init; }

    /// <summary>Load balancers that the cloud set up, one for each Service that has an address of its own.</summary>
    public int LoadBalancers { get; init; }

    /// <summary>Of these, the ones that Gateways and Ingress controllers have, for all that they serve together.</summary>
    public int RouterLoadBalancers { get; init; }

    /// <summary>Cost profile and its origin.</summary>
    public required string CostProfile { get; init; }

    /// <summary>Network profile.</summary>
    public required string NetworkProfile { get; init; }

    /// <summary>What was assumed because the files do not say it.</summary>
    public ImmutableArray<AssumptionResult> Defaults { get; init; } = [];

    /// <summary>What controllers would have reported.</summary>
    public ImmutableArray<string> ClusterEvents { get; init; } = [];

    /// <summary>Workloads, in scenario order.</summary>
    public required ImmutableArray<WorkloadResult> Workloads { get; init; }

    /// <summary>What each event of the timeline cost; empty where there is no timeline.</summary>
    public ImmutableArray<ImpactResult> Impact { get; init; } = [];

    /// <summary>Nodes, in cluster order.</summary>
    public required ImmutableArray<NodeResult> Nodes { get; init; }

    /// <summary>What the run was to show, and whether it does.</summary>
    public ImmutableArray<ObjectiveOutcome> Objectives { get; init; } = [];

    /// <summary>What it costs; null where nobody charges for it.</summary>
    public CostResult? Cost { get; init; }

    /// <summary>How it went over time; null where that was not recorded.</summary>
    public SeriesResult? Series { get; init; }
}

/// <summary>What a run was to be.</summary>
/// <param name="Replications">Replications; the fewest where there may be more for a precision.</param>
/// <param name="SimulatedSeconds">Simulated time of each, warm-up included [s].</param>
public sealed record PlannedRun(int Replications, double SimulatedSeconds);

/// <summary>Something assumed.</summary>
/// <param name="What">What.</param>
/// <param name="Value">Its value.</param>
public sealed record AssumptionResult(string What, string Value);

/// <summary>How precise the mean latencies are.</summary>
/// <param name="Asked">Half of the 95% interval over the mean, as asked for.</param>
/// <param name="Reached">The same of the workload that comes off worst; null where it cannot be had.</param>
/// <param name="MaxReplications">No more replications than this were allowed.</param>
public sealed record PrecisionResult(double Asked, double? Reached, int MaxReplications);

/// <summary>A workload that had not settled when its measurement began.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FirstHalfMs">Mean latency of the requests that started in the first half of the measured time, mean over the replications [ms].</param>
/// <param name="SecondHalfMs">The same of the second half.</param>
public sealed record UnsettledWorkload(string Name, double FirstHalfMs, double SecondHalfMs);

/// <summary>A station whose queue grows without end.</summary>
/// <param name="Kind"><c>pod</c> or <c>node</c>.</param>
/// <param name="Name">Its name.</param>
/// <param name="OfferedPerSecond">What arrives [1/s].</param>
/// <param name="CapacityPerSecond">What it can do [1/s].</param>
/// <param name="Why">The same in words.</param>
/// <param name="Workloads">Workloads that use it.</param>
public sealed record UnstableStation(
    string Kind, string Name, double OfferedPerSecond, double CapacityPerSecond, string Why, ImmutableArray<string> Workloads);

/// <summary>One node, means over the replications.</summary>
/// <param name="Name">Name.</param>
/// <param name="Zone">Zone; empty where none.</param>
/// <param name="NewConnections">Connections that its rules decided on, in one replication.</param>
/// <param name="RulesEvaluated">Rules compared, in one replication.</param>
/// <param name="PacketShare">Share of its packet cores in use.</param>
/// <param name="RuleShare">The part of that which went into rules.</param>
public sealed record NodeResult(string Name, string Zone, double NewConnections, double RulesEvaluated, double PacketShare, double RuleShare);
