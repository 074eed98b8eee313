using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine;

/// <summary>
/// Times in ascending order in a ring. Departures of a station come nearly sorted, so an insertion moves few of them. A mutable struct that
/// holds a few in itself, since a station of a large cluster is rarely in the cache: what lies apart is fetched apart. More than a few move
/// to an array, until the ring has been empty.
/// </summary>
internal struct DepartureRing
{
    private Few _few;
    private long[]? _many;
    private long[]? _spare;
    private int _head;

    public int Count { get; private set; }

    public readonly long First => _many is null ? _few[_head] : _many[_head];

    public readonly long Last
    {
        get
        {
            if (Count == 0)
                return 0;
            int last = _head + Count - 1;
            return _many is null ? _few[last & (Few.Length - 1)] : _many[last & (_many.Length - 1)];
        }
    }

    public void Add(long time)
    {
        if (Count == (_many?.Length ?? Few.Length))
            Grow();
        Span<long> times = Times;
        int mask = times.Length - 1;
        int place = _head + Count++;
        while (place > _head && times[(place - 1) & mask] > time)
        {
            times[place & mask] = times[(place - 1) & mask];
            place--;
        }
        times[place & mask] = time;
    }

    public void RemoveFirst()
    {
        _head = (_head + 1) & ((_many?.Length ?? Few.Length) - 1);
        if (--Count > 0 || _many is null)
            return;
        (_spare, _many) = (_many, null);
        _head = 0;
    }

    [UnscopedRef]
    private Span<long> Times => _many is null ? _few : _many;

    private void Grow()
    {
        Span<long> times = Times;
        long[] larger = _many is null && _spare is not null ? _spare : new long[2 * times.Length];
        for (int item = 0; item < Count; item++)
            larger[item] = times[(_head + item) & (times.Length - 1)];
        _many = larger;
        _head = 0;
    }

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 8;

        private long _first;
    }
}
