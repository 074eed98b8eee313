using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>One server with service of mean 1 that is not exponential, or arrivals that are not Poisson.</summary>
internal sealed class GeneralQueueTests
{
    public sealed record ServiceTime(string Name, Distribution Distribution, double Cv)
    {
        public override string ToString() => Name;
    }

    private static IEnumerable<ServiceTime> ServiceTimes()
    {
        yield return new("M/D/1", Distribution.Constant(QueueRun.Unit), 0);
        yield return new("M/G/1 gamma", Distribution.Gamma(QueueRun.Unit, 0.5), 0.5);
        yield return new("M/G/1 Weibull", Distribution.Weibull(QueueRun.Unit, 0.7), 0.7);
        yield return new("M/G/1 lognormal", Distribution.Lognormal(QueueRun.Unit, 1.5), 1.5);
        yield return new("M/G/1 gamma of high variation", Distribution.Gamma(QueueRun.Unit, 2), 2);
        yield return new("M/G/1 empirical", Distribution.Empirical([0.5 * QueueRun.Unit, 0.5 * QueueRun.Unit, 2 * QueueRun.Unit]), Math.Sqrt(0.5));
    }

    // Pollaczek and Khinchine: the mean wait is load (1 + cv^2) / (2 (1 - load)), whatever else the distribution is.
    [TestCaseSource(nameof(ServiceTimes))]
    public void The_mean_wait_is_that_of_Pollaczek_and_Khinchine(ServiceTime service)
    {
        const double Load = 0.6;
        Replications<QueueRun> measured = new(replication => QueueRun.Of(replication, ArrivalProcess.Poisson(Load), service.Distribution));
        double wait = Load * (1 + (service.Cv * service.Cv)) / (2 * (1 - Load));

        measured.Agree("mean wait", run => run.MeanWait, wait, within: 0.06);
        measured.Agree("mean sojourn", run => run.MeanSojourn, 1 + wait, within: 0.05);
        measured.Agree("share that waits", run => run.WaitingShare, Load, within: 0.015);
    }

    // Without a queue, the share refused depends on the mean of the service time alone (Erlang's B, Sevastyanov 1957).
    [TestCaseSource(nameof(ServiceTimes))]
    public void A_station_without_a_queue_refuses_the_same_share_for_any_service_time(ServiceTime service)
    {
        const double Offered = 3;
        double blocked = 1;
        for (int server = 1; server <= 4; server++)
            blocked = Offered * blocked / (server + (Offered * blocked));

        Replications<QueueRun> measured = new(
            replication => QueueRun.Of(replication, ArrivalProcess.Poisson(Offered), service.Distribution, servers: 4, bound: 0));

        measured.Agree("share refused", run => run.RefusedShare, blocked, within: 0.03);
    }

    // GI/M/1: an arrival finds the server busy with probability s = A*(1 - s), the transform of the gaps; the sojourn is exponential with
    // rate 1 - s (Kleinrock I, chapter 6). For constant gaps A*(x) = exp(-x / load).
    [TestCase(0.5)]
    [TestCase(0.8)]
    public void Constant_arrivals_have_the_sojourn_times_of_D_M_1(double load)
    {
        double busy = load;
        for (int step = 0; step < 1_000; step++)
            busy = Math.Exp(-(1 - busy) / load);
        Distribution service = Distribution.Exponential(QueueRun.Unit);
        Replications<QueueRun> measured = new(replication => QueueRun.Of(replication, ArrivalProcess.Constant(load), service));

        measured.Agree("share that waits", run => run.WaitingShare, busy, within: 0.02);
        measured.Agree("mean sojourn", run => run.MeanSojourn, 1 / (1 - busy), within: 0.03);
        measured.Agree("99th percentile", run => QueueRun.Quantile(run.Sojourns, 0.99), Math.Log(100) / (1 - busy), within: 0.05);
    }
}
