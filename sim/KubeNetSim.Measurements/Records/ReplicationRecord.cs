using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Records;

/// <summary>What one replication of a run measured. Requests are counted by the time they started: from the end of the warm-up to the end of the run.</summary>
public sealed record ReplicationRecord
{
    /// <summary>Number of the replication, from 0.</summary>
    public required int Replication { get; init; }

    /// <summary>Simulated time, warm-up included [ns].</summary>
    public required long SimulatedNs { get; init; }

    /// <summary>Requests that started before this were not measured [ns].</summary>
    public required long MeasuredFromNs { get; init; }

    /// <summary>Requests started, those of the warm-up included.</summary>
    public required long RequestsStarted { get; init; }

    /// <summary>Events that the engine ran.</summary>
    public required long Events { get; init; }

    /// <summary>Workloads, in scenario order.</summary>
    public required ImmutableArray<WorkloadRecord> Workloads { get; init; }

    /// <summary>Nodes, in cluster order.</summary>
    public required ImmutableArray<NodeRecord> Nodes { get; init; }

    /// <summary>Stations whose load comes near their capacity, or passes it.</summary>
    public ImmutableArray<StationRecord> BusyStations { get; init; } = [];

    /// <summary>What the events of the timeline cost, by event and cause.</summary>
    public ImmutableArray<ImpactRecord> Impact { get; init; } = [];

    /// <summary>How it went over time; null where that was not recorded.</summary>
    public SeriesRecord? Series { get; init; }
}

/// <summary>What one node did during a replication.</summary>
/// <param name="Name">Name of the node.</param>
/// <param name="Zone">Its zone; empty where none.</param>
/// <param name="NewConnections">Connections whose first packet its rules decided on.</param>
/// <param name="RulesEvaluated">Rules of the dispatch list and of endpoint choices compared.</param>
/// <param name="PacketShare">Share of the node's packet cores that handling packets took, 0 to 1.</param>
/// <param name="RuleShare">The part of <paramref name="PacketShare"/> that went into evaluating rules and looking up tables.</param>
public sealed record NodeRecord(
    string Name, string Zone, long NewConnections, long RulesEvaluated, double PacketShare, double RuleShare);
