using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>
/// Two stations one after the other, written as events: what leaves an M/M/1 queue is Poisson again (Burke, Operations Research 4(6), 1956),
/// and the two sojourns of a customer are independent (Reich, Annals of Mathematical Statistics 28(3), 1957).
/// </summary>
internal sealed class TandemQueueTests
{
    private const double ArrivalRate = 0.6;
    private const double SecondMean = 0.8;

    [Test]
    public void Two_stations_in_a_row_have_the_sojourn_times_of_two_M_M_1_queues()
    {
        double first = 1 - ArrivalRate;
        double second = (1 / SecondMean) - ArrivalRate;
        Replications<TandemRun> measured = new(replication => new Tandem(replication).Run());

        measured.Agree("mean time in both", run => run.InBoth.Average(), (1 / first) + (1 / second), within: 0.03);
        measured.Agree("mean time in the second", run => run.InSecond.Average(), 1 / second, within: 0.03);
        measured.Agree(
            "99th percentile of both", run => QueueRun.Quantile(run.InBoth, 0.99), PercentileOfSum(first, second), within: 0.04);
    }

    // P(X + Y > t) = (b exp(-a t) - a exp(-b t)) / (b - a) for exponential times with rates a and b.
    private static double PercentileOfSum(double a, double b)
    {
        (double low, double high) = (0, 100);
        for (int step = 0; step < 100; step++)
        {
            double middle = (low + high) / 2;
            double beyond = ((b * Math.Exp(-a * middle)) - (a * Math.Exp(-b * middle))) / (b - a);
            (low, high) = beyond > 0.01 ? (middle, high) : (low, middle);
        }
        return low;
    }

    // Times of the customers after the first tenth, in units of QueueRun.Unit.
    private sealed record TandemRun(double[] InSecond, double[] InBoth);

    private readonly record struct Arrival(int Station, long CameAt);

    private sealed class Tandem(int replication) : IEventHandler<Arrival>
    {
        private const int Customers = 60_000;

        private readonly Simulation<Arrival> _simulation = new();
        private readonly ArrivalProcess _arrivals = ArrivalProcess.Poisson(ArrivalRate);
        private readonly RandomStream _arrivalStream = RandomStream.Create(1, replication, "customers", "arrivals");
        private readonly RandomStream[] _serviceStreams =
            [RandomStream.Create(1, replication, "first", "service"), RandomStream.Create(1, replication, "second", "service")];
        private readonly Distribution[] _services =
            [Distribution.Exponential(QueueRun.Unit), Distribution.Exponential(SecondMean * QueueRun.Unit)];
        private readonly Station[] _stations = [new(1, null), new(1, null)];
        private readonly List<double> _inSecond = [];
        private readonly List<double> _inBoth = [];
        private int _came;

        public TandemRun Run()
        {
            ScheduleArrival();
            _simulation.Run(this, long.MaxValue);
            foreach (Station station in _stations)
                station.Finish();
            return new TandemRun([.. _inSecond.Skip(Customers / 10)], [.. _inBoth.Skip(Customers / 10)]);
        }

        public void Handle(ref Arrival arrival)
        {
            int here = arrival.Station;
            _stations[here].TryEnter(_simulation.Now, _services[here].Next(_serviceStreams[here]), out _, out long departure);
            if (here == 0)
            {
                _simulation.Schedule(departure, arrival with { Station = 1 });
                ScheduleArrival();
                return;
            }
            _inSecond.Add((departure - _simulation.Now) / QueueRun.Unit);
            _inBoth.Add((departure - arrival.CameAt) / QueueRun.Unit);
        }

        private void ScheduleArrival()
        {
            if (_came++ == Customers)
                return;
            long at = _arrivals.Next(_simulation.Now, _arrivalStream);
            _simulation.Schedule(at, new Arrival(0, at));
        }
    }
}
