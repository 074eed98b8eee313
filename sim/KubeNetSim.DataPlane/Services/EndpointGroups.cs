namespace KubeNetSim.DataPlane.Services;

/// <summary>
/// Endpoints filed under numbers (nodes or zones): what all nodes need to find their own part of a Service without anything being
/// stored for each pair of node and Service.
/// </summary>
internal sealed class EndpointGroups
{
    private readonly int[] _keys;
    private readonly int[] _starts;
    private readonly EndpointEntry[] _entries;
    private readonly EndpointPlace[] _places;

    private EndpointGroups(int[] keys, int[] starts, EndpointEntry[] entries)
    {
        _keys = keys;
        _starts = starts;
        _entries = entries;
        _places = EndpointPlace.Of(entries);
    }

    /// <summary>No group at all.</summary>
    public static EndpointGroups Empty { get; } = new([], [0], []);

    /// <summary>The numbers that have endpoints, ascending.</summary>
    public ReadOnlySpan<int> Keys => _keys;

    /// <summary>Files endpoints; within a group they keep their order. Negative keys are left out.</summary>
    public static EndpointGroups File(IEnumerable<(int Key, EndpointEntry Entry)> endpoints)
    {
        (int Key, EndpointEntry Entry)[] sorted = [.. endpoints.Where(pair => pair.Key >= 0).OrderBy(pair => pair.Key)];
        if (sorted.Length == 0)
            return Empty;
        List<int> keys = [];
        List<int> starts = [];
        for (int i = 0; i < sorted.Length; i++)
        {
            if (i > 0 && sorted[i].Key == sorted[i - 1].Key)
                continue;
            keys.Add(sorted[i].Key);
            starts.Add(i);
        }
        starts.Add(sorted.Length);
        return new EndpointGroups([.. keys], [.. starts], [.. sorted.Select(pair => pair.Entry)]);
    }

    /// <summary>The endpoints under a number; none where it has no group.</summary>
    public EndpointSet Of(int key)
    {
        int place = Array.BinarySearch(_keys, key);
        return place < 0 ? default : new EndpointSet(_entries, _places, _starts[place], _starts[place + 1] - _starts[place]);
    }
}
