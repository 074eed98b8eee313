using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Network;

/// <summary>
/// Nodes and pods by address, and the distance between two nodes. A run in which pods come and go changes its own copy.
/// </summary>
internal sealed class Topology
{
    /// <summary>The index of no node, no pod, no backend and so on.</summary>
    public const int None = -1;

    private readonly Dictionary<string, int> _nodeByName = [];
    private readonly Dictionary<IpAddress, int> _nodeByAddress = [];
    private readonly Dictionary<IpAddress, int> _podByAddress;
    private readonly Dictionary<(int Node, Protocol Protocol, int Port), int> _podByNodePort;
    private readonly int[] _zoneOfNode;
    private readonly int[] _regionOfNode;
    private readonly bool[]? _unreachable;
    private int[] _nodeOfPod;

    public Topology(Cluster cluster)
    {
        Cluster = cluster;
        _zoneOfNode = Number(cluster.Nodes, node => node.Region + "/" + node.Zone);
        _regionOfNode = Number(cluster.Nodes, node => node.Region);
        _unreachable = cluster.Nodes.All(node => node.Reachable) ? null : [.. cluster.Nodes.Select(node => !node.Reachable)];
        for (int node = 0; node < cluster.Nodes.Length; node++)
        {
            _nodeByName.TryAdd(cluster.Nodes[node].Meta.Name, node);
            foreach (IpAddress address in cluster.Nodes[node].InternalAddresses.Concat(cluster.Nodes[node].ExternalAddresses))
                _nodeByAddress.TryAdd(address, node);
        }
        _podByAddress = [];
        _podByNodePort = [];
        _nodeOfPod = new int[cluster.Pods.Length];
        for (int pod = 0; pod < cluster.Pods.Length; pod++)
            Add(pod, cluster.Pods[pod]);
    }

    private Topology(Topology other)
    {
        Cluster = other.Cluster;
        _nodeByName = other._nodeByName;
        _nodeByAddress = other._nodeByAddress;
        _zoneOfNode = other._zoneOfNode;
        _regionOfNode = other._regionOfNode;
        _unreachable = other._unreachable;
        _podByAddress = new Dictionary<IpAddress, int>(other._podByAddress);
        _podByNodePort = new Dictionary<(int, Protocol, int), int>(other._podByNodePort);
        _nodeOfPod = [.. other._nodeOfPod];
    }

    /// <summary>A copy that can be changed.</summary>
    public Topology Copy() => new(this);

    /// <summary>Adds a pod with its node and addresses.</summary>
    /// <param name="number">Its number: one that is known, or the next.</param>
    /// <param name="pod">The pod.</param>
    public void Add(int number, Pod pod)
    {
        if (number >= _nodeOfPod.Length)
            Array.Resize(ref _nodeOfPod, Math.Max(number + 1, _nodeOfPod.Length * 5 / 4));
        int node = _nodeOfPod[number] = pod.NodeName is { } name && _nodeByName.TryGetValue(name, out int found) ? found : None;
        if (node == None)
            return;
        if (pod.Spec.HostNetwork)
        {
            foreach (ContainerPort port in pod.Spec.Ports)
                _podByNodePort.TryAdd((node, port.Protocol, port.Port), number);
            return;
        }
        foreach (IpAddress address in pod.Addresses)
            _podByAddress.TryAdd(address, number);
    }

    /// <summary>Removes a pod from its addresses. Its node stays known, for packets that are still in flight.</summary>
    public void Remove(int number, Pod pod)
    {
        foreach (IpAddress address in pod.Addresses)
            if (_podByAddress.GetValueOrDefault(address, None) == number)
                _podByAddress.Remove(address);
        foreach (ContainerPort port in pod.Spec.Ports)
            if (_podByNodePort.GetValueOrDefault((_nodeOfPod[number], port.Protocol, port.Port), None) == number)
                _podByNodePort.Remove((_nodeOfPod[number], port.Protocol, port.Port));
    }

    public Cluster Cluster { get; }

    public int NodeCount => _zoneOfNode.Length;

    /// <summary>The node that a pod runs on; <see cref="None"/> while it is Pending.</summary>
    public int NodeOfPod(int pod) => _nodeOfPod[pod];

    /// <summary>Fetches the node of a pod into the processor's cache.</summary>
    public void PrefetchNodeOf(int pod) => Cache.Fetch(in _nodeOfPod[pod]);

    /// <summary>The node that owns an address, or <see cref="None"/>.</summary>
    public int NodeAt(IpAddress address) => _nodeByAddress.GetValueOrDefault(address, None);

    /// <summary>The pod that owns an address (pods in their node's network have none of their own), or <see cref="None"/>.</summary>
    public int PodAt(IpAddress address) => _podByAddress.GetValueOrDefault(address, None);

    /// <summary>The pod in its node's network that says it listens on this port, or <see cref="None"/>.</summary>
    public int PodInNodeNetwork(int node, Protocol protocol, int port) => _podByNodePort.GetValueOrDefault((node, protocol, port), None);

    /// <summary>Whether a node is down from the start of the run, so that packets to it and its pods get no answer.</summary>
    public bool IsUnreachable(int node) => _unreachable is not null && _unreachable[node];

    /// <summary>How far apart two nodes are.</summary>
    public Distance Between(int a, int b) =>
        a == b ? Distance.SameNode
        : _zoneOfNode[a] == _zoneOfNode[b] ? Distance.SameZone
        : _regionOfNode[a] == _regionOfNode[b] ? Distance.CrossZone
        : Distance.CrossRegion;

    /// <summary>Whether an address belongs to the cluster's own blocks, so that no host outside answers for it.</summary>
    public bool IsInside(IpAddress address)
    {
        foreach (Cidr block in Cluster.ServiceCidrs)
            if (block.Contains(address))
                return true;
        foreach (Cidr block in Cluster.PodCidrs)
            if (block.Contains(address))
                return true;
        foreach (Cidr block in Cluster.LoadBalancerCidrs)
            if (block.Contains(address))
                return true;
        return false;
    }

    private static int[] Number(ImmutableArray<Node> nodes, Func<Node, string> key)
    {
        Dictionary<string, int> numbers = [];
        int[] result = new int[nodes.Length];
        for (int node = 0; node < nodes.Length; node++)
        {
            string text = key(nodes[node]);
            if (!numbers.TryGetValue(text, out int number))
                numbers.Add(text, number = numbers.Count);
            result[node] = number;
        }
        return result;
    }
}
