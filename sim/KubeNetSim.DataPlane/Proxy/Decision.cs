namespace KubeNetSim.DataPlane.Proxy;

/// <summary>
/// Where a packet goes, and why. Points into compiled tables; making one allocates nothing. Written in place, by those who decide, since
/// copying it would take longer than deciding.
/// </summary>
public struct Decision
{
    internal Decision(Verdict verdict, DecisionReason reason, in Packet packet, NodeAddresses? ownDestination) => Begin(verdict, reason, packet, ownDestination);

    /// <summary>It is about this packet, and nothing else is known as yet.</summary>
    internal void Begin(Verdict verdict, DecisionReason reason, in Packet packet, NodeAddresses? ownDestination)
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

    /// <summary>What happens to the packet.</summary>
    public Verdict Verdict { readonly get; private set; }

    /// <summary>Why.</summary>
    public DecisionReason Reason { readonly get; private set; }

    /// <summary>By which of its addresses the Service was called; meaningless without a <see cref="Port"/>.</summary>
    public FrontendKind Frontend { readonly get; private set; }

    /// <summary>The Service's port; null where the destination is nobody's.</summary>
    public ServicePortEntry? Port { readonly get; private set; }

    /// <summary>Endpoints that may receive the packet, in the order of the rules; empty unless forwarded.</summary>
    public EndpointSet Endpoints { readonly get; private set; }

    /// <summary>Whether the source address is rewritten whichever endpoint is chosen; see <see cref="IsMasqueraded(in Packet, int)"/>.</summary>
    public bool Masquerade { readonly get; private set; }

    /// <summary>Names what remembers clients under session affinity: equal keys share their memory within one node.</summary>
    public int AffinityKey { readonly get; private set; }

    /// <summary>How long after its last connection a client returns to its endpoint [ns]; 0 without session affinity.</summary>
    public long AffinityTimeoutNs { readonly get; private set; }

    /// <summary>Whether any endpoint of the port could receive a packet, on whatever node.</summary>
    internal bool HasEndpoints { readonly get; private set; }

    internal int FrontendIndex { readonly get; private set; }

    internal PacketSource From { readonly get; private set; }

    internal IpFamily Family { readonly get; private set; }

    /// <summary>Whether the packet was sent to an address of the node itself.</summary>
    internal bool IsDestinationLocal { readonly get; private set; }

    /// <summary>Whether that address has node ports.</summary>
    internal readonly bool HasNodePorts => NodePortPlace >= 0;

    /// <summary>Which of the rules that lead to the node ports matches that address, from 0; -1 where it has no node ports.</summary>
    internal int NodePortPlace { readonly get; private set; }

    internal IpAddress Source { readonly get; private set; }

    /// <summary>The node whose endpoints alone are masqueraded when they reach themselves; null for endpoints of any node.</summary>
    internal int? HairpinNode { readonly get; private set; }

    /// <summary>
    /// Whether the packet leaves an IPVS node with the virtual address that it was sent to as its source: the node owns that address (on kube-ipvs0), so
    /// the kernel takes it as the source address of the node's own processes, and no masquerading rewrites it.
    /// </summary>
    public readonly bool KeepsVirtualSource =>
        HairpinNode is not null && From == PacketSource.Node && Frontend != FrontendKind.NodePort && !Masquerade;

    /// <summary>
    /// Whether the source address is rewritten on the way to an endpoint: because of a policy, or because a pod reached itself
    /// through its own Service and would otherwise answer itself directly (hairpin).
    /// </summary>
    public readonly bool IsMasqueraded(in Packet packet, int endpointIndex) => Masquerade || IsHairpin(packet.Source, endpointIndex);

    /// <summary>The same for the packet that was decided.</summary>
    internal readonly bool IsMasqueraded(int endpointIndex) => Masquerade || IsHairpin(Source, endpointIndex);

    /// <summary>It is for this Service; what happens to it is not decided yet.</summary>
    internal void At(Frontend frontend, ServicePortEntry port, in PortRoute route, bool hasOwnMemory)
    {
        Port = port;
        HasEndpoints = route.Endpoints.Count > 0;
        Frontend = frontend.Kind;
        FrontendIndex = frontend.Index;
        AffinityKey = hasOwnMemory ? frontend.Index : frontend.Port;
    }

    /// <summary>It goes to one of these endpoints.</summary>
    internal void To(in EndpointSet endpoints, bool masquerade, long affinityTimeoutNs)
    {
        Verdict = Verdict.Forward;
        Reason = DecisionReason.EndpointsFound;
        Endpoints = endpoints;
        Masquerade = masquerade;
        AffinityTimeoutNs = affinityTimeoutNs;
    }

    /// <summary>Only endpoints of a node are masqueraded when they reach themselves.</summary>
    internal void ConfineHairpin(int node) => HairpinNode = node;

    /// <summary>It goes to no endpoint.</summary>
    internal void End(Verdict verdict, DecisionReason reason)
    {
        Verdict = verdict;
        Reason = reason;
    }

    private readonly bool IsHairpin(IpAddress source, int endpointIndex) =>
        Endpoints[endpointIndex].Address == source && (HairpinNode is null || Endpoints[endpointIndex].NodeIndex == HairpinNode);
}
