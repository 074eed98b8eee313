using System.Collections.Immutable;

namespace KubeNetSim.Measurements;

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

    /// <summary>Nodes, in cluster order.</summary>
    public required ImmutableArray<NodeResult> Nodes { get; init; }

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

/// <summary>One workload over all replications.</summary>
public sealed record WorkloadResult
{
    /// <summary>Name in the scenario.</summary>
    public required string Name { get; init; }

    /// <summary>Who sends.</summary>
    public required string From { get; init; }

    /// <summary>Where to.</summary>
    public required string To { get; init; }

    /// <summary>The path of its requests as one line, printed from <see cref="PathHops"/>.</summary>
    public required string Path { get; init; }

    /// <summary>The path, hop by hop; empty in results of versions that wrote the line only.</summary>
    public ImmutableArray<PathHop> PathHops
    {
        // The generated reader leaves an array that the file does not have without a value.
        get => field.IsDefault ? [] : field;
        init;
    } = [];

    /// <summary>Requests measured.</summary>
    public required long Requests { get; init; }

    /// <summary>Requests that got their answer.</summary>
    public required long Succeeded { get; init; }

    /// <summary>Requests that did not.</summary>
    public required FailureResult Failed { get; init; }

    /// <summary>Latency of the requests that succeeded; null where none did, and where a station that it uses is unstable.</summary>
    public LatencyResult? LatencyMs { get; init; }

    /// <summary>95% confidence intervals over the replications; null where they cannot be had.</summary>
    [System.Text.Json.Serialization.JsonPropertyName("latencyCI95Ms")]
    public LatencyIntervals? LatencyIntervalsMs { get; init; }

    /// <summary>Latency of each replication, in their order; null where one had no answer.</summary>
    public ReplicationLatencies? LatencyByReplicationMs { get; init; }

    /// <summary>What else each replication measured, in their order; null where one had no answer, and in results of versions that did not keep it.</summary>
    public ReplicationMeans? MeansByReplication { get; init; }

    /// <summary>Where the mean time went; null where no request succeeded.</summary>
    public BreakdownResult? BreakdownMs { get; init; }

    /// <summary>Points of the latency's distribution: value [ms] and the share of requests not above it.</summary>
    public ImmutableArray<ImmutableArray<double>> LatencyCdf { get; init; } = [];

    /// <summary>Machines that a request was handed on to, mean.</summary>
    public required double HopsMean { get; init; }

    /// <summary>Share of the requests by the number of machines that they were handed on to: those with none first.</summary>
    public ImmutableArray<double> HopShares { get; init; } = [];

    /// <summary>Share of the requests that went from one node to another.</summary>
    public required double CrossNodeShare { get; init; }

    /// <summary>Share of the requests that went from one zone to another.</summary>
    public required double CrossZoneShare { get; init; }

    /// <summary>Bytes across zones, both ways, over all replications.</summary>
    public required long CrossZoneBytes { get; init; }

    /// <summary>Bytes that left for the internet, over all replications.</summary>
    public required long InternetEgressBytes { get; init; }

    /// <summary>Bytes through load balancers, both ways, over all replications.</summary>
    public required long LoadBalancerBytes { get; init; }

    /// <summary>Whether the backend saw the client's address: in every request (true), in none (false), or in some (null).</summary>
    [System.Text.Json.Serialization.JsonPropertyName("clientIPPreserved")]
    public required bool? ClientIPPreserved { get; init; }

    /// <summary>Connections opened.</summary>
    public required long Connections { get; init; }

    /// <summary>Rules compared for each connection, mean.</summary>
    public required double RulesPerConnection { get; init; }

    /// <summary>DNS queries sent.</summary>
    public required long DnsQueries { get; init; }

    /// <summary>Requests that each backend answered.</summary>
    public required ImmutableArray<BackendRecord> Backends { get; init; }

    /// <summary>How unevenly backends are loaded within each replication; null where no request was answered, and in results of versions without it.</summary>
    public SkewResult? Skew { get; init; }

    /// <summary>Backends besides, which could have been chosen and never were: too many to list.</summary>
    public int UnlistedBackends { get; init; }
}

/// <summary>Requests by what made them fail.</summary>
/// <param name="Refused">Nobody listens.</param>
/// <param name="Dropped">Packets vanished.</param>
/// <param name="TimedOut">The client gave up.</param>
/// <param name="Overflowed">The backend's queue was full.</param>
/// <param name="Unresolved">The name has no address.</param>
public sealed record FailureResult(long Refused, long Dropped, long TimedOut, long Overflowed, long Unresolved)
{
    /// <summary>All of them.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public long Total => Refused + Dropped + TimedOut + Overflowed + Unresolved;
}

/// <summary>Latency [ms].</summary>
/// <param name="Mean">Mean, exact.</param>
/// <param name="P50">Median, to three digits, as all percentiles.</param>
/// <param name="P90">90th percentile.</param>
/// <param name="P99">99th percentile.</param>
/// <param name="P999">99.9th percentile.</param>
/// <param name="Max">Largest.</param>
public sealed record LatencyResult(double Mean, double P50, double P90, double P99, double P999, double Max);

/// <summary>95% confidence intervals [ms], lower and upper end.</summary>
/// <param name="Mean">Of the mean.</param>
/// <param name="P99">Of the 99th percentile.</param>
public sealed record LatencyIntervals(ImmutableArray<double> Mean, ImmutableArray<double> P99);

/// <summary>Latency of each replication [ms]: independent samples, to compare runs by.</summary>
/// <param name="Mean">Means.</param>
/// <param name="P99">99th percentiles.</param>
public sealed record ReplicationLatencies(ImmutableArray<double> Mean, ImmutableArray<double> P99);

/// <summary>Means of each replication: independent samples, to compare runs by.</summary>
/// <param name="FailedShare">Share of the requests that failed.</param>
/// <param name="Hops">Machines that a request was handed on to.</param>
/// <param name="CrossNodeShare">Share of the requests that went from one node to another.</param>
/// <param name="CrossZoneShare">Share of the requests that went from one zone to another.</param>
/// <param name="RulesPerConnection">Rules compared for each connection.</param>
public sealed record ReplicationMeans(
    ImmutableArray<double> FailedShare, ImmutableArray<double> Hops, ImmutableArray<double> CrossNodeShare, ImmutableArray<double> CrossZoneShare,
    ImmutableArray<double> RulesPerConnection);

/// <summary>Mean time by stage [ms].</summary>
/// <param name="Dns">Looking the name up.</param>
/// <param name="Connect">Handshakes.</param>
/// <param name="LoadBalancer">In a load balancer.</param>
/// <param name="Rules">Evaluating rules.</param>
/// <param name="Network">On the wire, and through hooks and conntrack.</param>
/// <param name="Queue">Waiting at the backend.</param>
/// <param name="Service">At work.</param>
public sealed record BreakdownResult(double Dns, double Connect, double LoadBalancer, double Rules, double Network, double Queue, double Service);

/// <summary>One node, means over the replications.</summary>
/// <param name="Name">Name.</param>
/// <param name="Zone">Zone; empty where none.</param>
/// <param name="NewConnections">Connections that its rules decided on, in one replication.</param>
/// <param name="RulesEvaluated">Rules compared, in one replication.</param>
/// <param name="PacketShare">Share of its packet cores in use.</param>
/// <param name="RuleShare">The part of that which went into rules.</param>
public sealed record NodeResult(string Name, string Zone, double NewConnections, double RulesEvaluated, double PacketShare, double RuleShare);

/// <summary>What a month would cost.</summary>
/// <param name="Currency">Currency, for example USD.</param>
/// <param name="Monthly">Sum of the items.</param>
/// <param name="Items">What it is made of.</param>
/// <param name="PriceSheet">Name of the price sheet.</param>
/// <param name="AsOf">Day of its prices, as YYYY-MM-DD.</param>
/// <param name="MonthlyByReplication">What a month would cost by each replication alone: independent samples, to compare runs by; null where not kept.</param>
public sealed record CostResult(
    string Currency, double Monthly, ImmutableArray<CostItem> Items, string PriceSheet, string AsOf, ImmutableArray<double>? MonthlyByReplication = null);

/// <summary>One line of a bill.</summary>
/// <param name="What">What is paid for.</param>
/// <param name="Quantity">How much of it a month.</param>
/// <param name="Unit">In which unit.</param>
/// <param name="UnitPrice">Price of a unit.</param>
/// <param name="Monthly">Price a month.</param>
public sealed record CostItem(string What, double Quantity, string Unit, double UnitPrice, double Monthly);
