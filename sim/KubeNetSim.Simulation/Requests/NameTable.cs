using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Requests;

/// <summary>What names mean to each workload now, in numbers of a run.</summary>
internal sealed class NameTable
{
    private readonly NameLookup?[] _lookups;
    private readonly int[][] _answers;
    private readonly DestinationTable _destinations;
    private readonly Dictionary<(int Node, string Host), long> _cachedUntil = [];
    private readonly Dictionary<(int Server, string Host), (long From, long Until)> _upstream = [];

    public NameTable(PreparedScenario prepared, DestinationTable destinations)
    {
        _destinations = destinations;
        _lookups = [.. prepared.Workloads.Select(workload => workload.Name)];
        _answers = [.. _lookups.Select(lookup => lookup is null ? [] : lookup.Answers.Select(destinations.Number).ToArray())];
        Server = prepared.DnsServer is { } server ? destinations.Number(server) : null;
    }

    /// <summary>Whether some name means pods, so that its addresses change with them.</summary>
    public bool FollowsPods => _lookups.Any(lookup => lookup?.Follows is not null);

    /// <summary>Cluster DNS has heard of changed endpoints: names that mean pods have other addresses now.</summary>
    public void Follow(DnsTable dns)
    {
        for (int workload = 0; workload < _lookups.Length; workload++)
            if (_lookups[workload] is { Follows: { } name } lookup)
                _answers[workload] =
                [
                    .. dns.LookUp(lookup.Host, DnsRecordType.A, name.Resolver).Answer.Addresses
                        .Select(address => _destinations.Number(new Destination(address, name.Port, name.Protocol))),
                ];
    }

    /// <summary>Cluster DNS as a destination; null where the cluster has none.</summary>
    public int? Server { get; }

    /// <summary>Questions that a workload's client asks until one is answered.</summary>
    public int QueriesFor(int workload) => _lookups[workload]!.Queries;

    /// <summary>Whether a workload's pods ask cluster DNS.</summary>
    public bool AsksCluster(int workload) => _lookups[workload]!.AsksCluster;

    /// <summary>
    /// Questions about a workload's name that a server of cluster DNS passes on upstream at a time [ns]: none while it remembers the
    /// answers.
    /// </summary>
    public int ForwardedBy(int server, int workload, long now)
    {
        NameLookup lookup = _lookups[workload]!;
        return lookup.Forwarded == 0 || (_upstream.TryGetValue((server, lookup.Host), out (long From, long Until) known) && known.From <= now && now < known.Until)
            ? 0 : lookup.Forwarded;
    }

    /// <summary>
    /// A server of cluster DNS hears from upstream about a workload's name at a time, and remembers it until another one [ns].
    /// </summary>
    public void Remember(int server, int workload, long from, long until)
    {
        // Who asks meanwhile does not wait for the answer to somebody else; the first answer is what is kept.
        if (_upstream.GetValueOrDefault((server, _lookups[workload]!.Host)).Until <= from)
            _upstream[(server, _lookups[workload]!.Host)] = (from, until);
    }

    /// <summary>Whether a node's own cache knows a workload's name at a time [ns].</summary>
    public bool IsCached(int node, int workload, long now) => _cachedUntil.GetValueOrDefault((node, _lookups[workload]!.Host)) > now;

    /// <summary>A node's own cache keeps the answers to a workload's name until a time [ns].</summary>
    public void Cache(int node, int workload, long until) => _cachedUntil[(node, _lookups[workload]!.Host)] = until;

    /// <summary>Every address of a workload's name.</summary>
    public IReadOnlyList<int> AllOf(int workload) => _answers[workload];

    /// <summary>One of the addresses, any alike (CoreDNS shuffles its answers, plugin loadbalance); false where there is none.</summary>
    public bool TryPick(int workload, RandomStream stream, out int destination)
    {
        int[] answers = _answers[workload];
        destination = answers.Length switch
        {
            0 => Topology.None,
            1 => answers[0],
            _ => answers[stream.NextInt(answers.Length)],
        };
        return answers.Length > 0;
    }
}
