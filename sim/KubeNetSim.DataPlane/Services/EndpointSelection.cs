namespace KubeNetSim.DataPlane.Services;

/// <summary>
/// The endpoints of one port of a Service, sorted out once for all nodes: who may receive a packet under each traffic policy.
/// Follows CategorizeEndpoints of Kubernetes (pkg/proxy/topology.go): ready endpoints; where there are none, those that still serve
/// while they terminate (KEP-1669); hints narrow the cluster's set but never a node's own.
/// </summary>
internal sealed class EndpointSelection
{
    private readonly EndpointGroups _ready;
    private readonly EndpointGroups _terminating;
    private readonly EndpointGroups _hintedNodes;
    private readonly EndpointGroups _hintedZones;

    private EndpointSelection(Candidate[] ready, Candidate[] terminating, ClusterIndex names, bool groupByNode)
    {
        All = new EndpointSet(Entries(ready.Length > 0 ? ready : terminating));
        _ready = groupByNode ? ByNode(ready) : EndpointGroups.Empty;
        _terminating = groupByNode ? ByNode(terminating) : EndpointGroups.Empty;
        HasReady = ready.Length > 0;
        _hintedNodes = HintedNodes(ready, names);
        _hintedZones = HintedZones(ready, names);
        IsHinted = !_hintedNodes.Keys.IsEmpty || !_hintedZones.Keys.IsEmpty;
    }

    /// <summary>Sorts out the endpoints that the slices of a Service hold for a port.</summary>
    /// <param name="port">Name and protocol decide which ports of the slices are meant.</param>
    /// <param name="family">Slices of the other family are left out.</param>
    /// <param name="slices">Slices of the Service.</param>
    /// <param name="names">Numbers of nodes, zones and pods.</param>
    /// <param name="groupByNode">Whether a policy ever asks for a node's own endpoints.</param>
    public static EndpointSelection Compile(
        ServicePort port, IpFamily family, IEnumerable<EndpointSlice> slices, ClusterIndex names, bool groupByNode)
    {
        List<Candidate> candidates = Candidate.Collect(port, family, slices, names);
        Candidate[] ready = [.. candidates.Where(candidate => candidate.Endpoint.IsReady)];
        Candidate[] terminating =
            [.. candidates.Where(candidate => !candidate.Endpoint.IsReady && candidate.Endpoint.IsServing && candidate.Endpoint.IsTerminating)];
        return new EndpointSelection(ready, terminating, names, groupByNode) { KnownCount = candidates.Count };
    }

    /// <summary>Whether any endpoint could receive a packet, on whatever node: decides between Reject and Drop.</summary>
    public bool HasAny => All.Count > 0;

    /// <summary>Whether any endpoint is ready, on whatever node; otherwise those of <see cref="All"/> only still serve.</summary>
    public bool HasReady { get; }

    /// <summary>All endpoints that could receive a packet if no policy and no hint narrowed the choice.</summary>
    public EndpointSet All { get; }

    /// <summary>How many endpoints there are, usable or not.</summary>
    public int KnownCount { get; private init; }

    /// <summary>Whether hints narrow the choice, so that it depends on the node.</summary>
    public bool IsHinted { get; }

    /// <summary>Nodes with ready endpoints of their own.</summary>
    public ReadOnlySpan<int> NodesWithReady => _ready.Keys;

    /// <summary>Nodes with endpoints of their own that only still serve.</summary>
    public ReadOnlySpan<int> NodesWithTerminating => _terminating.Keys;

    /// <summary>What a node may choose from under policy Cluster.</summary>
    public EndpointSet Cluster(int node, int zone)
    {
        if (!IsHinted)
            return All;
        EndpointSet hinted = _hintedNodes.Of(node);
        if (hinted.Count == 0)
            hinted = _hintedZones.Of(zone);
        return hinted.Count > 0 ? hinted : All;
    }

    /// <summary>What a node may choose from under policy Local.</summary>
    public EndpointSet Local(int node)
    {
        EndpointSet ready = _ready.Of(node);
        return ready.Count > 0 ? ready : _terminating.Of(node);
    }

    /// <summary>Ready endpoints on a node: what its health check node port reports. Terminating ones do not count (KEP-1669).</summary>
    public EndpointSet LocalReady(int node) => _ready.Of(node);

    private static EndpointEntry[] Entries(Candidate[] candidates) => [.. candidates.Select(candidate => candidate.Entry)];

    private static EndpointGroups ByNode(Candidate[] candidates) =>
        EndpointGroups.File(candidates.Select(candidate => (candidate.Entry.NodeIndex, candidate.Entry)));

    // Hints count only if every ready endpoint has some: a half-hinted set may be one that the controller is still rewriting.
    private static EndpointGroups HintedNodes(Candidate[] ready, ClusterIndex names) =>
        ready.All(candidate => candidate.Endpoint.NodeHints.Length > 0)
            ? EndpointGroups.File(ready.SelectMany(candidate =>
                candidate.Endpoint.NodeHints.Distinct().Select(node => (names.NodeOf(node), candidate.Entry))))
            : EndpointGroups.Empty;

    private static EndpointGroups HintedZones(Candidate[] ready, ClusterIndex names) =>
        ready.All(candidate => candidate.Endpoint.ZoneHints.Length > 0)
            ? EndpointGroups.File(ready.SelectMany(candidate =>
                candidate.Endpoint.ZoneHints.Distinct().Select(zone => (names.ZoneOf(zone), candidate.Entry))))
            : EndpointGroups.Empty;

    /// <summary>An endpoint of a slice at one port, with its place in the order of the rules.</summary>
    private readonly record struct Candidate(Endpoint Endpoint, EndpointEntry Entry, string Text)
    {
        public static List<Candidate> Collect(ServicePort port, IpFamily family, IEnumerable<EndpointSlice> slices, ClusterIndex names)
        {
            Dictionary<string, Candidate> byText = [];
            foreach (EndpointSlice slice in slices)
                if (slice.Family == family)
                    foreach (EndpointPort at in slice.Ports)
                        if (at.Name == port.Name && at.Protocol == port.Protocol && at.Port is > 0)
                            Add(byText, slice, at.Port.Value, names);
            return [.. byText.Values.OrderBy(candidate => candidate.Text, StringComparer.Ordinal)];
        }

        // An address may stand twice: while the controller moves an endpoint to another slice, or where a pod got the address of one that
        // still terminates. The one that does not terminate counts (pkg/proxy/endpointslicecache.go, addEndpoints). Of two such either may
        // count there, here the later.
        private static void Add(Dictionary<string, Candidate> byText, EndpointSlice slice, int port, ClusterIndex names)
        {
            foreach (Endpoint endpoint in slice.Endpoints)
            {
                if (endpoint.Addresses.IsEmpty)
                    continue;
                EndpointEntry entry = new(endpoint.Addresses[0], port, names.NodeOf(endpoint.NodeName), names.PodOf(endpoint));
                string text = entry.ToString();
                if (!byText.ContainsKey(text) || !endpoint.IsTerminating)
                    byText[text] = new Candidate(endpoint, entry, text);
            }
        }
    }
}
