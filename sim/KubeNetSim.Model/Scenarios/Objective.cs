namespace KubeNetSim.Model.Scenarios;

/// <summary>What an objective is about.</summary>
public enum ObjectiveMetric
{
    /// <summary>Mean latency [ms].</summary>
    LatencyMean,

    /// <summary>Median latency [ms].</summary>
    LatencyP50,

    /// <summary>90th percentile of latency [ms].</summary>
    LatencyP90,

    /// <summary>95th percentile of latency [ms].</summary>
    LatencyP95,

    /// <summary>99th percentile of latency [ms].</summary>
    LatencyP99,

    /// <summary>99.9th percentile of latency [ms].</summary>
    LatencyP999,

    /// <summary>Mean time in backends' queues [ms].</summary>
    QueueMean,

    /// <summary>Share of the requests that failed, 0 to 1.</summary>
    Errors,

    /// <summary>Share of the requests that went from one zone to another, 0 to 1.</summary>
    CrossZone,

    /// <summary>Share of a replication's requests that its busiest backend answered, 0 to 1.</summary>
    BusiestShare,

    /// <summary>Backends without any request in a replication.</summary>
    IdleBackends,

    /// <summary>Network costs of a month, in the currency of the price sheet.</summary>
    Cost,
}

/// <summary>Something that must hold: a metric below a limit.</summary>
/// <param name="Text">As written.</param>
/// <param name="Workload">For which workload; null for each of them.</param>
/// <param name="Metric">What.</param>
/// <param name="Limit">It must stay below this, in the unit of the metric.</param>
public sealed record Objective(string Text, string? Workload, ObjectiveMetric Metric, double Limit);

/// <summary>An objective, and where its author wrote it.</summary>
/// <param name="Objective">The objective.</param>
/// <param name="Position">Where it is written.</param>
/// <param name="Field">The field that holds it; empty on the command line.</param>
public sealed record WantedObjective(Objective Objective, SourcePosition Position, string Field);
