using System.Collections.Immutable;

namespace KubeNetSim.Measurements.Records;

/// <summary>How one replication went over time, in equal intervals from its start; what happened after its end is left out.</summary>
/// <param name="IntervalNs">Length of an interval [ns]; the last one may be shorter.</param>
/// <param name="Workloads">Workloads, in scenario order.</param>
/// <param name="Nodes">Nodes, in cluster order.</param>
public sealed record SeriesRecord(long IntervalNs, ImmutableArray<WorkloadSeriesRecord> Workloads, ImmutableArray<NodeSeriesRecord> Nodes)
{
    /// <summary>So many intervals from the start: those that were run whole.</summary>
    public SeriesRecord First(int intervals) => this with
    {
        Workloads =
        [
            .. Workloads.Select(workload => new WorkloadSeriesRecord(
                workload.Succeeded[..intervals], workload.Failed[..intervals], workload.P99Ns[..intervals], workload.WaitNs[..intervals])),
        ],
        Nodes = [.. Nodes.Select(node => new NodeSeriesRecord(node.PacketShare[..intervals], node.RuleShare[..intervals]))],
    };
}

/// <summary>One workload over time, an entry an interval.</summary>
/// <param name="Succeeded">Requests that got their answer in it.</param>
/// <param name="Failed">Requests whose client learned in it that they had failed.</param>
/// <param name="P99Ns">99th percentile of the latency of those that succeeded [ns], within 2%; -1 where none did.</param>
/// <param name="WaitNs">Time that requests waited at backends in it, summed [ns].</param>
public sealed record WorkloadSeriesRecord(
    ImmutableArray<long> Succeeded, ImmutableArray<long> Failed, ImmutableArray<long> P99Ns, ImmutableArray<long> WaitNs);

/// <summary>One node over time, an entry an interval.</summary>
/// <param name="PacketShare">Share of its packet cores that the packets arriving in it will take; above 1 where more arrive than it can handle.</param>
/// <param name="RuleShare">The part of that which goes into rules.</param>
public sealed record NodeSeriesRecord(ImmutableArray<double> PacketShare, ImmutableArray<double> RuleShare);
