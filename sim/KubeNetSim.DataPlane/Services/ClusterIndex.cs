using System.Collections.Immutable;

namespace KubeNetSim.DataPlane.Services;

/// <summary>Numbers for the names of a cluster: nodes, zones and pods. Built once and kept while the lists stay the same.</summary>
internal sealed class ClusterIndex
{
    private readonly ImmutableArray<Node> _nodes;
    private readonly ImmutableArray<Pod> _pods;
    private readonly Dictionary<string, int> _nodesByName = [];
    private readonly Dictionary<string, int> _zones = [];
    private readonly Dictionary<(string Namespace, string Name), int> _podsByName = [];
    private readonly Lazy<Dictionary<IpAddress, int>> _podsByAddress;

    private ClusterIndex(Cluster cluster)
    {
        _nodes = cluster.Nodes;
        _pods = cluster.Pods;
        for (int i = 0; i < _nodes.Length; i++)
        {
            _nodesByName.TryAdd(_nodes[i].Meta.Name, i);
            if (_nodes[i].Zone.Length > 0)
                _zones.TryAdd(_nodes[i].Zone, _zones.Count);
        }
        for (int i = 0; i < _pods.Length; i++)
            _podsByName.TryAdd((_pods[i].Meta.Namespace, _pods[i].Meta.Name), i);
        _podsByAddress = new Lazy<Dictionary<IpAddress, int>>(FilePodsByAddress);
    }

    /// <summary>The index of a cluster: the one given, if it was made from the same lists.</summary>
    public static ClusterIndex Of(Cluster cluster, ClusterIndex? previous = null) =>
        previous is not null && previous._nodes == cluster.Nodes && previous._pods == cluster.Pods ? previous : new ClusterIndex(cluster);

    /// <summary>How many nodes there are.</summary>
    public int NodeCount => _nodes.Length;

    /// <summary>The index of a node; -1 where the name is null or unknown.</summary>
    public int NodeOf(string? name) => name is not null && _nodesByName.TryGetValue(name, out int index) ? index : -1;

    /// <summary>The number of a zone; -1 where no node is in it.</summary>
    public int ZoneOf(string zone) => _zones.GetValueOrDefault(zone, -1);

    /// <summary>The pod behind an endpoint, by its name or, where it names none, by its address; -1 where it is no pod.</summary>
    public int PodOf(Endpoint endpoint)
    {
        if (endpoint.PodName is null)
            return _podsByAddress.Value.GetValueOrDefault(endpoint.Addresses[0], -1);
        int slash = endpoint.PodName.IndexOf('/');
        return _podsByName.GetValueOrDefault((endpoint.PodName[..Math.Max(slash, 0)], endpoint.PodName[(slash + 1)..]), -1);
    }

    private Dictionary<IpAddress, int> FilePodsByAddress()
    {
        Dictionary<IpAddress, int> pods = [];
        for (int i = 0; i < _pods.Length; i++)
            if (!_pods[i].Spec.HostNetwork)
                foreach (IpAddress address in _pods[i].Addresses)
                    pods.TryAdd(address, i);
        return pods;
    }
}
