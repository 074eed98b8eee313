using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>
/// Poisson arrivals, exponential service of mean 1. Formulas: Kleinrock, Queueing Systems I (1975), chapter 3; Gross et al., Fundamentals
/// of Queueing Theory (4th ed., 2008), chapter 2.
/// </summary>
internal sealed class MarkovQueueTests
{
    private static readonly Distribution Service = Distribution.Exponential(QueueRun.Unit);

    // The sojourn is exponential with rate 1 - load.
    [TestCase(0.3)]
    [TestCase(0.5)]
    [TestCase(0.7)]
    [TestCase(0.8)]
    public void One_server_has_the_sojourn_times_of_M_M_1(double load)
    {
        Replications<QueueRun> measured = new(replication => QueueRun.Of(replication, ArrivalProcess.Poisson(load), Service));

        measured.Agree("mean wait", run => run.MeanWait, load / (1 - load), within: 0.04);
        measured.Agree("mean sojourn", run => run.MeanSojourn, 1 / (1 - load), within: 0.03);
        measured.Agree("median sojourn", run => QueueRun.Quantile(run.Sojourns, 0.5), Math.Log(2) / (1 - load), within: 0.03);
        measured.Agree("99th percentile", run => QueueRun.Quantile(run.Sojourns, 0.99), Math.Log(100) / (1 - load), within: 0.07);
        measured.Agree("share that waits", run => run.WaitingShare, load, within: 0.01);
        // Poisson arrivals see time averages (Wolff, Operations Research 30(2), 1982); Little's law makes those load * sojourn.
        measured.Agree("customers found", run => run.Seen, load / (1 - load), within: 0.04);
        measured.Agree("customers found over sojourn", run => run.Seen / run.MeanSojourn, load, within: 0.02);
    }

    // Erlang's C: the share that waits; those who do wait an exponential time with rate servers - offered load.
    [TestCase(2, 0.7)]
    [TestCase(5, 0.8)]
    [TestCase(10, 0.8)]
    public void Many_servers_have_the_waits_of_M_M_c(int servers, double load)
    {
        double offered = servers * load;
        double waits = ErlangC(servers, offered);
        Replications<QueueRun> measured = new(replication => QueueRun.Of(replication, ArrivalProcess.Poisson(offered), Service, servers));

        measured.Agree("share that waits", run => run.WaitingShare, waits, within: 0.04);
        measured.Agree("mean wait", run => run.MeanWait, waits / (servers - offered), within: 0.1);
        measured.Agree("mean sojourn", run => run.MeanSojourn, 1 + (waits / (servers - offered)), within: 0.03);
        measured.Agree(
            "99th percentile of the wait", run => QueueRun.Quantile(run.Waits, 0.99), Math.Log(100 * waits) / (servers - offered), within: 0.1);
    }

    // The probability of n is a^n / n! up to c servers, and a^n / (c! c^(n - c)) up to c + bound; refused is who finds the last.
    [TestCase(1, 4, 0.8)]
    [TestCase(1, 9, 1.2)]
    [TestCase(4, 0, 0.9)]
    [TestCase(4, 6, 0.9)]
    public void A_bounded_queue_refuses_the_share_of_M_M_c_K(int servers, int bound, double load)
    {
        double offered = servers * load;
        double[] states = States(servers, bound, offered);
        double present = states.Select((probability, number) => number * probability).Sum();
        Replications<QueueRun> measured = new(replication => QueueRun.Of(replication, ArrivalProcess.Poisson(offered), Service, servers, bound));

        measured.Agree("share refused", run => run.RefusedShare, states[^1], within: 0.04);
        measured.Agree("customers found", run => run.Seen, present, within: 0.02);
        measured.Agree("mean sojourn", run => run.MeanSojourn, present / (offered * (1 - states[^1])), within: 0.02);
    }

    private static double ErlangC(int servers, double offered)
    {
        double blocked = States(servers, 0, offered)[^1];
        return blocked / (1 - (offered / servers * (1 - blocked)));
    }

    private static double[] States(int servers, int bound, double offered)
    {
        double[] weights = new double[servers + bound + 1];
        weights[0] = 1;
        for (int number = 1; number < weights.Length; number++)
            weights[number] = weights[number - 1] * offered / Math.Min(number, servers);
        double sum = weights.Sum();
        return [.. weights.Select(weight => weight / sum)];
    }
}
