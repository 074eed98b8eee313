using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

/// <summary>What is said of a pod that serves 100 requests a second, after so many arrived in 100 s.</summary>
public sealed class StabilityTests
{
    private const long Millisecond = 1_000_000;

    [TestCase(9_500, false, Description = "busy")]
    [TestCase(9_800, false, Description = "very busy")]
    [TestCase(9_970, true, Description = "at its limit as far as one can tell")]
    [TestCase(10_000, true, Description = "at its limit")]
    [TestCase(10_200, true, Description = "past it")]
    public void A_pod_that_gets_all_that_it_can_serve_is_unstable(long arrivals, bool isUnstable) =>
        Assert.That(Combine([[Pod("a", arrivals)], [Pod("a", arrivals)]]).Unstable, Has.Length.EqualTo(isUnstable ? 1 : 0));

    [Test]
    public void A_few_requests_too_many_may_be_chance()
    {
        StationRecord brief = Pod("a", 105) with { Seconds = 1 };

        Assert.That(Combine([[brief]]).Unstable, Is.Empty);
        Assert.That(Combine([[brief with { Arrivals = 300 }]]).Unstable, Has.Length.EqualTo(1));
    }

    [Test]
    public void Bursts_leave_more_to_chance()
    {
        Assert.That(Combine([[Pod("a", 10_400)]]).Unstable, Has.Length.EqualTo(1));
        Assert.That(Combine([[Pod("a", 10_400) with { Dispersion = 25 }]]).Unstable, Is.Empty);
    }

    [Test]
    public void Users_of_a_closed_loop_fill_a_pod_without_overloading_it()
    {
        Assert.That(Combine([[Pod("a", 10_020) with { TakesClosedLoops = true }]]).Unstable, Is.Empty);
        Assert.That(Combine([[Pod("a", 11_000) with { TakesClosedLoops = true }]]).Unstable, Has.Length.EqualTo(1));
    }

    [Test]
    public void Another_hot_pod_in_each_replication_is_as_bad_as_the_same_in_all()
    {
        RunResults results = Combine([[Pod("a", 14_000), Pod("b", 8_000)], [Pod("a", 7_600), Pod("b", 15_000)], [Pod("a", 7_600), Pod("b", 15_000)]]);

        Assert.That(results.Unstable.Select(station => station.Why), Is.EqualTo((string[])
        [
            "a gets 140 requests/s in 1 of 3 replications and can handle 100/s (1 at a time, 10.0ms each)",
            "b gets 126.7 requests/s and can handle 100/s (1 at a time, 10.0ms each)",
        ]));
    }

    [Test]
    public void Who_does_not_use_it_keeps_its_latency()
    {
        RunResults results = Combine([[Pod("a", 15_000)]]);

        Assert.That(results.Workloads[0].LatencyMs, Is.Null);
        Assert.That(results.Workloads[0].LatencyCdf, Is.Empty);
        Assert.That(results.Workloads[0].Succeeded, Is.EqualTo(4));
        Assert.That(results.Workloads[1].LatencyMs, Is.Not.Null);
    }

    [Test]
    public void The_words_name_the_pod_and_what_it_can_do()
    {
        var writer = new StringWriter { NewLine = "\n" };
        RunReport.Write(writer, Combine([[Pod("a", 9_990)]]));

        Assert.That(writer.ToString(), Does.Contain(
            "Unstable: a gets 99.9 requests/s, which is within chance all of the 100/s that it can handle (1 at a time, 10.0ms each). " +
            "Its queue grows as long as the run lasts, so web has no mean latency."));
    }

    [TestCase(10, 12, true)]
    [TestCase(10, 10.05, false, Description = "sure, but half a percent")]
    public void Halves_that_differ_notably_in_every_replication_are_reported(double firstMs, double secondMs, bool isReported)
    {
        ReplicationRecord Replication(int number) => Fabricated.Replication(number, Halves(firstMs + (number * 0.001), secondMs + (number * 0.001)));

        RunResults results = RunSummary.Combine(Fabricated.Description, [.. Enumerable.Range(0, 5).Select(Replication)]);

        Assert.That(results.Unsettled, Has.Length.EqualTo(isReported ? 1 : 0));
    }

    [Test]
    public void Halves_that_differ_by_chance_are_not_reported()
    {
        RunResults results = RunSummary.Combine(Fabricated.Description,
            [Fabricated.Replication(0, Halves(10, 13)), Fabricated.Replication(1, Halves(12, 10)), Fabricated.Replication(2, Halves(10, 11))]);

        Assert.That(results.Unsettled, Is.Empty);
    }

    private static StationRecord Pod(string name, long arrivals) => new()
    {
        Kind = StationKind.Backend,
        Name = name,
        Servers = 1,
        ServiceNs = 10 * Millisecond,
        Arrivals = arrivals,
        Seconds = 100,
        Workloads = ["web"],
    };

    private static WorkloadRecord Halves(double firstMs, double secondMs)
    {
        long first = (long)(firstMs * Millisecond);
        return Fabricated.Workload("web", first, first, (long)(secondMs * Millisecond)) with { SucceededInFirstHalf = 2, LatencySumInFirstHalfNs = 2 * first };
    }

    private static RunResults Combine(StationRecord[][] stations)
    {
        long[] latencies = [Millisecond, 2 * Millisecond, 3 * Millisecond, 4 * Millisecond];
        return RunSummary.Combine(Fabricated.Description,
        [
            .. stations.Select((busy, number) => Fabricated.Replication(number, Fabricated.Workload("web", latencies.AsSpan(0, 4 / stations.Length)), Fabricated.Workload("other", latencies)) with
            {
                BusyStations = [.. busy],
            }),
        ]);
    }
}
