using System.Collections.Immutable;
using HdrHistogram;
using MathNet.Numerics.Distributions;

namespace KubeNetSim.Tests.Analysis;

/// <summary>Results that look like those of the five Service types, for everything that is meant to be looked at.</summary>
internal static class Gallery
{
    private const long Microsecond = 1_000;

    public static RunResults Results { get; } = RunSummary.Combine(
        Fabricated.Description with { Question = "Five ways to reach the same pods: what does each of them cost?" },
        [.. Enumerable.Range(0, 5).Select(number => Fabricated.Replication(
            number,
            Workload("cluster-ip", number, [300, 420, 0, 95, 410, 180, 4_000], 2, "any pod", "http://echo-clusterip/"),
            Workload("node-port", number, [0, 1_900, 0, 130, 1_650, 190, 4_000], 3, "internet", "http://<node>:30080/"),
            Workload("load-balancer", number, [900, 2_900, 480, 130, 2_100, 185, 4_000], 4, "internet", "http://echo-loadbalancer/"),
            Workload("headless", number, [310, 400, 0, 0, 390, 420, 4_000], 2, "any pod", "http://echo-headless/"),
            Workload("external-name", number, [1_200, 9_000, 0, 0, 8_800, 0, 0], 6, "any pod", "http://echo-externalname/")))]);

    /// <summary>The same, with how it went over time: an incident in the second third.</summary>
    public static RunResults OverTime { get; } = Results with { Series = Series(Results, 60) };

    /// <summary>Something like a run over time, made by hand: equal numbers each time.</summary>
    public static SeriesResult Series(RunResults results, int intervals)
    {
        bool Incident(int interval) => interval > intervals / 3 && interval < intervals / 2;
        ImmutableArray<T> Each<T>(Func<int, T> value) => [.. Enumerable.Range(0, intervals).Select(value)];
        return new SeriesResult
        {
            IntervalSeconds = 60.0 / intervals,
            Workloads = [.. results.Workloads.Select((workload, number) => new WorkloadSeries(
                workload.Name, Each(interval => 100 + 10 * number + interval % 4 - (Incident(interval) ? 50.0 : 0)),
                Each(interval => Incident(interval) && number == 0 ? (double?)null : 10 + number + interval % 3), Each(interval => Incident(interval) ? 20.0 : 0), Each(interval => interval % 5 / 10.0)))],
            Nodes = [new NodeSeries("all nodes", Each(_ => 0.3), Each(interval => 0.1 + interval % 3 / 100.0)), new NodeSeries("node-1", Each(_ => 0.5), Each(_ => 0.2))],
            Events = [new TimelineMark(20, "scale echo-server to 6"), new TimelineMark(40, "scale echo-server to 2"), new TimelineMark(41, "node node-2 fails")],
        };
    }

    private static WorkloadRecord Workload(string name, int replication, long[] stagesUs, int hops, string from, string to)
    {
        const int Count = 4_000;
        var histogram = new LongHistogram(1, 3_600_000_000_000, 3);
        double mean = stagesUs.Sum() * Microsecond * (1 + 0.004 * (replication - 2));
        // A lognormal shape by its own quantiles: smooth, and the same each time.
        double sigma = 0.45 + 0.02 * replication;
        Int128 sum = 0;
        for (int rank = 0; rank < Count; rank++)
        {
            long latency = (long)LogNormal.InvCDF(Math.Log(mean) - sigma * sigma / 2, sigma, (rank + 0.5) / Count);
            histogram.RecordValue(latency);
            sum += latency;
        }
        Int128[] stages = [.. stagesUs.Select(stage => sum * stage / stagesUs.Sum())];
        return Fabricated.Workload(name) with
        {
            From = from,
            To = to,
            Requests = Count,
            Succeeded = Count,
            LatencyNs = histogram,
            LatencySumNs = sum,
            StageSumsNs = new StageTimes(stages[0], stages[1], stages[2], stages[3], stages[4], stages[5], stages[6]),
            Hops = Count * hops,
            RequestsByHops = [.. Enumerable.Repeat(0L, hops - 1), Count / 4, Count / 2, Count - Count / 4 - Count / 2],
            CrossedNodes = Count * 5 / 6,
            CrossedZones = Count * 2 / 3,
            CrossZoneBytes = Count * 4_000L,
            ClientAddressKept = from == "internet" ? 0 : Count,
            Backends = Backends(name, Count),
        };
    }

    private static ImmutableArray<BackendRecord> Backends(string name, int count) => name switch
    {
        "external-name" => [new BackendRecord("example.com", "", "", count)],
        "headless" => Pods(count, 0.55, 0.23, 0.22, 0),
        _ => Pods(count, 0.26, 0.25, 0.245, 0.245),
    };

    private static ImmutableArray<BackendRecord> Pods(int count, params double[] shares) =>
        [.. shares.Select((share, index) =>
            new BackendRecord($"service-types-demo/echo-server-{index}", $"node-{index}", "eu-a", (long)(share * count)))];
}
