using System.Text.RegularExpressions;
using MathNet.Numerics.Distributions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed partial class RunReportTests
{
    [Test]
    public void A_report_opens_with_the_question_and_names_every_workload()
    {
        string text = Text(Results());

        Assert.That(text, Does.StartWith("Which Service type is the fastest?"));
        Assert.That(text, Does.Match(@"(?m)^WORKLOAD +PATH +REQUESTS +FAILED +MEAN"));
        Assert.That(text, Does.Match(@"(?m)^slow +client -> AWS Network Load Balancer.* +4 +0 +4.00ms "));
    }

    [Test]
    public void The_last_sentence_compares_the_workloads()
    {
        Assert.That(Text(Results()).TrimEnd(), Does.EndWith(
            "A request of slow takes 4.00 times as long as one of fast: 4.00ms against 1.00ms on average, 1.50ms of the difference in the backend's own work."));
    }

    [Test]
    public void A_difference_too_small_for_a_factor_is_told_as_time()
    {
        RunResults results = RunSummary.Combine(Fabricated.Description,
        [
            Fabricated.Replication(0, Fabricated.Workload("a", 50_000_000), Fabricated.Workload("b", 50_040_000)),
            Fabricated.Replication(1, Fabricated.Workload("a", 50_100_000), Fabricated.Workload("b", 50_140_000)),
        ]);

        Assert.That(Text(results), Does.Contain("A request of b takes 40.0µs longer than one of a: 50.1ms against 50.1ms on average"));
    }

    [Test]
    public void A_workload_that_sent_nothing_is_named() => Assert.That(
        Text(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, Fabricated.Workload("silent") with { Backends = [] })])),
        Does.Contain("silent sent no request in the measured time."));

    [Test]
    public void An_even_share_counts_the_backends_that_are_too_many_to_list()
    {
        RunResults results = RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, Fabricated.Workload("many", 1_000_000) with
        {
            Backends = [new BackendRecord("pod-1", "node-1", "", 500), new BackendRecord("pod-2", "node-1", "", 400)],
            PossibleBackends = 300,
        })]);

        Assert.That(Notes(results), Is.EqualTo((string[])["hot: 167 x even", "hot: 133 x even"]));
        Assert.That(Text(results), Does.Contain("298 that got nothing are left out"));
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
    public void What_chance_gives_is_not_called_hot_however_many_backends_there_are()
    {
        // Poisson(6) counts of 150,000 backends, each as often as it is to be expected: the largest is 19, three times an even share.
        long[] requests = [.. Enumerable.Range(0, 20).SelectMany(count => Enumerable.Repeat((long)count, (int)Math.Ceiling(150_000 * Poisson.PMF(6, count))))];

        Assert.That(requests.Max(), Is.EqualTo(19));
        Assert.That(Notes(With(requests)), Is.Not.Empty.And.All.Empty);
    }

    [TestCase(40, "hot: 6.67 x even", Description = "a Poisson(6) count reaches 40 in one of 10^17 cases")]
    [TestCase(20, "", Description = "and 20 in one of 150,000")]
    public void One_of_many_is_hot_only_where_chance_does_not_give_so_much_to_any_of_them(int requests, string note) =>
        Assert.That(Notes(With([requests, .. Enumerable.Repeat(6L, 150_000)]))[0], Is.EqualTo(note));

    [TestCase("600 200 200", "hot: 1.80 x even,cold: 0.60 x even,cold: 0.60 x even", Description = "externalTrafficPolicy: Local")]
    [TestCase("300 0 0", "hot: 3.00 x even,idle,idle", Description = "session affinity with one client")]
    [TestCase("5 3 1", ",,", Description = "nine requests say nothing")]
    [TestCase("1000", "", Description = "the only one")]
    public void Skew_is_told_by_counts(string requests, string notes) =>
        Assert.That(Notes(With([.. requests.Split(' ').Select(long.Parse)])), Is.EqualTo(notes.Split(',')));

    [Test]
    public void Where_connections_are_kept_it_is_said_that_they_gather_requests()
    {
        const string Told = "all requests of a kept one go to the same";

        Assert.That(Text(With([600, 200, 200], connections: 5)), Does.Contain("hot: 1.80 x even").And.Contain(Told));
        Assert.That(Text(With([600, 200, 200])), Does.Not.Contain(Told));
        Assert.That(Text(With([340, 330, 330], connections: 50)), Does.Not.Contain(Told));
    }

    [Test]
    public void Defaults_that_were_taken_are_listed_and_events_too() =>
        Assert.That(Text(Results()), Does.Contain("  requests: poisson 500/s").And.Contain("event: Service shop/web: load balancer pending"));

    [Test]
    public void The_bill_shows_items_their_sum_and_the_day_of_the_prices()
    {
        RunResults results = RunSummary.Combine(
            Fabricated.Description with { LoadBalancers = 2 }, [Fabricated.Replication(0, Fabricated.Workload("a", 1_000_000))]);

        string text = Text(results with { Cost = MonthlyBill.Of(results, PriceSheetReader.BuiltIn("aws")!) });

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

    private static RunResults With(long[] requests, long? connections = null) => RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, Fabricated.Workload("many", 1_000_000) with
    {
        Requests = requests.Sum(),
        Succeeded = requests.Sum(),
        Connections = connections ?? requests.Sum(),
        Backends = [.. requests.Select((count, pod) => new BackendRecord($"pod-{pod}", "node-1", "", count))],
    })]);

    private static string[] Notes(RunResults results) =>
        [.. Text(results).Split('\n').Where(line => line.StartsWith("many   ", StringComparison.Ordinal) && line.Contains("pod-", StringComparison.Ordinal)).Select(line => NotePattern().Match(line).Value)];

    // After the load's bar.
    [GeneratedRegex("(hot|cold|idle).*$")]
    private static partial Regex NotePattern();

    private static string Text(RunResults results)
    {
        var writer = new StringWriter { NewLine = "\n" };
        RunReport.Write(writer, results);
        return writer.ToString();
    }
}
