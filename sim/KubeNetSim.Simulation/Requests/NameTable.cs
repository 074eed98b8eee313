using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>The names that the workloads of a run look up, what servers answer to them now, and what caches keep.</summary>
internal sealed class NameTable
{
    private readonly ClientNames?[] _clients;
    private readonly List<NameState> _names = [];
    private readonly Dictionary<(string Name, bool AsksCluster, bool IsFixed), int> _numbers = [];
    private readonly DestinationTable _destinations;
    private readonly long _dnsTtlNs;
    private readonly long _upstreamTtlNs;

    public NameTable(PreparedScenario prepared, DestinationTable destinations)
    {
        _destinations = destinations;
        _dnsTtlNs = prepared.Scenario.Network.DnsTtlNs;
        _upstreamTtlNs = prepared.Scenario.Network.UpstreamTtlNs;
        _clients = [.. prepared.Workloads.Select(workload => workload.Name is { } lookup ? ClientOf(lookup, prepared.Dns) : null)];
        Server = prepared.DnsServer is { } server ? destinations.Number(server) : null;
        ServerOverTcp = prepared.DnsServer is { } same ? destinations.Number(same with { Protocol = Protocol.TCP }) : null;
    }

    /// <summary>Cluster DNS as a destination; null where the cluster has none.</summary>
    public int? Server { get; }

    /// <summary>The same over TCP.</summary>
    public int? ServerOverTcp { get; }

    /// <summary>What the nodes' NodeLocal DNSCaches keep, by node.</summary>
    public AnswerCache NodeCaches { get; } = new();

    /// <summary>What the pods of CoreDNS keep, by backend.</summary>
    public AnswerCache ServerCaches { get; } = new();

    /// <summary>Whether some name means pods, so that its addresses change with them.</summary>
    public bool FollowsPods => _names.Any(name => name.Follows);

    /// <summary>Cluster DNS knows changed endpoints: names that mean pods have other addresses now. Caches keep what they have.</summary>
    public void Follow(DnsTable dns)
    {
        foreach (NameState name in _names.Where(name => name.Follows))
            name.Update(dns);
    }

    /// <summary>The resolver of a workload's clients; null where they are outside the cluster.</summary>
    public Resolver? ResolverOf(int workload) => _clients[workload]!.Resolver;

    /// <summary>How many names the search path of a workload has.</summary>
    public int CountOf(int workload) => _clients[workload]!.Names.Length;

    /// <summary>The number of a name of a workload's search path, as it is asked of cluster DNS or of a server outside.</summary>
    public int NameAt(int workload, int place, bool asksCluster) =>
        asksCluster ? _clients[workload]!.Names[place].InCluster : _clients[workload]!.Names[place].Outside;

    /// <summary>The number of a question about a name, for caches.</summary>
    public static int QuestionOf(int name, Questions question) => (2 * name) + (question == Questions.Aaaa ? 1 : 0);

    /// <summary>What servers that are asked now answer to a question.</summary>
    public NameAnswer AnswerTo(int question) => question % 2 == 0 ? _names[question / 2].A : _names[question / 2].Aaaa;

    /// <summary>How long an answer of cluster DNS may be kept [ns].</summary>
    public long TtlOf(NameAnswer answer) => answer.IsForwarded ? _upstreamTtlNs : _dnsTtlNs;

    /// <summary>The letters of a name.</summary>
    public string TextOf(int name) => _names[name].Name;

    /// <summary>The destinations that an answer means to a workload.</summary>
    public int[] DestinationsOf(int workload, NameAnswer answer)
    {
        ClientNames client = _clients[workload]!;
        if (!client.Destinations.TryGetValue(answer, out int[]? destinations))
            client.Destinations[answer] = destinations =
                [.. answer.Addresses.Select(address => _destinations.Number(new Destination(address, client.Port, client.Protocol)))];
        return destinations;
    }

    /// <summary>The destinations that a workload's name means at the start of the run.</summary>
    public IReadOnlyList<int> AllOf(int workload) => _clients[workload]!.First;

    private ClientNames ClientOf(NameLookup lookup, DnsTable dns)
    {
        bool isCluster = lookup.Resolver?.AsksCluster ?? false;
        ImmutableArray<(int, int)>.Builder names = ImmutableArray.CreateBuilder<(int, int)>(lookup.Names.Length);
        for (int place = 0; place < lookup.Names.Length; place++)
        {
            // What the preparation found for the last name holds for the server that a look-up begins with.
            bool isFixed = lookup.Follows is null && place == lookup.Names.Length - 1;
            int Number(bool asksCluster) => NumberOf(lookup, lookup.Names[place], asksCluster, isFixed && asksCluster == isCluster, dns);
            bool HasServer(bool asksCluster) => lookup.Resolver?.Servers.Contains(asksCluster) ?? !asksCluster;
            names.Add((HasServer(true) ? Number(true) : Topology.None, HasServer(false) ? Number(false) : Topology.None));
        }
        return new ClientNames(
            lookup.Resolver, names.MoveToImmutable(), lookup.Port, lookup.Protocol, [.. lookup.Answers.Select(_destinations.Number)]);
    }

    private int NumberOf(NameLookup lookup, string name, bool asksCluster, bool isFixed, DnsTable dns)
    {
        string complete = name.TrimEnd('.').ToLowerInvariant() + ".";
        if (!_numbers.TryGetValue((complete, asksCluster, isFixed), out int number))
        {
            _numbers.Add((complete, asksCluster, isFixed), number = _names.Count);
            NameState state = new(complete, asksCluster);
            state.Update(dns);
            if (isFixed)
                state.Fix([.. lookup.Answers.Select(destination => destination.Address)], lookup.IsForwarded);
            _names.Add(state);
        }
        _names[number].Follows |= lookup.Follows is not null && asksCluster;
        return number;
    }

    private sealed record ClientNames(
        Resolver? Resolver, ImmutableArray<(int InCluster, int Outside)> Names, int Port, Protocol Protocol, ImmutableArray<int> First)
    {
        public Dictionary<NameAnswer, int[]> Destinations { get; } = new(ReferenceEqualityComparer.Instance);
    }

    private sealed class NameState(string name, bool asksCluster)
    {
        public string Name => name;

        public bool Follows { get; set; }

        public NameAnswer A { get; private set; } = new([], false);

        public NameAnswer Aaaa { get; private set; } = new([], false);

        public void Update(DnsTable dns)
        {
            A = Changed(A, AnswerOf(dns, DnsRecordType.A));
            Aaaa = Changed(Aaaa, AnswerOf(dns, DnsRecordType.AAAA));
        }

        public void Fix(ImmutableArray<IpAddress> addresses, bool isForwarded) => A = new NameAnswer(addresses, isForwarded);

        private static NameAnswer Changed(NameAnswer before, NameAnswer now) => now.Equals(before) ? before : now;

        private NameAnswer AnswerOf(DnsTable dns, DnsRecordType type)
        {
            DnsAnswer answer = asksCluster ? dns.Resolve(name, type) : dns.ResolveOutside(name, type);
            return new NameAnswer([.. answer.Addresses], answer.ForwardedName is not null);
        }
    }
}
