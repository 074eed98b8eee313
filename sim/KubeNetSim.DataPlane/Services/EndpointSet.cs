using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace KubeNetSim.DataPlane.Services;

/// <summary>Endpoints to choose from, in the order of the rules: a window on a compiled array, free to copy.</summary>
public readonly struct EndpointSet
{
    private readonly EndpointEntry[]? _entries;
    private readonly EndpointPlace[]? _places;
    private readonly int _start;

    internal EndpointSet(EndpointEntry[] entries)
        : this(entries, EndpointPlace.Of(entries), 0, entries.Length)
    {
    }

    internal EndpointSet(EndpointEntry[] entries, EndpointPlace[] places, int start, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start + (uint)count, (uint)places.Length);
        _entries = entries;
        _places = places;
        _start = start;
        Count = count;
    }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The endpoint at a place of the order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public ref readonly EndpointEntry this[int index]
    {
        get
        {
            if ((uint)index >= (uint)Count)
                ThrowOutside(index);
            return ref _entries![_start + index];
        }
    }

    /// <summary>Where the endpoint is that stands at a place of the order: all that a packet needs to know, and close together in memory.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such place.</exception>
    public EndpointPlace PlaceOf(int index)
    {
        if ((uint)index >= (uint)Count)
            ThrowOutside(index);
        return Places[index];
    }

    /// <summary>
    /// Where all of them are, in the order of the rules. Made without a look at the array's length, which lies elsewhere in memory than most
    /// places and would have to be fetched, too: the constructor has seen that the window lies inside.
    /// </summary>
    public ReadOnlySpan<EndpointPlace> Places => _places is { } places
        ? MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(places), _start), Count)
        : [];

    /// <summary>A copy as a list, for readers that are not in a hurry.</summary>
    public IReadOnlyList<EndpointEntry> ToList() => Count == 0 ? [] : _entries.AsSpan(_start, Count).ToArray();

    /// <summary>Whether both show the same part of the same array, and so the same endpoints.</summary>
    internal bool IsSameWindow(in EndpointSet other) =>
        ReferenceEquals(_entries, other._entries) && _start == other._start && Count == other.Count;

    [DoesNotReturn]
    private void ThrowOutside(int index) =>
        throw new ArgumentOutOfRangeException(nameof(index), index, $"There are {Count} endpoints.");
}
