namespace KubeNetSim.Engine;

/// <summary>
/// Times in ascending order in a ring. Departures of a station come nearly sorted, so an insertion moves few of them. A mutable struct, since
/// it is a part of its station, and a station of a large cluster is rarely in the cache.
/// </summary>
internal struct DepartureRing
{
    private long[] _times = new long[4];
    private int _head;

    public DepartureRing()
    {
    }

    public int Count { get; private set; }

    public readonly long First => _times[_head];

    public readonly long Last => Count == 0 ? 0 : _times[(_head + Count - 1) & (_times.Length - 1)];

    public void Add(long time)
    {
        if (Count == _times.Length)
            Grow();
        int mask = _times.Length - 1;
        int place = _head + Count++;
        while (place > _head && _times[(place - 1) & mask] > time)
        {
            _times[place & mask] = _times[(place - 1) & mask];
            place--;
        }
        _times[place & mask] = time;
    }

    public void RemoveFirst()
    {
        _head = (_head + 1) & (_times.Length - 1);
        Count--;
    }

    private void Grow()
    {
        long[] larger = new long[2 * _times.Length];
        for (int item = 0; item < Count; item++)
            larger[item] = _times[(_head + item) & (_times.Length - 1)];
        _times = larger;
        _head = 0;
    }
}
