namespace KubeNetSim.Engine.Stations;

/// <summary>
/// Times in ascending order in a ring that grows. Departures of a station come nearly sorted, so an insertion moves few of them.
/// </summary>
internal struct DepartureRing()
{
    private long[] _times = new long[8];
    private int _head;

    public int Count { get; private set; }

    public readonly long First => _times[_head];

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
        long[] wider = new long[2 * _times.Length];
        for (int item = 0; item < Count; item++)
            wider[item] = _times[(_head + item) & (_times.Length - 1)];
        _times = wider;
        _head = 0;
    }
}
