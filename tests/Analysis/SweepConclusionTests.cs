using System.Collections.Immutable;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class SweepConclusionTests
{
    [Test]
    public void A_sweep_along_numbers_says_what_rises_and_what_does_not() => Assert.That(
        Sentence(["mode", "services"], [["iptables", "100"], ["iptables", "9000"], ["ipvs", "100"], ["ipvs", "9000"], ["nftables", "100"], ["nftables", "9000"]], [1, 9, 2, 2, 3, 1]),
        Is.EqualTo("From services 100 to 9000, the mean latency rises with iptables from 1.00 ms to 9.00 ms, 9.00 times as much; it stays with ipvs at 2.00 ms; it falls with nftables from 3.00 ms to 1.00 ms."));

    [Test]
    public void A_line_that_has_no_steady_state_at_first_says_where_it_begins() => Assert.That(
        Sentences(["rate", "replicas"], [["low", "3"], ["low", "4"], ["low", "9"], ["high", "3"], ["high", "4"], ["high", "9"]], [4, 2, 1, double.NaN, 6, 2]).First(),
        Is.EqualTo("From replicas 3 to 9, the mean latency falls with low from 4.00 ms to 1.00 ms and with high from 6.00 ms (at 4) to 2.00 ms."));

    [Test]
    public void Settings_without_numbers_are_told_by_their_extremes() => Assert.That(
        Sentence(["mode"], [["iptables"], ["ipvs"], ["nftables"]], [3, 1, 2]),
        Is.EqualTo("The mean latency goes from 1.00 ms with ipvs to 3.00 ms with iptables."));

    [Test]
    public void What_intervals_do_not_tell_apart_is_not_told_apart() => Assert.That(
        Sentence(["mode"], [["iptables"], ["ipvs"]], [1, 1.01]),
        Is.EqualTo("The mean latency goes from 1.00 ms with iptables to 1.01 ms with ipvs, a difference that chance can explain."));

    [Test]
    public void Both_ends_of_a_line_are_named_also_where_chance_can_explain_their_difference()
    {
        SweepTable table = new(["replicas"], [new SweepTablePoint(0, ["2"], Values(42.4, 71.2, 100.0)), new SweepTablePoint(1, ["12"], Values(41, 42, 43))]);

        Assert.That(
            SweepConclusion.Sentences(table, Fabricated.Sweep(table, "mean_ms")).Single(),
            Is.EqualTo("From replicas 2 to 12, the mean latency goes from 71.2 ms to 42.0 ms, a difference that chance can explain."));
    }

    [Test]
    public void A_single_replication_shows_no_difference()
    {
        SweepTable table = new(["replicas"], [new SweepTablePoint(0, ["2"], Values(70)), new SweepTablePoint(1, ["12"], Values(42))]);

        Assert.That(
            SweepConclusion.Sentences(table, Fabricated.Sweep(table, "mean_ms")).Single(),
            Is.EqualTo("From replicas 2 to 12, the mean latency goes from 70.0 ms to 42.0 ms, and a single replication does not show whether this is chance."));
    }

    [Test]
    public void Points_without_a_steady_state_are_counted() => Assert.That(
        Sentences(["mode"], [["iptables"], ["ipvs"]], [double.NaN, 1]).Last(),
        Is.EqualTo("At 1 of 2 points a pod or node is offered more than it can do: its queue grows without end, and there is no latency."));

    private static string Sentence(ImmutableArray<string> axes, ImmutableArray<string>[] points, double[] meansMs) => Sentences(axes, points, meansMs).Single();

    private static IEnumerable<string> Sentences(ImmutableArray<string> axes, ImmutableArray<string>[] points, double[] meansMs)
    {
        SweepTable table = new(axes, [.. points.Select((values, number) => new SweepTablePoint(number, values, Result(meansMs[number])))]);
        return SweepConclusion.Sentences(table, Fabricated.Sweep(table, "mean_ms"));
    }

    // Three replications, 1% apart; without a mean where the point is not stable.
    private static SweepPointResult Result(double meanMs) => Values(0.99 * meanMs, meanMs, 1.01 * meanMs);

    private static SweepPointResult Values(params double[] replicationsMs) => new(
    [
        .. replicationsMs.Select((meanMs, replication) => new SweepRow("web", replication,
        [
            .. SweepMetric.All.Select(metric => metric.Name switch
            {
                "mean_ms" => meanMs,
                "stable" => double.IsNaN(meanMs) ? 0 : 1,
                _ => 1,
            }),
        ])),
    ]);
}
