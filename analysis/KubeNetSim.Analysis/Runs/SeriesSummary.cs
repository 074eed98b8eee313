using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Runs;

/// <summary>Means of time series over replications.</summary>
internal static class SeriesSummary
{
    /// <summary>Nodes that are shown for themselves, besides the mean over all.</summary>
    private const int MostNodes = 5;

    /// <summary>Combines the series of replications; null where one has none.</summary>
    public static SeriesResult? Of(RunDescription run, ImmutableArray<ReplicationRecord> replications)
    {
        if (replications.Any(record => record.Series is null))
            return null;
        SeriesRecord[] series = [.. replications.Select(record => record.Series!)];
        double seconds = series[0].IntervalNs / 1e9;
        return new SeriesResult
        {
            IntervalSeconds = seconds,
            Workloads =
            [
                .. replications[0].Workloads.Select((workload, number) =>
                    Combine(workload.Name, [.. series.Select(record => record.Workloads[number])], replications[0].SimulatedNs, series[0].IntervalNs)),
            ],
            Nodes = Nodes(replications[0].Nodes, series),
            Events = [.. run.Timeline.Where(mark => mark.AtSeconds * 1e9 < replications[0].SimulatedNs)],
        };
    }

    private static WorkloadSeries Combine(string name, WorkloadSeriesRecord[] records, long runNs, long intervalNs)
    {
        // The last interval may be cut short by the end of the run.
        double SecondsOf(int interval) => Math.Min(intervalNs, runNs - (interval * intervalNs)) / 1e9;
        ImmutableArray<double> Mean(Func<WorkloadSeriesRecord, ImmutableArray<long>> values, double unit) =>
            [.. Enumerable.Range(0, values(records[0]).Length).Select(interval => records.Average(record => (double)values(record)[interval]) / unit / SecondsOf(interval))];
        return new WorkloadSeries(
            name, Mean(record => record.Succeeded, 1),
            [.. Enumerable.Range(0, records[0].P99Ns.Length).Select(interval => P99(records, interval))],
            Mean(record => record.Failed, 1), Mean(record => record.WaitNs, 1e9));
    }

    private static double? P99(WorkloadSeriesRecord[] records, int interval)
    {
        double[] known = [.. records.Select(record => record.P99Ns[interval]).Where(value => value >= 0).Select(value => value / 1e6)];
        return known.Length == 0 ? null : known.Average();
    }

    private static ImmutableArray<NodeSeries> Nodes(ImmutableArray<NodeRecord> nodes, SeriesRecord[] series)
    {
        if (nodes.IsEmpty)
            return [];
        int intervals = series[0].Nodes[0].PacketShare.Length;
        double Mean(int node, int interval, Func<NodeSeriesRecord, ImmutableArray<double>> shares) => series.Average(record => shares(record.Nodes[node])[interval]);
        ImmutableArray<double> Of(int node, Func<NodeSeriesRecord, ImmutableArray<double>> shares) =>
            [.. Enumerable.Range(0, intervals).Select(interval => Mean(node, interval, shares))];
        ImmutableArray<double> OfAll(Func<NodeSeriesRecord, ImmutableArray<double>> shares) =>
            [.. Enumerable.Range(0, intervals).Select(interval => Enumerable.Range(0, nodes.Length).Average(node => Mean(node, interval, shares)))];
        int[] busiest =
        [
            .. Enumerable.Range(0, nodes.Length)
                .OrderByDescending(node => series.Sum(record => record.Nodes[node].PacketShare.Sum())).Take(MostNodes),
        ];
        return
        [
            new NodeSeries("all nodes", OfAll(record => record.PacketShare), OfAll(record => record.RuleShare)),
            .. busiest.Select(node => new NodeSeries(nodes[node].Name, Of(node, record => record.PacketShare), Of(node, record => record.RuleShare))),
        ];
    }
}
