using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

/// <summary>Whether 95% intervals hold what they promise, on a queue whose mean is known.</summary>
public sealed class CoverageTests
{
    private const int Seeds = 200;
    private const int Replications = 10;
    private const int Customers = 6_000;
    private const double Arrivals = 0.7;

    // M/M/1 with service rate 1: W = 1 / (1 - ρ), time in the system.
    private const double TheoreticalMean = 1 / (1 - Arrivals);

    [Test]
    public void Intervals_of_an_MM1_queue_hold_its_theoretical_mean_in_nineteen_of_twenty_cases()
    {
        int held = Enumerable.Range(0, Seeds).Count(seed => IntervalOf((ulong)seed).Contains(TheoreticalMean));

        Assert.That(held, Is.InRange(0.90 * Seeds, 0.99 * Seeds));
    }

    [Test]
    public void A_backlog_at_the_start_is_cut_off_as_warm_up()
    {
        // A system that starts far from its steady state: the first customer finds work for 500 in front of it.
        WarmUpCut[] cuts = [.. Enumerable.Range(0, 15).Select(seed => WarmUp.Find(Backlogged((ulong)seed)))];

        // The backlog drains at 1 - ρ for each unit of time, 0.7 customers arriving in it: about 500 / 0.3 x 0.7 = 1,167 customers, a few hundred
        // more or less.
        Assert.That(cuts.Select(cut => cut.Observations).Order().ElementAt(7), Is.InRange(900, 1_700));
        Assert.That(
            cuts.Select((cut, seed) => Backlogged((ulong)seed)[cut.Observations..].Average()).Average(),
            Is.EqualTo(TheoreticalMean).Within(10).Percent);
    }

    private static double[] Backlogged(ulong seed) => Sojourns(RandomStream.Create(seed, 0, "queue", "warm-up"), startBacklog: 500);

    private static ConfidenceInterval IntervalOf(ulong seed)
    {
        double[] means = new double[Replications];
        for (int replication = 0; replication < Replications; replication++)
        {
            double[] times = Sojourns(RandomStream.Create(seed, replication, "queue", "coverage"), startBacklog: 0);
            means[replication] = times[(Customers / 10)..].Average();
        }
        return ConfidenceInterval.OfMean(means)!.Value;
    }

    // Lindley's recursion: who arrives waits for what is left of the work in front.
    private static double[] Sojourns(RandomStream stream, double startBacklog)
    {
        double[] times = new double[Customers];
        double backlog = startBacklog;
        for (int customer = 0; customer < Customers; customer++)
        {
            times[customer] = backlog += stream.NextExponential();
            backlog = Math.Max(0, backlog - stream.NextExponential() / Arrivals);
        }
        return times;
    }
}
