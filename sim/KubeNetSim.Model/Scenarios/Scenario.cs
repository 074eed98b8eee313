using System.Collections.Immutable;

namespace KubeNetSim.Model.Scenarios;

/// <summary>Everything one simulation needs: the objects, what moves, and for how long.</summary>
public sealed record Scenario
{
    /// <summary>Name: that of the Scenario document, or of the first file.</summary>
    public required string Name { get; init; }

    /// <summary>The question that the scenario answers; empty where its author states none.</summary>
    public string Question { get; init; } = "";

    /// <summary>Kubernetes objects given.</summary>
    public required ClusterObjects Objects { get; init; }

    /// <summary>Further settings of the cluster.</summary>
    public ClusterSettings Cluster { get; init; } = new();

    /// <summary>Requests. Empty lets the simulator send some to every Service.</summary>
    public ImmutableArray<Workload> Workloads { get; init; } = [];

    /// <summary>How pods serve requests. Pods that match none use <see cref="Backend.Default"/>.</summary>
    public ImmutableArray<Backend> Backends { get; init; } = [];

    /// <summary>What changes while time runs, in time order.</summary>
    public ImmutableArray<TimelineEvent> Timeline { get; init; } = [];

    /// <summary>What a run of it is to show: all of it.</summary>
    public ImmutableArray<WantedObjective> Objectives { get; init; } = [];

    /// <summary>For how long, how often, with which seed.</summary>
    public RunSettings Run { get; init; } = new();

    /// <summary>What the network does.</summary>
    public NetworkProfile Network { get; init; } = new();

    /// <summary>What rule evaluation costs.</summary>
    public CostProfile Costs { get; init; } = CostProfile.Default;

    /// <summary>The prices of its network; null where there are none.</summary>
    public PriceSheet? Prices { get; init; }

    /// <summary>Which back end the iptables command writes to; the default is nft, what today's distributions ship.</summary>
    public IptablesBackend IptablesBackend { get; init; } = IptablesBackend.Nft;

    /// <summary>What was assumed because the files do not say it.</summary>
    public ImmutableArray<DefaultTaken> Defaults { get; init; } = [];
}

/// <summary>How pods serve requests.</summary>
public sealed record Backend
{
    /// <summary>Namespace of the pods; null for all.</summary>
    public string? Namespace { get; init; }

    /// <summary>Which pods.</summary>
    public required LabelSelector Selector { get; init; }

    /// <summary>TCP ports that its processes listen on, besides those that the manifests name.</summary>
    public ImmutableArray<int> Ports { get; init; } = [];

    /// <summary>How long one request keeps a worker busy.</summary>
    public required DistributionSpec ServiceTime { get; init; }

    /// <summary>Requests that a pod works on at a time, from 1.</summary>
    public int Concurrency { get; init; } = 8;

    /// <summary>Requests that may wait; more are refused with an overflow. Null for no bound.</summary>
    public int? QueueBound { get; init; }

    /// <summary>How long a new pod takes to become ready.</summary>
    public DistributionSpec StartupTime { get; init; } = DistributionSpec.Constant(2_000_000_000);

    /// <summary>Its position, for messages about it.</summary>
    public ObjectOrigin Origin { get; init; } = ObjectOrigin.Generated;

    /// <summary>Used for pods that no backend of the scenario selects: 5 ms, cv 0.5, eight at a time.</summary>
    public static Backend Default { get; } = new()
    {
        Selector = new LabelSelector(),
        ServiceTime = new DistributionSpec(DistributionKind.Lognormal, 5_000_000, 0.5, []),
    };
}

/// <summary>For how long, how often, with which seed.</summary>
public sealed record RunSettings
{
    /// <summary>Time series have at most so many intervals.</summary>
    public const int MostIntervals = 1_000;

    /// <summary>Simulated time, warm-up included [ns].</summary>
    public long DurationNs { get; init; } = 30_000_000_000;

    /// <summary>
    /// Requests that start before this are not measured [ns]; null to detect it, and where that is not done or finds no steady state, for a
    /// tenth of the duration.
    /// </summary>
    public long? WarmupNs { get; init; }

    /// <summary>How many independent replications, from 1; with a <see cref="Precision"/>, at least.</summary>
    public int Replications { get; init; } = 5;

    /// <summary>
    /// Replications are added until the 95% interval of every workload's mean latency reaches no further from the mean than this share of
    /// it, above 0; null for a fixed number.
    /// </summary>
    public double? Precision { get; init; }

    /// <summary>No more replications than this are run for the precision.</summary>
    public int MaxReplications { get; init; } = 100;

    /// <summary>
    /// Length of the intervals of time series [ns]; null for a hundredth of the duration, and never less than makes <see
    /// cref="MostIntervals"/>.
    /// </summary>
    public long? IntervalNs { get; init; }

    /// <summary>Seed of all randomness.</summary>
    public ulong Seed { get; init; } = 42;
}
