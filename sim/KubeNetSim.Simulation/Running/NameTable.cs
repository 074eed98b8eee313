using KubeNetSim.DataPlane;
using KubeNetSim.Engine;

namespace KubeNetSim.Simulation;

/// <summary>What names mean to each workload now, in numbers of a run.</summary>
internal sealed class NameTable
{
    private readonly NameLookup?[] _lookups;
    private readonly int[][] _answers;
    private readonly DestinationTable _destinations;
    private readonly Dictionary<(int Node, string Host), long> _cachedUntil = [];

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

    /// <summary>Whether cluster DNS must ask upstream for a workload's name.</summary>
    public bool IsForwarded(int workload) => _lookups[workload]!.IsForwarded;

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
