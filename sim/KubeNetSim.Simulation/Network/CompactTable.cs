using System.Numerics;

namespace KubeNetSim.Simulation.Network;

/// <summary>
/// Values by a key of two or three small numbers, such as node and Service, of which a large cluster has millions. Open addressing with
/// linear
/// probing (Knuth, TAOCP 3, 6.4, algorithm L): key and value lie together, so that a look costs one visit to memory, which a dictionary
/// cannot do in less than two. Entries are not removed.
/// </summary>
/// <typeparam name="TValue">What is kept.</typeparam>
internal sealed class CompactTable<TValue>
    where TValue : struct
{
    private const int FewestPlaces = 64;

    private Entry[] _entries = new Entry[FewestPlaces];
    private int _shift = 64 - BitOperations.Log2(FewestPlaces);
    private int _count;

    /// <summary>The value of a key, where it is. A new one is the default. The reference holds until the next look.</summary>
    /// <param name="first">First number of the key, from 0.</param>
    /// <param name="second">Second number.</param>
    /// <param name="third">Third number.</param>
    /// <param name="isKnown">Whether it was there.</param>
    public ref TValue At(int first, int second, int third, out bool isKnown)
    {
        Key key = new(first + 1, second, third);
        ref Entry entry = ref PlaceOf(key);
        isKnown = entry.Key.First != 0;
        if (isKnown)
            return ref entry.Value;
        // At most three quarters full, so that a search ends soon.
        if (4L * ++_count > 3L * _entries.Length)
        {
            Grow();
            entry = ref PlaceOf(key);
        }
        entry.Key = key;
        return ref entry.Value;
    }

    /// <summary>The value of a key, or the default, without keeping the key. The reference holds until the next look.</summary>
    /// <inheritdoc cref="At"/>
    public ref readonly TValue Peek(int first, int second, int third) => ref PlaceOf(new Key(first + 1, second, third)).Value;

    /// <summary>Fetches the place of a key into the processor's cache, for a look-up that follows soon.</summary>
    public void Prefetch(int first, int second, int third) => Cache.Fetch(in _entries[HomeOf(new Key(first + 1, second, third))]);

    private ref Entry PlaceOf(Key key)
    {
        int place = HomeOf(key);
        while (_entries[place].Key.First != 0 && !_entries[place].Key.Equals(key))
            place = (place + 1) & (_entries.Length - 1);
        return ref _entries[place];
    }

    // Fibonacci hashing (ibid.): keys in a grid, which is what nodes and Services make, would otherwise collide in heaps.
    private int HomeOf(Key key)
    {
        ulong numbers = (((ulong)(uint)key.First << 32) | (uint)key.Second) ^ ((ulong)(uint)key.Third * 0xD6E8FEB86659FD93);
        return (int)((numbers * 0x9E3779B97F4A7C15) >> _shift);
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[2 * old.Length];
        _shift--;
        foreach (ref readonly Entry entry in old.AsSpan())
            if (entry.Key.First != 0)
                PlaceOf(entry.Key) = entry;
    }

    // The first number is one more than the caller's: a place whose key begins with 0 is free.
    private readonly record struct Key(int First, int Second, int Third);

    private struct Entry
    {
        public Key Key;
        public TValue Value;
    }
}
