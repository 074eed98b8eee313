using System.Collections.Immutable;
using HdrHistogram;

namespace KubeNetSim.Tests.Analysis;

/// <summary>Records as a simulation would leave them, made by hand so that every expected figure can be worked out on paper.</summary>
internal static class Fabricated
{
    public static RunDescription Description { get; } = new()
    {
        Scenario = "service-types",
        Question = "Which Service type is the fastest?",
        Version = "0.1.0",
        Seed = 42,
        ProxyMode = "iptables (nft)",
        Cloud = "aws",
        Size = new ClusterSize(Nodes: 6, Pods: 13, Services: 5005, Endpoints: 5015),
        CostProfile = "linux-6.18-epyc",
        NetworkProfile = "cloud-zones",
        Defaults = [new("requests", "poisson 500/s")],
        Events = ["Service shop/web: load balancer pending, no cloud"],
    };

    /// <summary>A sweep whose points are those of a table.</summary>
    public static SweepDescription Sweep(SweepTable table, params ImmutableArray<string> metrics) => new()
    {
        Name = "rule-cost",
        Question = "What do rules cost?",
        Version = "0.1.0+abc",
        Metrics = metrics,
        Settings = [new SweepSetting("seed", "42")],
        Axes = table.Axes,
        Points = [.. table.Points.Select(point => new SweepDescribedPoint(point.Number, point.Values, $"key-{point.Number}"))],
    };

    public static ReplicationRecord Replication(int number, params ImmutableArray<WorkloadRecord> workloads) => new()
    {
        Replication = number,
        SimulatedNs = 65_000_000_000,
        MeasuredFromNs = 5_000_000_000,
        RequestsStarted = workloads.Sum(workload => workload.Requests) + 100,
        Events = 1_000,
        Workloads = workloads,
        Nodes = [new NodeRecord("node-0", "eu-a", 10, 50_000, 0.25, 0.125), new NodeRecord("node-1", "eu-b", 20, 100, 0.01, 0.0)],
    };

    /// <summary>A workload whose successful requests took these latencies, spent on rules (a quarter), queue (a quarter) and service.</summary>
    public static WorkloadRecord Workload(string name, params ReadOnlySpan<long> latenciesNs)
    {
        var histogram = new LongHistogram(1, 3_600_000_000_000, 3);
        Int128 sum = 0;
        foreach (long latency in latenciesNs)
        {
            histogram.RecordValue(latency);
            sum += latency;
        }
        int count = latenciesNs.Length;
        return new WorkloadRecord
        {
            Name = name,
            From = "internet",
            To = "http://echo-loadbalancer/",
            PathHops = PreparedPaths.LoadBalancer,
            Requests = count,
            Succeeded = count,
            Failed = new FailureCounts(0, 0, 0, 0, 0),
            LatencyNs = histogram,
            LatencySumNs = sum,
            StageSumsNs = new StageTimes(0, 0, 0, sum / 4, 0, sum / 4, sum - sum / 4 - sum / 4),
            Hops = count * 3,
            CrossedNodes = count / 2,
            CrossedZones = count / 4,
            CrossZoneBytes = 1_000 * count,
            InternetEgressBytes = 4_000 * count,
            LoadBalancerBytes = 5_000 * count,
            ClientAddressKept = 0,
            Connections = count,
            RulesEvaluated = 5_000 * count,
            DnsQueries = 0,
            Backends = [new BackendRecord("default/echo-a", "node-0", "eu-a", count - count / 4), new BackendRecord("default/echo-b", "node-1", "eu-b", count / 4)],
        };
    }
}
