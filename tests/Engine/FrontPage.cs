namespace KubeNetSim.Tests.Engine;

/// <summary>What the engine's README shows, between markers, so that it is compiled and run.</summary>
internal static class FrontPage
{
    public static void RunCounter(TextWriter output)
    {
        // <run>
        new Counter(customersPerSecond: 80, meanServiceNs: 10 * Nanoseconds.PerMillisecond, seed: 42).Run(3_600 * Nanoseconds.PerSecond, output);
        // </run>
    }

    public static void RunMeetingRoom(TextWriter output)
    {
        // <processes>
        Simulation<int> simulation = new();
        Signal freed = new();
        bool isTaken = false;

        async Task Meet(string who, long arrival, long duration)
        {
            await simulation.Delay(arrival);
            while (isTaken)
                await simulation.Until(freed);
            isTaken = true;
            output.WriteLine($"{simulation.Now,3} ns: {who} enters");
            await simulation.Delay(duration);
            isTaken = false;
            output.WriteLine($"{simulation.Now,3} ns: {who} leaves");
            simulation.Fire(freed);
        }

        simulation.Spawn(() => Meet("Ada", arrival: 0, duration: 30));
        simulation.Spawn(() => Meet("Bob", arrival: 10, duration: 20));
        simulation.Spawn(() => Meet("Cleo", arrival: 10, duration: 5));
        simulation.Run(until: long.MaxValue);
        // </processes>
    }
}

// <events>
/// <summary>One counter, customers at random, exponential service: an M/M/1 queue.</summary>
internal sealed class Counter(double customersPerSecond, double meanServiceNs, ulong seed) : IEventHandler<Counter.Arrival>
{
    internal readonly record struct Arrival;

    private readonly Simulation<Arrival> _simulation = new();
    private readonly ArrivalProcess _arrivals = ArrivalProcess.Poisson(customersPerSecond);
    private readonly Distribution _service = Distribution.Exponential(meanServiceNs);
    private readonly RandomStream _arrivalStream = RandomStream.Create(seed, replication: 0, "customers", "arrivals");
    private readonly RandomStream _serviceStream = RandomStream.Create(seed, replication: 0, "counter", "service");
    private readonly Station _station = new(servers: 1, queueBound: null);

    public void Run(long duration, TextWriter output)
    {
        ScheduleNext();
        _simulation.Run(this, until: duration);
        Print(_station.Finish(), duration, output);
    }

    public void Handle(ref Arrival arrival)
    {
        // The station knows at once when the customer will leave; a model that goes on from there schedules an event for it.
        _station.TryEnter(_simulation.Now, _service.Next(_serviceStream), out long start, out long departure);
        ScheduleNext();
    }

    private void ScheduleNext() => _simulation.Schedule(_arrivals.Next(_simulation.Now, _arrivalStream), new Arrival());

    private void Print(StationSummary measured, long duration, TextWriter output)
    {
        double load = customersPerSecond * meanServiceNs / Nanoseconds.PerSecond;
        double meanServiceMs = meanServiceNs / Nanoseconds.PerMillisecond;
        double Milliseconds(long sumNs) => (double)sumNs / measured.Entered / Nanoseconds.PerMillisecond;

        output.WriteLine("                       theory   measured");
        output.WriteLine($"busy                 {load,8:F3}   {(double)measured.BusyNs / duration,8:F3}");
        output.WriteLine($"mean wait [ms]       {load * meanServiceMs / (1 - load),8:F2}   {Milliseconds(measured.WaitSumNs),8:F2}");
        output.WriteLine($"mean sojourn [ms]    {meanServiceMs / (1 - load),8:F2}   {Milliseconds(measured.SojournSumNs),8:F2}");
        output.WriteLine($"customers there      {load / (1 - load),8:F3}   {(double)measured.SojournSumNs / duration,8:F3}");
    }
}
// </events>
