using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Stations;

/// <summary>
/// Times in ascending order in a ring. Departures of a station come nearly sorted, so an insertion moves few of them. A mutable struct that
/// holds a few times in itself: a station of a large cluster is rarely in the processor's cache, and a separate array would be a second
/// cache miss. More times than that move to an array, until few enough are left.
/// </summary>
internal struct DepartureRing
{
    private Few _few;
    private long[]? _many;
    private int _head;
    private bool _areMany;

    public int Count { get; private set; }

    public readonly long First => _areMany ? _many![_head] : _few[_head];

    public readonly long Last
    {
        get
        {
            if (Count == 0)
                return 0;
            int last = _head + Count - 1;
            return _areMany ? _many![last & (_many.Length - 1)] : _few[last & (Few.Length - 1)];
        }
    }

    public void Add(long time)
    {
        Span<long> times = Times;
        if (Count == times.Length)
            times = Grow();
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
        _head = (_head + 1) & ((_areMany ? _many!.Length : Few.Length) - 1);
        Count--;
        // Not as soon as they fit, because they would soon be too many again.
        if (_areMany && Count <= Few.Length / 2)
            Move(_many, _few, toMany: false);
    }

    [UnscopedRef]
    private Span<long> Times => _areMany ? _many : _few;

    [UnscopedRef]
    private Span<long> Grow()
    {
        Span<long> from = Times;
        if (_areMany || _many is null)
            _many = new long[2 * from.Length];
        Move(from, _many, toMany: true);
        return _many;
    }

    private void Move(ReadOnlySpan<long> from, Span<long> to, bool toMany)
    {
        for (int item = 0; item < Count; item++)
            to[item] = from[(_head + item) & (from.Length - 1)];
        _head = 0;
        _areMany = toMany;
    }

    [InlineArray(Length)]
    private struct Few
    {
        public const int Length = 8;

        private long _first;
    }
}
