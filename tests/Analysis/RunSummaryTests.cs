using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class RunSummaryTests
{
    private const long Millisecond = 1_000_000;

    [Test]
    public void Counters_of_the_replications_add_up()
    {
        RunResults results = Combine([10 * Millisecond, 20 * Millisecond], [30 * Millisecond, 40 * Millisecond]);

        Assert.That(results.Requests, Is.EqualTo(204));
        Assert.That(results.Events, Is.EqualTo(2_000));
        Assert.That(results.SimulatedSeconds, Is.EqualTo(65));
        Assert.That(results.WarmupSeconds, Is.EqualTo(5));
        Assert.That(results.Workloads[0].RulesPerConnection, Is.EqualTo(5_000));
        Assert.That(results.Workloads[0].Backends.Sum(backend => backend.Requests), Is.EqualTo(4));
        Assert.That(results.Nodes[0].NewConnections, Is.EqualTo(10));
        Assert.That(results.Nodes[0].PacketShare, Is.EqualTo(0.25));
    }

    [Test]
    public void The_mean_is_exact_and_percentiles_come_from_the_merged_histograms()
    {
        long[] latencies = [.. Enumerable.Range(1, 1000).Select(rank => rank * Millisecond)];

        LatencyResult latency = Combine(latencies[..500], latencies[500..]).Workloads[0].LatencyMs!;

        Assert.That(latency.Mean, Is.EqualTo(500.5));
        Assert.That(latency.P50, Is.EqualTo(500).Within(0.1).Percent);
        Assert.That(latency.P90, Is.EqualTo(900).Within(0.1).Percent);
        Assert.That(latency.P99, Is.EqualTo(990).Within(0.1).Percent);
        Assert.That(latency.P999, Is.EqualTo(999).Within(0.1).Percent);
        Assert.That(latency.Max, Is.EqualTo(1000).Within(0.1).Percent);
    }

    [Test]
    public void The_interval_takes_each_replication_as_one_value()
    {
        // Means 10 and 14 ms: 12 ± t(0.975, 1) · 2.828 / √2 = 12 ± 25.41.
        LatencyIntervals intervals = Combine([9 * Millisecond, 11 * Millisecond], [14 * Millisecond]).Workloads[0].LatencyIntervalsMs!;

        Assert.That(intervals.Mean[0], Is.EqualTo(12 - 25.412).Within(0.001));
        Assert.That(intervals.Mean[1], Is.EqualTo(12 + 25.412).Within(0.001));
    }

    [Test]
    public void Replications_keep_their_latencies_to_be_compared_by()
    {
        ReplicationLatencies latencies = Combine([9 * Millisecond, 11 * Millisecond], [14 * Millisecond]).Workloads[0].LatencyByReplicationMs!;

        Assert.That(latencies.Mean, Is.EqualTo(new[] { 10.0, 14 }));
        Assert.That(latencies.P99, Is.EqualTo(new[] { 11.0, 14 }).Within(0.1).Percent);
    }

    [Test]
    public void One_replication_has_no_interval() =>
        Assert.That(Combine([Millisecond]).Workloads[0].LatencyIntervalsMs, Is.Null);

    [Test]
    public void Stages_add_up_to_the_mean()
    {
        WorkloadResult workload = Combine([7_000_003, 3_000_001]).Workloads[0];

        Assert.That(Stages.All.Sum(stage => stage.Of(workload.BreakdownMs!)), Is.EqualTo(workload.LatencyMs!.Mean).Within(1e-9));
    }

    [Test]
    public void A_workload_that_never_succeeds_has_no_latency()
    {
        WorkloadRecord failing = Fabricated.Workload("lost") with { Requests = 5, Failed = new FailureCounts(5, 0, 0, 0, 0) };

        WorkloadResult workload = RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, failing)]).Workloads[0];

        Assert.That(workload.Failed.Refused, Is.EqualTo(5));
        Assert.That(workload.LatencyMs, Is.Null);
        Assert.That(workload.ClientIPPreserved, Is.Null);
        Assert.That(workload.LatencyCdf, Is.Empty);
    }

    [Test]
    public void The_order_in_which_replications_finish_does_not_matter()
    {
        ImmutableArray<ReplicationRecord> records =
            [.. Enumerable.Range(0, 5).Select(number => Fabricated.Replication(number, Fabricated.Workload("a", (number + 3) * 1_234_567)))];

        Assert.That(
            RunResultsFile.ToJson(RunSummary.Combine(Fabricated.Description, [.. records.Reverse()])),
            Is.EqualTo(RunResultsFile.ToJson(RunSummary.Combine(Fabricated.Description, records))));
    }

    [Test]
    public void The_distribution_rises_from_the_fastest_to_the_slowest()
    {
        WorkloadResult workload = Combine([.. Enumerable.Range(1, 500).Select(rank => rank * Millisecond)]).Workloads[0];

        Assert.That(workload.LatencyCdf.Select(point => point[0]), Is.Ordered);
        Assert.That(workload.LatencyCdf.Select(point => point[1]), Is.Ordered);
        Assert.That(workload.LatencyCdf[^1], Is.EqualTo(new[] { workload.LatencyMs!.Max, 1 }));
    }

    private static RunResults Combine(params long[][] latencies) => RunSummary.Combine(
        Fabricated.Description,
        [.. latencies.Select((values, number) => Fabricated.Replication(number, Fabricated.Workload("shoppers", values)))]);

    [Test]
    public void Shares_by_hops_are_those_of_all_replications_together() => Assert.That(
        RunSummary.Combine(Fabricated.Description,
        [
            Fabricated.Replication(0, Fabricated.Workload("a", 1, 2, 3) with { RequestsByHops = [0, 3] }),
            Fabricated.Replication(1, Fabricated.Workload("a", 1) with { RequestsByHops = [0, 0, 1] }),
        ]).Workloads[0].HopShares,
        Is.EqualTo((double[])[0, 0.75, 0.25]));
}
