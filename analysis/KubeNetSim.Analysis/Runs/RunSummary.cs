using System.Collections.Immutable;
using HdrHistogram;

namespace KubeNetSim.Analysis.Runs;

/// <summary>Makes results of what replications measured.</summary>
public static class RunSummary
{
    private const double NsPerMs = 1e6;
    private const double NsPerSecond = 1e9;

    /// <summary>Points of a latency's distribution: fine where people look, at the tail.</summary>
    private static readonly double[] CdfPoints =
    [
        0.001, 0.01, .. Enumerable.Range(1, 49).Select(point => point * 0.02), 0.985, 0.99, 0.995, 0.998, 0.999, 0.9999, 1,
    ];

    /// <summary>Combines replications; what they cost is for <see cref="MonthlyBill"/> to say.</summary>
    /// <param name="run">What was run.</param>
    /// <param name="replications">What each measured; at least one, in any order.</param>
    public static RunResults Combine(RunDescription run, ImmutableArray<ReplicationRecord> replications)
    {
        replications = [.. replications.OrderBy(record => record.Replication)];
        ReplicationRecord first = replications[0];
        RunResults results = new()
        {
            Scenario = run.Scenario,
            Question = run.Question,
            Version = run.Version,
            Seed = run.Seed,
            Replications = replications.Length,
            SimulatedSeconds = first.SimulatedNs / NsPerSecond,
            WarmupSeconds = first.MeasuredFromNs / NsPerSecond,
            Requests = replications.Sum(record => record.RequestsStarted),
            Events = replications.Sum(record => record.Events),
            ProxyMode = run.ProxyMode,
            Cloud = run.Cloud,
            Cluster = run.Size,
            LoadBalancers = run.LoadBalancers,
            RouterLoadBalancers = run.RouterLoadBalancers,
            CostProfile = run.CostProfile,
            NetworkProfile = run.NetworkProfile,
            Defaults = [.. run.Defaults.Select(taken => new AssumptionResult(taken.Key, taken.Value))],
            ClusterEvents = run.Events,
            Workloads = [.. Enumerable.Range(0, first.Workloads.Length).Select(number => Combine([.. replications.Select(record => record.Workloads[number])]))],
            Nodes = [.. Enumerable.Range(0, first.Nodes.Length).Select(number => Combine([.. replications.Select(record => record.Nodes[number])]))],
            Unsettled = run.Timeline.IsEmpty ? Stability.Unsettled(replications) : [],
            Impact = ImpactSummary.Of(run, replications),
            Series = SeriesSummary.Of(run, replications),
        };
        return Stability.Judge(results, replications);
    }

    private static WorkloadResult Combine(WorkloadRecord[] records)
    {
        WorkloadRecord first = records[0];
        long succeeded = records.Sum(record => record.Succeeded);
        LongHistogram latency = Merge(records);
        Int128 sum = Sum(records, record => record.LatencySumNs);
        double Share(Func<WorkloadRecord, long> count) => succeeded == 0 ? 0 : (double)records.Sum(count) / succeeded;
        double Mean(Func<StageTimes, Int128> stage) => (double)Sum(records, record => stage(record.StageSumsNs)) / succeeded / NsPerMs;
        long kept = records.Sum(record => record.ClientAddressKept);
        long connections = records.Sum(record => record.Connections);
        ImmutableArray<BackendRecord> backends = Backends(records);
        return new WorkloadResult
        {
            Name = first.Name,
            From = first.From,
            To = first.To,
            Path = PathHop.Print(first.PathHops),
            PathHops = first.PathHops,
            Requests = records.Sum(record => record.Requests),
            Succeeded = succeeded,
            Failed = new FailureResult(
                records.Sum(record => record.Failed.Refused), records.Sum(record => record.Failed.Dropped), records.Sum(record => record.Failed.TimedOut),
                records.Sum(record => record.Failed.Overflowed), records.Sum(record => record.Failed.Unresolved)),
            LatencyMs = succeeded == 0 ? null : new LatencyResult(
                (double)sum / succeeded / NsPerMs, At(latency, 50), At(latency, 90), At(latency, 99), At(latency, 99.9), At(latency, 100)),
            LatencyIntervalsMs = Intervals(records),
            LatencyByReplicationMs = records.Any(record => record.Succeeded == 0) ? null : new ReplicationLatencies([.. records.Select(MeanMs)], [.. records.Select(record => At(record.LatencyNs, 99))]),
            MeansByReplication = records.Any(record => record.Succeeded == 0) ? null : new ReplicationMeans(
                [.. records.Select(record => (double)record.Failed.Total / record.Requests)], EachShare(records, record => record.Hops),
                EachShare(records, record => record.CrossedNodes), EachShare(records, record => record.CrossedZones),
                [.. records.Select(record => record.Connections == 0 ? 0 : (double)record.RulesEvaluated / record.Connections)]),
            BreakdownMs = succeeded == 0 ? null : new BreakdownResult(
                Mean(stage => stage.Dns), Mean(stage => stage.Connect), Mean(stage => stage.LoadBalancer), Mean(stage => stage.Rules),
                Mean(stage => stage.Network), Mean(stage => stage.Queue), Mean(stage => stage.Service)),
            LatencyCdf = succeeded == 0 ? [] : [.. CdfPoints.Select(point => ImmutableArray.Create(At(latency, 100 * point), point))],
            HopsMean = Share(record => record.Hops),
            HopShares = [.. Enumerable.Range(0, records.Max(record => record.RequestsByHops.Length)).Select(hops => Share(record => record.RequestsByHops.ElementAtOrDefault(hops)))],
            CrossNodeShare = Share(record => record.CrossedNodes),
            CrossZoneShare = Share(record => record.CrossedZones),
            CrossZoneBytes = records.Sum(record => record.CrossZoneBytes),
            InternetEgressBytes = records.Sum(record => record.InternetEgressBytes),
            LoadBalancerBytes = records.Sum(record => record.LoadBalancerBytes),
            ClientIPPreserved = succeeded == 0 || (kept > 0 && kept < succeeded) ? null : kept == succeeded,
            Connections = connections,
            RulesPerConnection = connections == 0 ? 0 : (double)records.Sum(record => record.RulesEvaluated) / connections,
            DnsQueries = records.Sum(record => record.DnsQueries),
            Backends = backends,
            Skew = Skew.Of(records),
            UnlistedBackends = Math.Max(0, records.Max(record => record.PossibleBackends) - backends.Length),
        };
    }

    private static ImmutableArray<double> EachShare(WorkloadRecord[] records, Func<WorkloadRecord, long> count) => [.. records.Select(record => (double)count(record) / record.Succeeded)];

    // A replication without an answer has no mean, and the others would say too much without it.
    private static LatencyIntervals? Intervals(WorkloadRecord[] records)
    {
        if (records.Any(record => record.Succeeded == 0))
            return null;
        ConfidenceInterval? mean = ConfidenceInterval.OfMean([.. records.Select(MeanMs)]);
        ConfidenceInterval? p99 = ConfidenceInterval.OfMean([.. records.Select(record => At(record.LatencyNs, 99))]);
        return mean is null || p99 is null ? null : new LatencyIntervals([mean.Value.Lower, mean.Value.Upper], [p99.Value.Lower, p99.Value.Upper]);
    }

    // Backends keep the order in which the first replication that met them lists them.
    private static ImmutableArray<BackendRecord> Backends(WorkloadRecord[] records)
    {
        Dictionary<string, int> places = [];
        List<BackendRecord> sums = [];
        foreach (BackendRecord backend in records.SelectMany(record => record.Backends))
        {
            if (places.TryGetValue(backend.Pod, out int place))
                sums[place] = sums[place] with { Requests = sums[place].Requests + backend.Requests, PresentShare = sums[place].PresentShare + backend.PresentShare, EvenShare = sums[place].EvenShare + backend.EvenShare };
            else
            {
                places.Add(backend.Pod, sums.Count);
                sums.Add(backend);
            }
        }
        // Every replication has the same timeline, so that a pod that one of them lists is in all of them, unless it came and went at its end.
        return [.. sums.Select(sum => sum with { PresentShare = sum.PresentShare / records.Length, EvenShare = sum.EvenShare / records.Length })];
    }

    private static NodeResult Combine(NodeRecord[] records) => new(
        records[0].Name, records[0].Zone, records.Average(record => record.NewConnections), records.Average(record => record.RulesEvaluated),
        records.Average(record => record.PacketShare), records.Average(record => record.RuleShare));

    private static double MeanMs(WorkloadRecord record) => (double)record.LatencySumNs / record.Succeeded / NsPerMs;

    private static LongHistogram Merge(WorkloadRecord[] records)
    {
        LongHistogram merged = (LongHistogram)records[0].LatencyNs.Copy();
        foreach (WorkloadRecord record in records.Skip(1))
            merged.Add(record.LatencyNs);
        return merged;
    }

    private static double At(LongHistogram latency, double percentile) => latency.GetValueAtPercentile(percentile) / NsPerMs;

    private static Int128 Sum(WorkloadRecord[] records, Func<WorkloadRecord, Int128> value)
    {
        Int128 sum = 0;
        foreach (WorkloadRecord record in records)
            sum += value(record);
        return sum;
    }
}
