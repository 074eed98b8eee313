using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Network;

/// <summary>
/// The network between machines: where a packet comes out that no rule of a node touched, or that one has rewritten. Runs and traces
/// share it; the rules themselves are the data plane's.
/// </summary>
internal sealed class Router(LoadBalancerTable loadBalancers, Topology topology, BackendTable backends, ListeningPorts ports, NodeState[] nodes)
{
    private readonly Topology _topology = topology;
    private readonly List<LoadBalancer> _listeners = [];
    private readonly Dictionary<LoadBalancer, int> _numbers = [];

    /// <summary>Whether a load balancer is a machine on the path, and not only a route to nodes.</summary>
    public bool IsMachine(int listener) => _listeners[listener].Traits.IsMachine;

    /// <summary>The load balancers that nodes, endpoints and their health checks make now; health that changes replaces it.</summary>
    public LoadBalancerTable LoadBalancers { get; set; } = loadBalancers;

    /// <summary>The load balancer with a number.</summary>
    public LoadBalancer this[int listener] => _listeners[listener];

    /// <summary>Whether answers go back through a load balancer, too.</summary>
    public bool AnswersPass(int listener) => _listeners[listener].Traits.ReturnsThrough;

    /// <summary>
    /// Whether a load balancer loses a client's connection to a target: it does not let the client in, or the target is the client itself or
    /// its node, and both cannot be one there.
    /// </summary>
    public bool Drops(int listener, in Hop hop, in Source client)
    {
        LoadBalancer balancer = _listeners[listener];
        bool isLoop = balancer.Traits.DropsLoopback && client.Node >= 0
            && (hop.Kind == HopKind.Node ? hop.Number == client.Node : hop.Kind == HopKind.Backend && hop.Number == client.Pod);
        return isLoop || !balancer.Admits(AddressOutside(client));
    }

    // A pod's packets leave the cluster with the address of its node.
    private IpAddress AddressOutside(in Source client) =>
        client.From == PacketSource.Pod ? _topology.Cluster.Nodes[client.Node].InternalAddresses[0] : client.Address;

    /// <summary>Where a packet from outside the cluster arrives first.</summary>
    public Hop FromOutside(Destination destination)
    {
        if (LoadBalancers.Find(destination.Address, destination.Protocol, destination.Port) is { } balancer)
            return ToBalancer(balancer, Distance.Internet);
        if (_topology.NodeAt(destination.Address) is >= 0 and int node)
            return _topology.IsUnreachable(node) ? Hop.Lost : new Hop(HopKind.Node, node, Distance.Internet, true);
        // An address that is only a route leads to a node with every port; the node's rules say what happens to the others.
        if (LoadBalancers.FindAddress(destination.Address) is { Traits.IsMachine: false } route)
            return ToBalancer(route, Distance.Internet);
        // Networks outside have no route to pods and cluster IPs.
        return IsUnanswered(destination.Address)
            ? Hop.Lost
            : new Hop(HopKind.Backend, backends.NumberOf(destination.Address, Topology.None), Distance.Internet, true);
    }

    /// <summary>Where a load balancer sends a connection. Its machines are in the zones of the nodes they send to.</summary>
    public Hop FromListener(int listener, RandomStream stream) => FromListener(listener, Distance.SameZone, stream);

    /// <summary>Where a connection goes whose address is only a route to nodes, over a leg of this length.</summary>
    public Hop FromListener(int listener, Distance distance, RandomStream stream) =>
        ToTarget(_listeners[listener], _listeners[listener].Pick(stream.NextDouble()), distance);

    /// <summary>All places where a load balancer sends connections, and their shares.</summary>
    public IEnumerable<(Hop Hop, double Share)> TargetsOf(int listener)
    {
        LoadBalancer balancer = _listeners[listener];
        IEnumerable<int> targets = balancer.SendsToPods ? Enumerable.Range(0, balancer.TargetCount) : balancer.TargetNodes;
        foreach (int target in targets)
            yield return (ToTarget(balancer, target, Distance.SameZone), balancer.ShareOf(target));
    }

    private Hop ToTarget(LoadBalancer balancer, int target, Distance distance)
    {
        if (target < 0)
            return Hop.Lost;
        if (!balancer.SendsToPods)
            return new Hop(HopKind.Node, target, distance, true);
        EndpointEntry pod = balancer.TargetEndpoints[target];
        return pod.NodeIndex >= 0 && _topology.IsUnreachable(pod.NodeIndex)
            ? Hop.Lost
            : new Hop(HopKind.Backend, pod.PodIndex >= 0 ? pod.PodIndex : backends.NumberOf(pod.Address, pod.NodeIndex), pod.NodeIndex < 0 ? Distance.Internet : distance, true);
    }

    /// <summary>
    /// Where a packet goes from a node, by the decision of the node's rules. The one interpretation of decisions for runs and traces.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="decision">The decision.</param>
    /// <param name="endpoint">The endpoint that was chosen, where the decision is to forward.</param>
    /// <param name="masqueraded">Whether the backend sees another source address than the client's; set where this node rewrites
    /// it.</param>
    public Hop Next(int node, in Packet packet, in Decision decision, int endpoint, ref bool masqueraded)
    {
        Hop hop = decision.Verdict switch
        {
            Verdict.Forward => ToEndpoint(node, decision.Endpoints, endpoint),
            Verdict.PassThrough => Onward(node, packet),
            Verdict.Drop => Hop.Lost,
            Verdict.Reject => Hop.Refused,
            Verdict.Accept => AtProcess(node, packet),
            _ => throw new UnreachableException($"verdict {decision.Verdict}"),
        };
        if (decision.Verdict == Verdict.Forward)
        {
            masqueraded |= HidesClient(packet, decision, endpoint, hop);
            if (ReplyPath.MissesNode(packet, decision, masqueraded, hop))
                return Hop.Lost;
        }
        masqueraded |= ReplyPath.LeavesCluster(packet, hop, hop.Kind == HopKind.LoadBalancer && IsMachine(hop.Number));
        return hop;
    }

    // A process of the node has the node's address anyway. A pod that reaches another node does not reach itself, so that its source is
    // rewritten only where every endpoint's is.
    private static bool HidesClient(in Packet packet, in Decision decision, int endpoint, in Hop hop) => packet.From switch
    {
        PacketSource.Node => false,
        PacketSource.Pod when hop.Moves => decision.Masquerade,
        _ => decision.IsMasqueraded(packet, endpoint),
    };

    private Hop ToEndpoint(int node, in EndpointSet endpoints, int chosen)
    {
        EndpointPlace place = endpoints.PlaceOf(chosen);
        int backend = place.PodIndex >= 0 ? place.PodIndex : backends.NumberOf(endpoints[chosen].Address, place.NodeIndex);
        return ToBackend(node, backend, place.NodeIndex);
    }

    /// <summary>Where a packet goes from a node whose rules let it pass as it is.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public Hop Onward(int node, in Packet packet)
    {
        if (_topology.PodAt(packet.Destination) is >= 0 and int pod)
            return ToPod(node, pod, packet);
        if (_topology.NodeAt(packet.Destination) is >= 0 and int other)
            return other == node ? AtProcess(node, packet)
                : _topology.IsUnreachable(other) ? Hop.Lost
                : new Hop(HopKind.Node, other, _topology.Between(node, other), true);
        if (packet.Destination.IsLoopback)
            return AtLoopback(node, packet);
        if (LoadBalancers.Find(packet.Destination, packet.Protocol, packet.DestinationPort) is { } balancer)
            return ToBalancer(balancer, Distance.SameZone);
        return IsUnanswered(packet.Destination)
            ? Hop.Lost
            : new Hop(HopKind.Backend, backends.NumberOf(packet.Destination, Topology.None), Distance.Internet, true);
    }

    // Addresses of the cluster that no machine has now, and ports of load balancers that have no listener: packets get no answer.
    private bool IsUnanswered(IpAddress address) =>
        address.IsLoopback || _topology.IsInside(address) || LoadBalancers.FindAddress(address) is not null;

    // Loopback never leaves the sender: a pod talks to its own process there, a node to one in its network.
    private Hop AtLoopback(int node, in Packet packet)
    {
        if (packet.From != PacketSource.Pod)
            return AtProcess(node, packet);
        int pod = _topology.PodAt(packet.Source);
        return pod >= 0 && ports.Has(backends.PodAt(pod), packet.Protocol, packet.DestinationPort) ? new Hop(HopKind.Backend, pod, Distance.SameNode, false) : Hop.Refused;
    }

    // No rule translates the port of a packet that is sent to the pod's own address: a process of the pod must listen there.
    private Hop ToPod(int node, int pod, in Packet packet)
    {
        Hop hop = ToBackend(node, pod, _topology.NodeOfPod(pod));
        return hop.Kind != HopKind.Backend || ports.Has(backends.PodAt(pod), packet.Protocol, packet.DestinationPort) ? hop : Hop.Refused;
    }

    private Hop ToBalancer(LoadBalancer balancer, Distance distance)
    {
        if (!_numbers.TryGetValue(balancer, out int number))
        {
            _numbers.Add(balancer, number = _listeners.Count);
            _listeners.Add(balancer);
        }
        return new Hop(HopKind.LoadBalancer, number, distance, true);
    }

    private Hop ToBackend(int node, int backend, int backendNode) =>
        backendNode < 0 ? new Hop(HopKind.Backend, backend, Distance.Internet, true)
        : _topology.IsUnreachable(backendNode) ? Hop.Lost
        : new Hop(HopKind.Backend, backend, _topology.Between(node, backendNode), backendNode != node);

    // A packet for the node itself reaches kube-proxy or a pod in the node's network that listens there, or is refused.
    private Hop AtProcess(int node, in Packet packet) =>
        nodes[node].Snapshot.HealthAnswerTo(packet) is not null ? new Hop(HopKind.Backend, backends.NumberOfProxy(node), Distance.SameNode, false)
        : _topology.PodInNodeNetwork(node, packet.Protocol, packet.DestinationPort) is >= 0 and int pod
            ? new Hop(HopKind.Backend, pod, Distance.SameNode, false)
            : Hop.Refused;
}
