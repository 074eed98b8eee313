using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

internal sealed class StationTests
{
    private const int Customers = 5_000;

    private readonly record struct Visit(bool Entered, long Start, long Departure);

    [Test, Combinatorial]
    public void It_does_what_a_station_by_events_does(
        [Values(1, 2, 3, 8)] int servers, [Values(-1, 0, 1, 5)] int bound, [Values(0.5, 0.95, 1.5)] double load)
    {
        int? queueBound = bound < 0 ? null : bound;
        Station station = new(servers, queueBound);
        SlowStation twin = new(servers, queueBound);
        List<Visit> visits = [];
        List<SlowStation.Customer?> customers = [];
        long now = 0;
        foreach ((long gap, long service) in Load(servers, load))
        {
            now += gap;
            bool entered = station.TryEnter(now, service, out long start, out long departure);
            visits.Add(new Visit(entered, start, departure));
            customers.Add(twin.Enter(now, service));
        }
        twin.AdvanceTo(long.MaxValue);

        StationSummary summary = station.Finish();

        Assert.That(visits.Where(visit => visit.Entered), Is.EqualTo(customers.OfType<SlowStation.Customer>()
            .Select(customer => new Visit(true, customer.Start, customer.Departure))));
        Assert.That(visits.Select(visit => visit.Entered), Is.EqualTo(customers.Select(customer => customer is not null)));
        Assert.That(summary, Is.EqualTo(Summary(customers)));
    }

    [Test]
    public void Who_leaves_makes_room_for_who_comes_at_the_same_time()
    {
        Station station = new(servers: 1, queueBound: 0);
        station.TryEnter(0, 10, out _, out _);

        Assert.That(station.TryEnter(9, 10, out _, out _), Is.False);
        Assert.That(station.TryEnter(10, 10, out long start, out long departure), Is.True);
        Assert.That((start, departure), Is.EqualTo((10L, 20L)));
    }

    [Test]
    public void Who_is_refused_leaves_no_trace_but_the_count()
    {
        Station station = new(servers: 1, queueBound: 0);
        station.TryEnter(0, 10, out _, out _);
        station.TryEnter(5, 1_000, out long start, out long departure);

        Assert.That((start, departure), Is.EqualTo((5L, 5L)));
        Assert.That(station.Finish(), Is.EqualTo(new StationSummary(Entered: 1, Refused: 1, BusyNs: 10, WaitSumNs: 0)));
    }

    [Test]
    public void Waiting_and_service_make_the_sojourn()
    {
        Station station = new(servers: 1, queueBound: null);
        station.TryEnter(0, 10, out _, out _);
        station.TryEnter(4, 10, out _, out _);

        StationSummary summary = station.Finish();

        Assert.That(summary.WaitSumNs, Is.EqualTo(6));
        Assert.That(summary.SojournSumNs, Is.EqualTo(26));
    }

    [Test]
    public void Customers_come_in_time_order()
    {
        Station station = new(servers: 1, queueBound: null);
        station.TryEnter(10, 1, out _, out _);

        Assert.That(() => station.TryEnter(9, 1, out _, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => station.TryEnter(10, -1, out _, out _), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    // Two ways to write one model: customers as processes that wait for a signal, and a station that knows departures at arrival.
    [Test]
    public void Customers_written_as_processes_depart_when_the_station_says()
    {
        Station station = new(servers: 2, queueBound: null);
        Simulation<int> simulation = new();
        Signal freed = new();
        Queue<int> line = [];
        int busy = 0;
        List<long> expected = [];
        List<long> departures = [];
        async Task Customer(int number, long arrival, long service)
        {
            await simulation.Delay(arrival);
            line.Enqueue(number);
            while (busy == 2 || line.Peek() != number)
                await simulation.Until(freed);
            line.Dequeue();
            busy++;
            await simulation.Delay(service);
            busy--;
            departures.Add(simulation.Now);
            simulation.Fire(freed);
        }
        long now = 0;
        foreach ((long gap, long service) in Load(2, 0.9).Take(500))
        {
            (long arrival, int number) = (now += gap, expected.Count);
            station.TryEnter(arrival, service, out _, out long departure);
            expected.Add(departure);
            simulation.Spawn(() => Customer(number, arrival, service));
        }

        simulation.Run(long.MaxValue);

        Assert.That(departures, Is.EqualTo(expected.Order()));
    }

    // Small whole numbers, so that many things happen at the same time.
    private static IEnumerable<(long Gap, long Service)> Load(int servers, double load)
    {
        RandomStream stream = RandomStream.Create(1, servers, "station", "test");
        for (int customer = 0; customer < Customers; customer++)
            yield return (stream.NextInt(21), (long)(servers * load * stream.NextInt(21)));
    }

    private static StationSummary Summary(List<SlowStation.Customer?> customers)
    {
        SlowStation.Customer[] entered = [.. customers.OfType<SlowStation.Customer>()];
        return new StationSummary(
            entered.Length,
            customers.Count - entered.Length,
            entered.Sum(customer => customer.Departure - customer.Start),
            entered.Sum(customer => customer.Start - customer.Arrival));
    }
}
