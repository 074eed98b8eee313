using MathNet.Numerics.Statistics;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>What one replication of a queue left behind, after its first tenth.</summary>
/// <param name="Waits">Times until service began, of those that entered, in units of <see cref="Unit"/>.</param>
/// <param name="Sojourns">Times from arrival to departure of the same.</param>
/// <param name="Seen">Customers that an arrival found there, on average.</param>
/// <param name="RefusedShare">Arrivals that found no room.</param>
internal sealed record QueueRun(double[] Waits, double[] Sojourns, double Seen, double RefusedShare)
{
    /// <summary>The unit of time of every model here, long enough that whole nanoseconds do not show [ns].</summary>
    public const double Unit = Nanoseconds.PerSecond;

    private const int Arrivals = 60_000;

    public double MeanWait => Waits.Average();

    public double MeanSojourn => Sojourns.Average();

    public double WaitingShare => Waits.Count(wait => wait > 0) / (double)Waits.Length;

    /// <summary>The p-quantile by the inverse of the empirical distribution function.</summary>
    public static double Quantile(double[] values, double p) => values.QuantileCustom(p, QuantileDefinition.EmpiricalInvCDF);

    public static QueueRun Of(int replication, ArrivalProcess arrivals, Distribution service, int servers = 1, int? bound = null)
    {
        RandomStream arrivalStream = RandomStream.Create(1, replication, "customers", "arrivals");
        RandomStream serviceStream = RandomStream.Create(1, replication, "station", "service");
        Station station = new(servers, bound);
        PriorityQueue<int, long> departures = new();
        List<double> waits = [];
        List<double> sojourns = [];
        (long now, long seen, int refused) = (0, 0, 0);
        for (int arrival = 0; arrival < Arrivals; arrival++)
        {
            now = arrivals.Next(now, arrivalStream);
            while (departures.TryPeek(out _, out long first) && first <= now)
                departures.Dequeue();
            int present = departures.Count;
            bool entered = station.TryEnter(now, service.Next(serviceStream), out long start, out long departure);
            if (entered)
                departures.Enqueue(arrival, departure);
            if (arrival < Arrivals / 10)
                continue;
            seen += present;
            refused += entered ? 0 : 1;
            if (!entered)
                continue;
            waits.Add((start - now) / Unit);
            sojourns.Add((departure - now) / Unit);
        }
        station.Finish();
        const double Counted = Arrivals - (Arrivals / 10);
        return new QueueRun([.. waits], [.. sojourns], seen / Counted, refused / Counted);
    }
}
