using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class ComparisonReportTests
{
    private const long Millisecond = 1_000_000;

    // Replications that differ from each other by far more than the second run does from the first.
    private static readonly ImmutableArray<long> Latencies = [10 * Millisecond, 20 * Millisecond, 30 * Millisecond, 40 * Millisecond];
    private static readonly ImmutableArray<long> SlightlyFaster = [9 * Millisecond, 19 * Millisecond, 29 * Millisecond, 38 * Millisecond];

    [Test]
    public void Equal_seeds_are_compared_in_pairs_which_shows_a_small_difference()
    {
        string text = Compare(Run(Latencies), Run(SlightlyFaster));

        // Differences -1, -1, -1, -2: mean -1.25, t(0.975, 3) · 0.5 / 2 = 0.796.
        Assert.That(text, Does.Match(@"(?m)^web +mean +25.0ms +23.8ms +-1.25ms +-2.05ms .. -454µs +B is 5.0% faster$"));
        Assert.That(text, Does.Contain("in pairs"));
    }

    [Test]
    public void Other_seeds_are_compared_as_independent_which_does_not()
    {
        string text = Compare(Run(Latencies), Run(SlightlyFaster) with { Seed = 7 });

        Assert.That(text, Does.Match("(?m)^web +mean .* no difference shown$"));
        Assert.That(text, Does.Contain("Welch"));
    }

    [Test]
    public void A_run_compared_with_itself_shows_no_difference()
    {
        string text = Compare(Run(Latencies), Run(Latencies));

        Assert.That(text, Does.Not.Contain("faster").And.Not.Contain("slower").And.Not.Contain("costs"));
    }

    [Test]
    public void One_replication_shows_nothing() =>
        Assert.That(Compare(Run([10 * Millisecond]), Run([90 * Millisecond])), Does.Contain("one replication shows nothing"));

    [Test]
    public void Replications_that_only_one_run_has_are_left_out_of_the_pairs()
    {
        string text = Compare(Run(Latencies), Run([.. SlightlyFaster, 500 * Millisecond]));

        Assert.That(text, Does.Match(@"(?m)^web +mean .* -1.25ms +-2.05ms .. -454µs +B is 5.0% faster$"));
    }

    [Test]
    public void Without_a_steady_state_there_is_nothing_to_compare()
    {
        RunResults second = Run(Latencies);
        second = second with
        {
            Unstable = [new UnstableStation("pod", "default/a", 120, 100, "default/a gets 120 requests/s and can handle 100/s", ["web"])],
            Workloads = [second.Workloads[0] with { LatencyMs = null, LatencyIntervalsMs = null, LatencyByReplicationMs = null }],
        };

        string text = Compare(Run(Latencies), second);

        Assert.That(text, Does.Match("(?m)^web +mean +25.0ms +- +- +- +no steady state to compare$"));
        Assert.That(text, Does.Contain("\nB is unstable: default/a gets 120 requests/s and can handle 100/s\n"));
    }

    [Test]
    public void What_else_differs_has_a_line_and_what_does_not_has_none()
    {
        RunResults second = Run(Latencies);
        ReplicationMeans means = second.Workloads[0].MeansByReplication! with { Hops = [5, 5, 5, 5], CrossZoneShare = [0, 1, 0, 1] };
        second = second with { Workloads = [second.Workloads[0] with { HopsMean = 5, CrossZoneShare = 0.5, MeansByReplication = means }] };

        string text = Compare(Run(Latencies), second);

        Assert.That(text, Does.Match(@"(?m)^web +hops +3.00 +5.00 +\+2.00 +\+2.00 .. \+2.00 +B has more$"));
        // Differences 0, 1, 0, 1: mean 0.5, t(0.975, 3) · 0.577 / 2 = 0.919.
        Assert.That(text, Does.Match(@"(?m)^web +cross-zone +0% +50% +\+50.0pp +-41.9pp .. \+142pp +no difference shown$"));
        Assert.That(text, Does.Not.Match("(?m)^web +(failed|cross-node|rules)"));
    }

    [Test]
    public void Results_that_kept_no_replications_show_the_difference_and_no_verdict_on_it()
    {
        RunResults second = Run(Latencies);
        second = second with { Workloads = [second.Workloads[0] with { HopsMean = 5, MeansByReplication = null }] };

        Assert.That(Compare(Run(Latencies), second), Does.Match(@"(?m)^web +hops +3.00 +5.00 +\+2.00 +- +no replications to compare$"));
    }

    [Test]
    public void A_workload_of_one_run_alone_is_named()
    {
        RunResults second = Run(Latencies);
        second = second with { Workloads = [second.Workloads[0] with { Name = "other" }] };

        Assert.That(Compare(Run(Latencies), second), Does.Contain("only in A: web\nonly in B: other\n"));
    }

    [Test]
    public void A_dearer_run_says_so() => Assert.That(
        Compare(Run(Latencies), Run(Latencies, loadBalancers: 10)),
        Does.Match(@"(?m)^\(all\) +USD a month +[0-9.,]+ +[0-9.,]+ +\+164.25 +\+164.25 .. \+164.25 +B costs more$"));

    private static RunResults Run(ImmutableArray<long> latencies, int loadBalancers = 0)
    {
        ImmutableArray<ReplicationRecord> replications = [.. latencies.Select((latency, number) => Fabricated.Replication(number, Fabricated.Workload("web", latency)))];
        RunResults results = RunSummary.Combine(Fabricated.Description with { LoadBalancers = loadBalancers }, replications);
        return results with { Cost = MonthlyBill.Of(results, replications, PriceSheetReader.BuiltIn("aws")!) };
    }

    private static string Compare(RunResults first, RunResults second)
    {
        var writer = new StringWriter { NewLine = "\n" };
        ComparisonReport.Write(writer, first, second, "one", "two");
        return writer.ToString();
    }
}
