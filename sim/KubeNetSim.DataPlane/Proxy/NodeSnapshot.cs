using System.Runtime.CompilerServices;

namespace KubeNetSim.DataPlane;

/// <summary>
/// What kube-proxy has programmed on one node at one instant. Immutable; a sync makes a new one. Nothing is stored for each pair of
/// node and Service, and <see cref="Decide(in Packet, ref FrontendMemory, out Decision)"/> and <see cref="WorkOf(in Decision, int, bool)"/> allocate nothing: they are the simulation's hot path.
/// </summary>
public sealed class NodeSnapshot
{
    private readonly ProxyNode _node;
    private readonly DispatchOrder _order;
    private readonly (ListLengths IPv4, ListLengths IPv6) _lists;
    private MovedRules? _movedOfV4;
    private MovedRules? _movedOfV6;

    private NodeSnapshot(ServiceTable services, ProxyNode node, ulong dispatchSeed)
    {
        Services = services;
        _node = node;
        _order = new DispatchOrder(dispatchSeed);
        if (node.Mode == ProxyMode.Iptables)
            _lists = (ListLengths.Of(services, node, IpFamily.IPv4), ListLengths.Of(services, node, IpFamily.IPv6));
    }

    /// <summary>What a node programs for the Services it has seen.</summary>
    /// <param name="services">The Services and endpoints seen.</param>
    /// <param name="node">The node.</param>
    /// <param name="configuration">kube-proxy's configuration there.</param>
    /// <param name="backend">Where iptables rules are written to; says nothing of semantics or work, only of names and cost.</param>
    /// <param name="dispatchSeed">Decides the order of the rules (iptables): another for each node and full sync.</param>
    public static NodeSnapshot Create(
        ServiceTable services, Node node, KubeProxyConfiguration configuration, IptablesBackend backend, ulong dispatchSeed) =>
        new(services, new ProxyNode(services, node, configuration, backend), dispatchSeed);

    /// <summary>The same node after a later sync.</summary>
    public NodeSnapshot Synced(ServiceTable services, ulong dispatchSeed) => new(services, _node, dispatchSeed);

    /// <summary>The Services and endpoints that it was made from.</summary>
    public ServiceTable Services { get; }

    /// <summary>The proxy's mode.</summary>
    public ProxyMode Mode => _node.Mode;

    /// <summary>Where a packet with this source address comes from, for callers that know no more than the address.</summary>
    public PacketSource SourceOf(IpAddress source) =>
        _node.Addresses.IsOwn(source) ? PacketSource.Node
        : _node.HasPod(source) ? PacketSource.Pod
        : PacketSource.External;

    /// <summary>Where the packet goes. The same rules in every mode but for the few that the modes do not share.</summary>
    public Decision Decide(in Packet packet)
    {
        Decide(packet, out Decision decision);
        return decision;
    }

    /// <inheritdoc cref="Decide(in Packet)"/>
    public void Decide(in Packet packet, out Decision decision)
    {
        FrontendMemory memory = default;
        Decide(packet, ref memory, out decision);
    }

    /// <inheritdoc cref="Decide(in Packet)"/>
    /// <param name="packet">The packet.</param>
    /// <param name="memory">What is remembered of its destination address and port.</param>
    /// <param name="decision">Where it goes.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    [SkipLocalsInit]
    public void Decide(in Packet packet, ref FrontendMemory memory, out Decision decision)
    {
        Services.Recall(packet, ref memory);
        if (memory.Port is { } known && memory.Frontend.Kind == FrontendKind.ClusterIP)
        {
            Route(memory.Frontend, known, memory.Route, packet, own: null, out decision);
            return;
        }
        NodeAddresses? own = _node.Addresses.IsOwn(packet.Destination) && !IsPodLoopback(packet) ? _node.Addresses : null;
        if (memory.Port is { } port)
            Route(memory.Frontend, port, memory.Route, packet, own, out decision);
        else if (own is not null && Services.Frontends.TryFindNodePort(packet.Destination.Family, packet.Protocol, packet.DestinationPort, out Frontend frontend))
            Route(frontend, Services.PortOf(frontend), Services.RouteOf(frontend), packet, own, out decision);
        else if (own is null)
            decision = OutsideOfServices(packet);
        else
            decision = HealthCheck(packet, own);
    }

    /// <summary>What the decision costs this node's kernel for the first packet of a connection.</summary>
    /// <param name="decision">A decision of this snapshot.</param>
    /// <param name="endpointIndex">Which of its endpoints was chosen; ignored unless the packet is forwarded.</param>
    /// <param name="byAffinity">Whether session affinity chose it.</param>
    public Work WorkOf(in Decision decision, int endpointIndex, bool byAffinity = false)
    {
        WorkOf(decision, endpointIndex, byAffinity, out Work work);
        return work;
    }

    /// <inheritdoc cref="WorkOf(in Decision, int, bool)"/>
    /// <param name="decision">A decision of this snapshot.</param>
    /// <param name="endpointIndex">Which of its endpoints was chosen.</param>
    /// <param name="byAffinity">Whether session affinity chose it.</param>
    /// <param name="work">What it costs. Written where it is read field by field: a small record returned whole is put together first, which takes longer.</param>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public void WorkOf(in Decision decision, int endpointIndex, bool byAffinity, out Work work) => work = Mode switch
    {
        ProxyMode.Nftables => NftablesWork.Of(decision, endpointIndex, byAffinity),
        ProxyMode.Ipvs => IpvsWork.Of(decision),
        _ => IptablesWork.Of(this, decision, endpointIndex, byAffinity),
    };

    internal ProxyNode Node => _node;

    internal ref readonly DispatchOrder Order => ref _order;

    /// <summary>How long the lists of a family are; meant for iptables mode.</summary>
    internal ref readonly ListLengths ListsOf(IpFamily family) => ref family == IpFamily.IPv4 ? ref _lists.IPv4 : ref _lists.IPv6;

    /// <summary>Which rules of those lists stand elsewhere than on other nodes; made when the first packet asks.</summary>
    internal MovedRules MovedOf(IpFamily family) => family == IpFamily.IPv4
        ? _movedOfV4 ??= new MovedRules(this, family)
        : _movedOfV6 ??= new MovedRules(this, family);

    private void Route(Frontend frontend, ServicePortEntry port, in PortRoute route, in Packet packet, NodeAddresses? own, out Decision decision)
    {
        decision = default;
        decision.Begin(Verdict.PassThrough, DecisionReason.NoRule, packet, own);
        decision.At(frontend, port, route, hasOwnMemory: Mode == ProxyMode.Ipvs);
        if (Mode == ProxyMode.Ipvs)
            IpvsRouting.Route(_node, ref decision, packet, route);
        else
            RuleRouting.Route(_node, ref decision, packet, route);
    }

    // A pod's loopback interface is its own: the packet never leaves the pod's network namespace.
    private static bool IsPodLoopback(in Packet packet) => packet.From == PacketSource.Pod && packet.Destination.IsLoopback;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision HealthCheck(in Packet packet, NodeAddresses own)
    {
        // nftables writes no such rule, since accepting in its table would end nothing in others' (pkg/proxy/nftables/README.md).
        return Mode != ProxyMode.Nftables && IsHealthCheck(packet)
            ? new Decision(Verdict.Accept, DecisionReason.HealthCheck, packet, own)
            : new Decision(Verdict.PassThrough, DecisionReason.NoRule, packet, own);
    }

    private bool IsHealthCheck(in Packet packet) =>
        packet.Protocol == Protocol.TCP && Services.Frontends.IsHealthCheckPort(packet.Destination.Family, packet.DestinationPort);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision OutsideOfServices(in Packet packet)
    {
        (Verdict verdict, DecisionReason reason) = Mode switch
        {
            // Every virtual address is bound on the node, so health checks find kube-proxy there, too (KUBE-IPVS-FILTER).
            ProxyMode.Ipvs when Services.Frontends.IsVirtualIP(packet.Destination) && IsHealthCheck(packet) => (Verdict.Accept, DecisionReason.HealthCheck),
            ProxyMode.Nftables when Services.Frontends.IsClusterIP(packet.Destination) => (Verdict.Reject, DecisionReason.UndefinedPort),
            ProxyMode.Nftables when IsInServiceCidr(packet.Destination) => (Verdict.Drop, DecisionReason.UnallocatedAddress),
            ProxyMode.Ipvs when Services.Frontends.IsVirtualIP(packet.Destination) => (Verdict.Reject, DecisionReason.UndefinedPort),
            _ => (Verdict.PassThrough, DecisionReason.NoRule),
        };
        return new Decision(verdict, reason, packet, ownDestination: null);
    }

    private bool IsInServiceCidr(IpAddress address)
    {
        foreach (Cidr block in Services.ServiceCidrs)
            if (block.Contains(address))
                return true;
        return false;
    }
}
