namespace KubeNetSim.Engine;

/// <summary>
/// Servers with one queue, first come first served. The time of departure is known at arrival, so a visit needs no event of its own.
/// Callers come in time order. Open to be a part of what it stands for, so that one look finds both.
/// </summary>
/// <param name="servers">How many are served at a time, from 1.</param>
/// <param name="queueBound">How many may wait, from 0; null for any number.</param>
public class Station(int servers, int? queueBound)
{
    // When each server is free; a single one needs no list.
    private readonly long[]? _freeAt = servers > 1 ? new long[servers] : null;
    private long _onlyFreeAt;
    private DepartureRing _departures;

    // How many customers there can be at once.
    private readonly long _room = queueBound is { } bound ? servers + (long)bound : long.MaxValue;

    // The number present, integrated over time: the sum of the times at which it falls less the sum of those at which it rises. It may pass
    // 2^64 in a very long run and wrap around; what it is compared with then does so too.
    private ulong _population;

    /// <summary>Customers that entered.</summary>
    public long Entered { get; private set; }

    /// <summary>Customers that found the queue full.</summary>
    public long Refused { get; private set; }

    /// <summary>Server time that the customers took [ns].</summary>
    public long BusyNs { get; private set; }

    /// <summary>Time that they waited altogether [ns].</summary>
    public long WaitSumNs { get; private set; }

    /// <summary>When the last customer came [ns].</summary>
    public long LastArrival { get; private set; }

    /// <summary>When the last of those that are here leaves [ns]; 0 where nobody is.</summary>
    public long LastDeparture => _departures.Last;

    /// <summary>Somebody will come soon: fetches what that takes into the processor's cache.</summary>
    public void Foresee()
    {
        Cache.Fetch(in _freeAt);
        Cache.Fetch(in _departures);
        Cache.Fetch(in _population);
    }

    /// <summary>A customer comes.</summary>
    /// <param name="now">When; not before the last one [ns].</param>
    /// <param name="service">How long it keeps a server [ns].</param>
    /// <param name="start">When it gets one [ns].</param>
    /// <param name="departure">When it leaves [ns].</param>
    /// <returns>False where the queue is full.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It comes before the one before it, or takes a negative time.</exception>
    public bool TryEnter(long now, long service, out long start, out long departure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, LastArrival);
        ArgumentOutOfRangeException.ThrowIfNegative(service);
        LastArrival = now;
        Advance(now);
        start = departure = now;
        if (_departures.Count >= _room)
        {
            Refused++;
            return false;
        }
        ref long freeAt = ref FirstFree();
        start = Math.Max(now, freeAt);
        departure = start + service;
        freeAt = departure;
        _departures.Add(departure);
        _population -= (ulong)now;
        Entered++;
        BusyNs += service;
        WaitSumNs += start - now;
        return true;
    }

    /// <summary>Customers that are here at a time not before the last arrival.</summary>
    public int NumberInSystem(long now)
    {
        Advance(now);
        return _departures.Count;
    }

    /// <summary>
    /// Closes the books once everybody has left, and checks Little's law (Operations Research 9(3), 1961): the number present,
    /// integrated over time, is the sum of the times spent here. One is counted from what leaves, the other from what enters, in whole
    /// nanoseconds.
    /// </summary>
    /// <param name="end">A time not before the last arrival; customers that are still here stay until they leave [ns].</param>
    /// <exception cref="SimulationException">The law does not hold.</exception>
    public StationSummary Finish(long end)
    {
        Advance(Math.Max(end, _departures.Last));
        StationSummary summary = new(Entered, Refused, BusyNs, WaitSumNs);
        return _population == (ulong)summary.SojournSumNs
            ? summary
            : throw new SimulationException(
                $"Little's law fails at a station: the population integrates to {_population} ns and customers stayed {summary.SojournSumNs} ns.");
    }

    // Departures up to now: with each the population falls.
    private void Advance(long now)
    {
        while (_departures.Count > 0 && _departures.First is var departure && departure <= now)
        {
            _population += (ulong)departure;
            _departures.RemoveFirst();
        }
    }

    private ref long FirstFree()
    {
        if (_freeAt is null)
            return ref _onlyFreeAt;
        int first = 0;
        for (int server = 1; server < _freeAt.Length; server++)
            if (_freeAt[server] < _freeAt[first])
                first = server;
        return ref _freeAt[first];
    }
}

/// <summary>What a station did in a run.</summary>
/// <param name="Entered">Customers that entered.</param>
/// <param name="Refused">Customers that found the queue full.</param>
/// <param name="BusyNs">Server time taken [ns].</param>
/// <param name="WaitSumNs">Waiting times, summed [ns].</param>
public sealed record StationSummary(long Entered, long Refused, long BusyNs, long WaitSumNs)
{
    /// <summary>Times from arrival to departure, summed [ns].</summary>
    public long SojournSumNs => WaitSumNs + BusyNs;
}
