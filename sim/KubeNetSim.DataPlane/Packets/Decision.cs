using KubeNetSim.Model;

namespace KubeNetSim.DataPlane;

/// <summary>Where a packet goes, and why. Points into compiled tables; making one allocates nothing.</summary>
public readonly struct Decision
{
    internal Decision(Verdict verdict, DecisionReason reason, in Packet packet, NodeAddresses? ownDestination)
    {
        Verdict = verdict;
        Reason = reason;
        FrontendIndex = -1;
        From = packet.From;
        Family = packet.Destination.Family;
        IsDestinationLocal = ownDestination is not null;
        NodePortPlace = ownDestination is null ? -1 : ownDestination.NodePortPlace(packet.Destination);
        Source = packet.Source;
    }

    private Decision(in Decision undecided, Verdict verdict, DecisionReason reason)
    {
        this = undecided;
        Verdict = verdict;
        Reason = reason;
    }

    /// <summary>What happens to the packet.</summary>
    public Verdict Verdict { get; private init; }

    /// <summary>Why.</summary>
    public DecisionReason Reason { get; private init; }

    /// <summary>By which of its addresses the Service was called; meaningless without a <see cref="Port"/>.</summary>
    public FrontendKind Frontend { get; private init; }

    /// <summary>The Service's port; null where the destination is nobody's.</summary>
    public ServicePortEntry? Port { get; private init; }

    /// <summary>Endpoints that may receive the packet, in the order of the rules; empty unless forwarded.</summary>
    public EndpointSet Endpoints { get; private init; }

    /// <summary>Whether the source address is rewritten whichever endpoint is chosen; see <see cref="IsMasqueraded(in Packet, int)"/>.</summary>
    public bool Masquerade { get; private init; }

    /// <summary>Names what remembers clients under session affinity: equal keys share their memory within one node.</summary>
    public int AffinityKey { get; private init; }

    /// <summary>How long after its last connection a client returns to its endpoint [ns]; 0 without session affinity.</summary>
    public long AffinityTimeoutNs { get; private init; }

    /// <summary>Whether any endpoint of the port could receive a packet, on whatever node.</summary>
    internal bool HasEndpoints { get; private init; }

    internal int FrontendIndex { get; private init; }

    internal PacketSource From { get; private init; }

    internal IpFamily Family { get; private init; }

    /// <summary>Whether the packet was sent to an address of the node itself.</summary>
    internal bool IsDestinationLocal { get; private init; }

    /// <summary>Whether that address has node ports.</summary>
    internal bool HasNodePorts => NodePortPlace >= 0;

    /// <summary>Which of the rules that lead to the node ports matches that address, from 0; -1 where it has no node ports.</summary>
    internal int NodePortPlace { get; private init; }

    internal IpAddress Source { get; private init; }

    /// <summary>The node whose endpoints alone are masqueraded when they reach themselves; null for endpoints of any node.</summary>
    internal int? HairpinNode { get; private init; }

    /// <summary>
    /// Whether the source address is rewritten on the way to an endpoint: because of a policy, or because a pod reached itself
    /// through its own Service and would otherwise answer itself directly (hairpin).
    /// </summary>
    public bool IsMasqueraded(in Packet packet, int endpointIndex) => Masquerade || IsHairpin(packet.Source, endpointIndex);

    /// <summary>The same for the packet that was decided.</summary>
    internal bool IsMasqueraded(int endpointIndex) => Masquerade || IsHairpin(Source, endpointIndex);

    internal Decision At(Frontend frontend, ServicePortEntry port, in PortRoute route, bool hasOwnMemory) => this with
    {
        Port = port,
        HasEndpoints = route.Endpoints.Count > 0,
        Frontend = frontend.Kind,
        FrontendIndex = frontend.Index,
        AffinityKey = hasOwnMemory ? frontend.Index : frontend.Port,
    };

    internal Decision To(EndpointSet endpoints, bool masquerade, long affinityTimeoutNs) => this with
    {
        Verdict = Verdict.Forward,
        Reason = DecisionReason.EndpointsFound,
        Endpoints = endpoints,
        Masquerade = masquerade,
        AffinityTimeoutNs = affinityTimeoutNs,
    };

    /// <summary>The same, where only endpoints of a node are masqueraded when they reach themselves.</summary>
    internal Decision WithHairpinAt(int node) => this with { HairpinNode = node };

    internal Decision Ended(Verdict verdict, DecisionReason reason) => new(this, verdict, reason);

    private bool IsHairpin(IpAddress source, int endpointIndex) =>
        Endpoints[endpointIndex].Address == source && (HairpinNode is null || Endpoints[endpointIndex].NodeIndex == HairpinNode);
}
