namespace KubeNetSim.Simulation.Requests;

/// <summary>Numbers for destinations, so that a request in flight can carry one.</summary>
internal sealed class DestinationTable
{
    // They fit in two cache lines.
    private const int MostPrefetched = 16;

    private readonly Dictionary<Destination, int> _numbers = [];
    private Entry[] _entries = new Entry[4];

    public ref readonly Destination this[int number] => ref _entries[number].Destination;

    /// <summary>What proxies found for it.</summary>
    public ref FrontendMemory MemoryOf(int number) => ref _entries[number].Memory;

    /// <summary>Fetches a destination into the processor's cache: a packet goes there soon.</summary>
    public void Prefetch(int number) => Cache.FetchAll(in _entries[number]);

    /// <summary>
    /// Fetches the places of a destination's endpoints into the processor's cache, unless they are many: most would be fetched in vain.
    /// </summary>
    public void PrefetchEndpoints(int number)
    {
        ReadOnlySpan<EndpointPlace> places = _entries[number].Memory.Endpoints.Places;
        if (places.Length is 0 or > MostPrefetched)
            return;
        Cache.Fetch(in places[0]);
        Cache.Fetch(in places[^1]);
    }

    /// <summary>Notes by which key nodes remember clients of a destination, to fetch that early next time.</summary>
    public void Note(int number, int key) => _entries[number].KeyAndOne = key + 1;

    /// <summary>That key; null where none was noted.</summary>
    public int? NotedOf(int number) => _entries[number].KeyAndOne is > 0 and int key ? key - 1 : null;

    /// <summary>The number of a destination; a new one gets the next.</summary>
    public int Number(Destination destination)
    {
        if (!_numbers.TryGetValue(destination, out int number))
        {
            _numbers.Add(destination, number = _numbers.Count);
            if (number == _entries.Length)
                Array.Resize(ref _entries, number * 2);
            _entries[number].Destination = destination;
        }
        return number;
    }

    private struct Entry
    {
        public Destination Destination;
        public FrontendMemory Memory;
        public int KeyAndOne;
    }
}
