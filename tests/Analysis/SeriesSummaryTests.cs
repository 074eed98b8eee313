using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

/// <summary>Two replications of 65 s in intervals of 30 s: the last one is 5 s long.</summary>
public sealed class SeriesSummaryTests
{
    private const long Second = 1_000_000_000;

    [Test]
    public void Counts_become_rates_of_their_interval_even_where_the_run_cuts_it_short()
    {
        WorkloadSeries series = Combine().Workloads[0];

        Assert.That(series.Throughput, Is.EqualTo((double[])[15.0, 1, 3]));
        Assert.That(series.Errors, Is.EqualTo((double[])[0, 0, 0.2]));
        Assert.That(series.Queued, Is.EqualTo((double[])[0, 1, 0.5]));
    }

    [Test]
    public void An_interval_without_an_answer_has_no_p99()
    {
        Assert.That(Combine().Workloads[0].P99Ms, Is.EqualTo((double?[])[3, 4, null]));
    }

    [Test]
    public void All_nodes_come_first_and_then_the_busiest()
    {
        SeriesResult series = Combine();

        Assert.That(series.Nodes.Select(node => node.Name), Is.EqualTo((string[])["all nodes", "node-1", "node-0"]));
        Assert.That(series.Nodes[0].PacketShare, Is.EqualTo((double[])[0.3, 0.4, 0.5]).Within(1e-12));
        Assert.That(series.Nodes[1].RuleShare, Is.EqualTo((double[])[0.1, 0.1, 0.1]).Within(1e-12));
    }

    [Test]
    public void Records_without_series_have_none() =>
        Assert.That(RunSummary.Combine(Fabricated.Description, [Replication(0), Replication(1) with { Series = null }]).Series, Is.Null);

    private static SeriesResult Combine() => RunSummary.Combine(Fabricated.Description, [Replication(0), Replication(1)]).Series!;

    private static ReplicationRecord Replication(int number) => Fabricated.Replication(number, Fabricated.Workload("web", 1_000_000)) with
    {
        Series = new SeriesRecord(
            30 * Second,
            [
                new WorkloadSeriesRecord(
                    Succeeded: [number == 0 ? 300 : 600, 30, 15], Failed: [0, 0, 2 * number],
                    P99Ns: [number == 0 ? 2_000_000 : 4_000_000, number == 0 ? -1 : 4_000_000, -1], WaitNs: [0, 30 * Second, 5 * Second / 2]),
            ],
            [new NodeSeriesRecord([0.1, 0.2, 0.3], [0, 0, 0]), new NodeSeriesRecord([0.5, 0.6, 0.7], [0.1, 0.1, 0.1])]),
    };
}
