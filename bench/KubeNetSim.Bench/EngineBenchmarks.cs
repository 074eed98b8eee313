using BenchmarkDotNet.Attributes;

namespace KubeNetSim.Bench;

/// <summary>The event queue with few, many and very many events waiting: take the next, schedule another one later.</summary>
public class EventQueueBenchmarks
{
    private readonly EventQueue<long> _queue = new();
    private readonly RandomStream _stream = RandomStream.Create(1, 0, "bench", "events");

    [Params(10, 1_000, 100_000)]
    public int Pending { get; set; }

    [GlobalSetup]
    public void Fill()
    {
        for (int item = 0; item < Pending; item++)
            _queue.Schedule((long)(1e6 * _stream.NextExponential()), item);
    }

    [Benchmark]
    public long TakeAndSchedule()
    {
        _queue.TryDequeue(out long now, out long item);
        _queue.Schedule(now + (long)(1e6 * _stream.NextExponential()), item);
        return item;
    }
}

/// <summary>A random number of each kind.</summary>
public class RandomBenchmarks
{
    private readonly RandomStream _stream = RandomStream.Create(1, 0, "bench", "numbers");
    private readonly Distribution _lognormal = Distribution.Lognormal(5e6, 0.5);
    private readonly Distribution _gamma = Distribution.Gamma(5e6, 0.5);
    private readonly Distribution _pareto = Distribution.Pareto(5e6, 1.5);

    [Benchmark(Baseline = true)]
    public ulong Bits() => _stream.NextUInt64();

    [Benchmark]
    public int Integer() => _stream.NextInt(1_000);

    [Benchmark]
    public double Exponential() => _stream.NextExponential();

    [Benchmark]
    public double Normal() => _stream.NextNormal();

    [Benchmark]
    public long Lognormal() => _lognormal.Next(_stream);

    [Benchmark]
    public long Gamma() => _gamma.Next(_stream);

    [Benchmark]
    public long Pareto() => _pareto.Next(_stream);
}

/// <summary>A visit of a station at 70% load.</summary>
public class StationBenchmarks
{
    private readonly RandomStream _stream = RandomStream.Create(1, 0, "bench", "station");
    private readonly Station _station = new(1, null);
    private long _now;

    [Benchmark]
    public long Enter()
    {
        _now += (long)(1e6 * _stream.NextExponential());
        _station.TryEnter(_now, (long)(0.7e6 * _stream.NextExponential()), out _, out long departure);
        return departure;
    }
}
