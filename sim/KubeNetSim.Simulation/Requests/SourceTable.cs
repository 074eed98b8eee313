using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// Who sends the requests of a workload. Sources keep their numbers; pods that start are added, and pods that stop send no more.
/// </summary>
internal sealed class SourceTable(ImmutableArray<Source> initial, Balancing balancing)
{
    private Source[] _sources = [.. initial];
    private int[] _clients = [.. initial.Select(source => balancing.NumberOf(source.Address))];
    private List<int>? _sending;

    /// <summary>The source with a number.</summary>
    public ref readonly Source this[int source] => ref _sources[source];

    /// <summary>The number of a source's address; host-network pods share their node's.</summary>
    public int ClientOf(int source) => _clients[source];

    /// <summary>How many there are or were.</summary>
    public int Count { get; private set; } = initial.Length;

    /// <summary>Any of the present senders, with equal probability; false where there is none.</summary>
    public bool TryPick(RandomStream stream, out int source)
    {
        source = 0;
        if (_sending is null)
            source = stream.NextInt(Count);
        else if (_sending.Count > 0)
            source = _sending[stream.NextInt(_sending.Count)];
        return _sending is not { Count: 0 };
    }

    /// <summary>A user goes on where it is, or moves to a source that still sends; false where there is none.</summary>
    public bool TryKeep(ref int source)
    {
        if (_sending is null || _sending.Contains(source))
            return true;
        if (_sending.Count > 0)
            source = _sending[source % _sending.Count];
        return _sending.Count > 0;
    }

    /// <summary>The number of a pod as a source, the newest where it has several.</summary>
    public int NumberOf(int pod)
    {
        int source = Count - 1;
        while (source > 0 && _sources[source].Pod != pod)
            source--;
        return source;
    }

    /// <summary>A pod begins to send.</summary>
    public void Add(in Source source)
    {
        List<int> sending = Sending();
        if (Count == _sources.Length)
        {
            Array.Resize(ref _sources, Math.Max(4, Count * 2));
            Array.Resize(ref _clients, _sources.Length);
        }
        _sources[Count] = source;
        _clients[Count] = balancing.NumberOf(source.Address);
        sending.Add(Count++);
    }

    /// <summary>A pod sends no more.</summary>
    public void StopSending(int pod) => Sending().RemoveAll(source => _sources[source].Pod == pod);

    private List<int> Sending() => _sending ??= [.. Enumerable.Range(0, Count)];
}
