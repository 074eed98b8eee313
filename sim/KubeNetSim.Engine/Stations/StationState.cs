namespace KubeNetSim.Engine.Stations;

/// <summary>
/// A <see cref="Station"/> as a value, for models with so many stations that they are kept in one array: one memory access then finds a
/// station and its state. Make it with its constructor, keep it in one place and never copy it.
/// </summary>
public struct StationState
{
    private readonly Room? _room;

    // When the server becomes free [ns], where there is one server; several have a list in _room.
    private long _freeAt;

    // The number present, integrated over time: the times at which customers leave less the times at which they come, summed. It may pass
    // 2^64 in a very long run and wrap around; what it is compared with then does so too.
    private ulong _population;

    /// <summary>Makes an empty one.</summary>
    /// <param name="servers">How many are served at a time, from 1.</param>
    /// <param name="queueBound">How many may wait, from 0; null for any number.</param>
    public StationState(int servers, int? queueBound)
    {
        // Rare fields live in a separate object to keep this struct small.
        if (servers > 1 || queueBound is not null)
            _room = new Room(servers, queueBound);
    }

    /// <summary>Customers that entered.</summary>
    public long Entered { get; private set; }

    /// <summary>Customers that found the queue full.</summary>
    public readonly long Refused => _room?.Refused ?? 0;

    /// <summary>Server time that the customers took [ns].</summary>
    public long BusyNs { get; private set; }

    /// <summary>Time that they waited altogether [ns].</summary>
    public long WaitSumNs { get; private set; }

    /// <summary>When the last customer came [ns].</summary>
    public long LastArrival { get; private set; }

    /// <summary>When the last customer that has come so far leaves [ns]; 0 where none has come.</summary>
    public readonly long LastDeparture => _room?.LastFree ?? _freeAt;

    /// <inheritdoc cref="Station.TryEnter"/>
    public bool TryEnter(long now, long service, out long start, out long departure)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(now, LastArrival);
        ArgumentOutOfRangeException.ThrowIfNegative(service);
        LastArrival = now;
        if (_room is not null)
        {
            if (!_room.TryTake(now, service, out start, out departure))
                return false;
        }
        else
        {
            start = Math.Max(now, _freeAt);
            _freeAt = departure = start + service;
        }
        _population += (ulong)(departure - now);
        Entered++;
        BusyNs += service;
        WaitSumNs += start - now;
        return true;
    }

    /// <inheritdoc cref="Station.Finish"/>
    public readonly StationSummary Finish()
    {
        StationSummary summary = new(Entered, Refused, BusyNs, WaitSumNs);
        return _population == (ulong)summary.SojournSumNs
            ? summary
            : throw new SimulationException(
                $"Little's law fails: the population integrates to {_population} ns, the sojourn times sum to {summary.SojournSumNs} ns.");
    }

    /// <summary>Several servers, or a queue that can be full.</summary>
    private sealed class Room(int servers, int? queueBound)
    {
        private readonly long[] _freeAt = new long[servers];

        // How many customers there can be at once; null for any number, and then they need not be counted.
        private readonly long? _places = queueBound is { } bound ? servers + (long)bound : null;
        private DepartureRing _departures = new();

        public long Refused { get; private set; }

        public long LastFree => _freeAt.Max();

        public bool TryTake(long now, long service, out long start, out long departure)
        {
            if (_places is { } places && !HasPlace(places, now))
            {
                start = departure = now;
                Refused++;
                return false;
            }
            ref long freeAt = ref FirstFree();
            start = Math.Max(now, freeAt);
            freeAt = departure = start + service;
            if (_places is not null)
                _departures.Add(departure);
            return true;
        }

        private bool HasPlace(long places, long now)
        {
            while (_departures.Count > 0 && _departures.First <= now)
                _departures.RemoveFirst();
            return _departures.Count < places;
        }

        private ref long FirstFree()
        {
            int first = 0;
            for (int server = 1; server < _freeAt.Length; server++)
                if (_freeAt[server] < _freeAt[first])
                    first = server;
            return ref _freeAt[first];
        }
    }
}
