using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Events;

/// <summary>
/// The keys of the events that wait, as a heap with four children a node. Part of the hot path: a struct, so that <see
/// cref="EventQueue{TPayload}"/> reads its fields without another object between. Allocates only when it grows.
/// </summary>
/// <remarks>
/// The top can be <see cref="TakeTop">taken</see> without being replaced. Most events schedule another one, whose key then takes the empty
/// place: one walk down the heap in place of two.
/// </remarks>
internal struct EventHeap
{
    private const int Children = 4;

    private EventKey[] _keys;
    private int _count;
    private bool _isTopTaken;

    // The place of the least of the keys below the top, once PredictNext has found it; 0 otherwise. The next change of the heap resets it.
    private int _second;

    public EventHeap(int capacity) => _keys = new EventKey[capacity];

    /// <summary>The keys that it holds, a taken one included.</summary>
    public readonly int Count => _count;

    public readonly bool IsTopTaken => _isTopTaken;

    /// <summary>The least key; valid where there is one and it has not been taken.</summary>
    public readonly EventKey Top => _keys[0];

    /// <summary>The key at a place. Places are in no order but for the first.</summary>
    public readonly EventKey this[int place] => _keys[place];

    /// <summary>
    /// Adds a key. Returns the place of the key that moved to the top and that will be handled soon; 0 where this is not known.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(EventKey key)
    {
        if (_isTopTaken)
        {
            _isTopTaken = false;
            return ReplaceTop(key);
        }
        if (_count == _keys.Length)
            Array.Resize(ref _keys, 2 * _count);
        SiftUp(_count++, key);
        return 0;
    }

    /// <summary>Takes the least key out and leaves its place empty until <see cref="Add"/> or <see cref="CloseTop"/>.</summary>
    public EventKey TakeTop()
    {
        _isTopTaken = true;
        return _keys[0];
    }

    /// <summary>Fills the place of a key that was taken; valid where one was. Returns as <see cref="Add"/> does.</summary>
    public int CloseTop()
    {
        _isTopTaken = false;
        return RemoveTop();
    }

    /// <summary>Removes the least key. Returns as <see cref="Add"/> does.</summary>
    public int RemoveTop()
    {
        EventKey last = _keys[--_count];
        return _count > 0 ? ReplaceTop(last) : 0;
    }

    /// <summary>The key that is probably next when the top is taken; false where few keys wait, or none was taken.</summary>
    public bool TryPredictNext(out EventKey next)
    {
        if (!_isTopTaken || _count <= Children)
        {
            next = default;
            return false;
        }
        _second = LeastOfFour(_keys, 1);
        next = _keys[_second];
        return true;
    }

    /// <summary>Overwrites the key at a place, before <see cref="Rebuild"/>.</summary>
    public readonly void Set(int place, EventKey key) => _keys[place] = key;

    /// <summary>Makes a heap of the first <paramref name="count"/> keys, from the last parent up.</summary>
    public void Rebuild(int count)
    {
        _count = count;
        for (int place = (count - 2) / Children; place >= 0 && count > 1; place--)
            SiftDown(place, _keys[place]);
    }

    private int ReplaceTop(EventKey key)
    {
        int second = _second;
        _second = 0;
        if (second > 0 && !_keys[second].IsBefore(key))
        {
            _keys[0] = key;
            return 0;
        }
        if (second == 0)
        {
            SiftDown(0, key);
            return 0;
        }
        _keys[0] = _keys[second];
        SiftDown(second, key);
        return second;
    }

    private readonly void SiftUp(int place, EventKey key)
    {
        EventKey[] keys = _keys;
        while (place > 0)
        {
            int parent = (place - 1) / Children;
            if (!key.IsBefore(keys[parent]))
                break;
            keys[place] = keys[parent];
            place = parent;
        }
        keys[place] = key;
    }

    private readonly void SiftDown(int place, EventKey key)
    {
        EventKey[] keys = _keys;
        int count = _count;
        while (true)
        {
            int first = (place * Children) + 1;
            int least = first;
            if (first + Children <= count)
                least = LeastOfFour(keys, first);
            else if (first < count)
                for (int child = first + 1; child < count; child++)
                    least = keys[child].IsBefore(keys[least]) ? child : least;
            else
                break;
            if (!keys[least].IsBefore(key))
                break;
            keys[place] = keys[least];
            place = least;
        }
        keys[place] = key;
    }

    // Two pairs, then their winners, without a branch: a branch would be mispredicted half of the time.
    private static int LeastOfFour(EventKey[] keys, int first)
    {
        ReadOnlySpan<EventKey> four = keys.AsSpan(first, Children);
        int left = four[1].IsBefore(four[0]) ? 1 : 0;
        int right = 2 + (four[3].IsBefore(four[2]) ? 1 : 0);
        int isRight = four[right].IsBefore(four[left]) ? 1 : 0;
        return first + left + ((right - left) & -isRight);
    }
}

/// <summary>When an event is due, and among events of the same time, which was scheduled first.</summary>
/// <param name="time">Simulated time [ns].</param>
/// <param name="order">The sequence number in the upper bits, the event's slot in the lower ones: it decides ties.</param>
internal readonly struct EventKey(long time, ulong order)
{
    public readonly long Time = time;
    public readonly ulong Order = order;

    public bool IsBefore(in EventKey other) => Time < other.Time | (Time == other.Time & Order < other.Order);
}
