using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class RunReportTests
{
    [Test]
    public void A_report_opens_with_the_question_and_names_every_workload()
    {
        string text = Text(Results());

        Assert.That(text, Does.StartWith("Which Service type is the fastest?"));
        Assert.That(text, Does.Match(@"(?m)^WORKLOAD +PATH +REQUESTS +FAILED +MEAN"));
        Assert.That(text, Does.Match(@"(?m)^slow +client -> aws load balancer.* +4 +0 +4.00ms "));
    }

    [Test]
    public void The_last_sentence_compares_the_workloads()
    {
        Assert.That(Text(Results()).TrimEnd(), Does.EndWith(
            "A request of slow takes 4.00 times as long as one of fast: 4.00ms against 1.00ms on average, 1.50ms of the difference in the backend's own work."));
    }

    [Test]
    public void Workloads_whose_intervals_overlap_are_not_said_to_differ()
    {
        RunResults results = RunSummary.Combine(Fabricated.Description,
        [
            Fabricated.Replication(0, Fabricated.Workload("a", 1_000_000), Fabricated.Workload("b", 3_000_000)),
            Fabricated.Replication(1, Fabricated.Workload("a", 4_000_000), Fabricated.Workload("b", 2_500_000)),
        ]);

        Assert.That(Text(results), Does.Contain("do not differ beyond chance"));
    }

    [Test]
    public void Failures_are_named_by_kind_and_closed_with_a_warning()
    {
        WorkloadRecord failing = Fabricated.Workload("lost", 1_000_000) with
        {
            Requests = 4,
            Failed = new FailureCounts(Refused: 2, Dropped: 1, 0, 0, 0),
        };

        string text = Text(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, failing)]));

        Assert.That(text, Does.Match(@"FAILURES OF +REFUSED +DROPPED +TIMED-OUT +OVERFLOWED +UNRESOLVED\nlost +2 +1 +0 +0 +0\n"));
        Assert.That(text, Does.Contain("75% of the requests of lost failed."));
    }

    [Test]
    public void A_hot_pod_is_marked_and_an_idle_one_too()
    {
        WorkloadRecord uneven = Fabricated.Workload("uneven", 1_000_000) with
        {
            Backends =
            [
                new BackendRecord("default/a", "node-0", "", 900), new BackendRecord("default/b", "node-1", "", 100),
                new BackendRecord("default/c", "node-1", "", 0),
            ],
        };

        string text = Text(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, uneven)]));

        Assert.That(text, Does.Match("(?m)^uneven +default/a .*####################   hot: 2.70 x even$"));
        Assert.That(text, Does.Match("(?m)^uneven +default/c .* idle$"));
    }

    [Test]
    public void Defaults_that_were_taken_are_listed_and_events_too() =>
        Assert.That(Text(Results()), Does.Contain("  requests: poisson 500/s").And.Contain("event: Service shop/web: load balancer pending"));

    [Test]
    public void The_bill_shows_items_their_sum_and_the_day_of_the_prices()
    {
        RunResults results = RunSummary.Combine(
            Fabricated.Description with { LoadBalancers = 2 }, [Fabricated.Replication(0, Fabricated.Workload("a", 1_000_000))]);

        string text = Text(results with { Cost = MonthlyBill.Of(results, KubeNetSim.Scenarios.PriceSheetReader.BuiltIn("aws")!) });

        Assert.That(text, Does.Match(@"(?m)^load balancers +1,460 +hour +0.0225 +32.85$"));
        Assert.That(text, Does.Match(@"(?m)^all together +32\.\d\d$"));
        Assert.That(text, Does.Contain("list prices of aws, us-east-1, as of 2026-09-20"));
    }

    [Test]
    public void No_line_ends_with_a_blank() => Assert.That(Text(Results()), Does.Not.Match("(?m) $"));

    private static RunResults Results() => RunSummary.Combine(Fabricated.Description,
    [
        Fabricated.Replication(0, Fabricated.Workload("fast", 1_000_000), Fabricated.Workload("slow", 4_000_000, 4_000_000)),
        Fabricated.Replication(1, Fabricated.Workload("fast", 1_000_000), Fabricated.Workload("slow", 4_000_000, 4_000_000)),
    ]);

    private static string Text(RunResults results)
    {
        var writer = new StringWriter { NewLine = "\n" };
        RunReport.Write(writer, results);
        return writer.ToString();
    }
}
