using System.Runtime.CompilerServices;

namespace KubeNetSim.DataPlane.Proxy;

/// <summary>
/// What kube-proxy has programmed on one node at one instant: this class finds the Service, and that of a mode says where its packets go.
/// Immutable; a sync makes a new one. Nothing is stored for each pair of node and Service.
/// <see cref="Decide(in Packet, ref FrontendMemory, out Decision)"/> and <see cref="WorkOf(in Decision, int, bool)"/> are the simulation's hot
/// path: they allocate nothing.
/// </summary>
public abstract class NodeSnapshot
{
    private readonly ProxyNode _node;
    private readonly bool _remembersClientsByAddress;

    private protected NodeSnapshot(ServiceTable services, ProxyNode node)
    {
        Services = services;
        _node = node;
        _remembersClientsByAddress = node.Mode.RemembersClientsByAddress;
    }

    /// <summary>The same node after a later sync.</summary>
    /// <param name="services">The Services and endpoints seen.</param>
    /// <param name="dispatchSeed">Decides the order of the rules, where the mode has one.</param>
    public NodeSnapshot Synced(ServiceTable services, ulong dispatchSeed) => _node.Mode.Program(services, _node, dispatchSeed);

    /// <summary>The Services and endpoints that it was made from.</summary>
    public ServiceTable Services { get; }

    /// <summary>The proxy's mode.</summary>
    public ProxyMode Mode => _node.Mode;

    /// <summary>Where a packet with this source address comes from, for callers that know no more than the address.</summary>
    public PacketSource SourceOf(IpAddress source) =>
        _node.Addresses.IsOwn(source) ? PacketSource.Node
        : _node.HasPod(source) ? PacketSource.Pod
        : PacketSource.External;

    /// <summary>Where the packet goes.</summary>
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
            decision = Elsewhere(packet);
        else
            decision = AtTheNode(packet, own);
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
    /// <param name="work">What it costs. It is written in place, because returning the record would copy it.</param>
    public abstract void WorkOf(in Decision decision, int endpointIndex, bool byAffinity, out Work work);

    /// <summary>What kube-proxy itself answers to a packet that opens a connection; null where it does not listen there.</summary>
    public HealthAnswer? HealthAnswerTo(in Packet packet)
    {
        bool isOwn = _node.Addresses.IsOwn(packet.Destination) && !IsPodLoopback(packet);
        if (isOwn && packet is { Protocol: Protocol.TCP, DestinationPort: HealthAnswer.ProxyPort })
            return HealthAnswer.OfProxy(_node.IsEligibleForTraffic);
        if (!IsHealthCheck(packet) || !_node.Addresses.HasHealthChecks(packet.Destination, isOwn))
            return null;
        (IpFamily family, int number) = (packet.Destination.Family, packet.DestinationPort);
        ServicePortEntry[] ports = [.. Services.Ports.Where(port => port.HealthCheckPort == number)];
        Service service = ports.First(port => port.Family == family).Service;
        HashSet<IpAddress> local = [.. ports.Where(port => port.Service == service).SelectMany(port => port.Selection.LocalReady(_node.Index).ToList()).Select(endpoint => endpoint.Address)];
        return HealthAnswer.Of(service, local.Count);
    }

    internal ProxyNode Node => _node;

    /// <summary>Decides what happens to a packet for a Service.</summary>
    /// <param name="decision">Says which Service it is for.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="route">What is compiled for the Service's port.</param>
    internal abstract void Route(ref Decision decision, in Packet packet, in PortRoute route);

    /// <summary>What happens to a packet that is neither for a Service nor for the node itself.</summary>
    internal virtual (Verdict Verdict, DecisionReason Reason) OutsideOfServices(in Packet packet) => (Verdict.PassThrough, DecisionReason.NoRule);

    /// <summary>The steps behind a decision, in order.</summary>
    internal abstract IEnumerable<RuleStep> Explain(Packet packet, Decision decision, int endpointIndex, bool byAffinity);

    /// <summary>What is programmed, in the format of the mode's own tool.</summary>
    /// <param name="ports">The Service ports whose rules are wanted.</param>
    /// <param name="isWhole">Whether everything else is wanted, too.</param>
    internal abstract IEnumerable<string> List(ServicePortEntry[] ports, bool isWhole);

    /// <summary>Whether the packet is for a health-check node port.</summary>
    private protected bool IsHealthCheck(in Packet packet) =>
        packet.Protocol == Protocol.TCP && Services.Frontends.IsHealthCheckPort(packet.Destination.Family, packet.DestinationPort);

    private void Route(Frontend frontend, ServicePortEntry port, in PortRoute route, in Packet packet, NodeAddresses? own, out Decision decision)
    {
        decision = default;
        decision.Begin(Verdict.PassThrough, DecisionReason.NoRule, packet, own);
        decision.At(frontend, port, route, _remembersClientsByAddress);
        Route(ref decision, packet, route);
    }

    // A pod's loopback interface is its own: the packet never leaves the pod's network namespace.
    private static bool IsPodLoopback(in Packet packet) => packet.From == PacketSource.Pod && packet.Destination.IsLoopback;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision AtTheNode(in Packet packet, NodeAddresses own) => Mode.AcceptsHealthChecks && IsHealthCheck(packet)
        ? new Decision(Verdict.Accept, DecisionReason.HealthCheck, packet, own)
        : new Decision(Verdict.PassThrough, DecisionReason.NoRule, packet, own);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Decision Elsewhere(in Packet packet)
    {
        (Verdict verdict, DecisionReason reason) = OutsideOfServices(packet);
        return new Decision(verdict, reason, packet, ownDestination: null);
    }
}
