using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace KubeNetSim.Measurements.Results;

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
    [JsonPropertyName("latencyCI95Ms")]
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
    [JsonPropertyName("clientIPPreserved")]
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
