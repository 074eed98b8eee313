using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeNetSim.Measurements.Results;

/// <summary>Requests by what made them fail.</summary>
/// <param name="Refused">Nobody listens.</param>
/// <param name="Dropped">Packets vanished.</param>
/// <param name="TimedOut">The client gave up.</param>
/// <param name="Overflowed">The backend's queue was full.</param>
/// <param name="Unresolved">The name has no address.</param>
public sealed record FailureResult(long Refused, long Dropped, long TimedOut, long Overflowed, long Unresolved)
{
    /// <summary>All of them.</summary>
    [JsonIgnore]
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
