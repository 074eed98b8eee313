using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Results;

/// <summary>An objective of a run, and whether it holds.</summary>
/// <param name="Objective">As written, for example <c>latency.p99 &lt; 50ms</c>.</param>
/// <param name="Met">Whether its interval lies below the limit (true) or not below it (false); null where it holds the limit, so that it is not certain.</param>
/// <param name="Value">What was measured, the mean of the replications; null where a queue grows or nothing was answered.</param>
/// <param name="Ci95">95% confidence interval of it, lower and upper end; null where there is none.</param>
/// <param name="Unit">Of the numbers: <c>ms</c>, <c>share</c> (0 to 1), <c>money</c> a month, or <c>backends</c>.</param>
/// <param name="Limit">It must stay below this.</param>
/// <param name="Workload">The workload that comes off worst; null for what is not a workload's.</param>
public sealed record ObjectiveOutcome(string Objective, bool? Met, double? Value, ImmutableArray<double>? Ci95, string Unit, double Limit, string? Workload);
