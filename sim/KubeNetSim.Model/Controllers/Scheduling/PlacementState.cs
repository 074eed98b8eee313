using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>What is where while pods are being placed.</summary>
internal sealed class PlacementState
{
    private readonly int[] _zoneOfNode;
    private readonly NodeRoom[] _rooms;
    private readonly Dictionary<(string Namespace, string Owner), OwnerSpread> _spreads = [];

    public PlacementState(ImmutableArray<Node> nodes)
    {
        Nodes = nodes;
        Dictionary<string, int> zones = [];
        _zoneOfNode = [.. nodes.Select(node => zones.TryGetValue(node.Zone, out int zone) ? zone : zones[node.Zone] = zones.Count)];
        _rooms = [.. nodes.Select(node => new NodeRoom(node))];
        Zones = zones.Count;
        Rules = new PlacementRules(nodes);
    }

    /// <summary>The nodes of the cluster.</summary>
    public ImmutableArray<Node> Nodes { get; }

    /// <summary>How many zones they are in; nodes without the label count as one.</summary>
    public int Zones { get; }

    /// <summary>Rules about where other pods are.</summary>
    public PlacementRules Rules { get; }

    /// <summary>How many pods have been settled.</summary>
    public int Settled { get; private set; }

    /// <summary>Number of a node's zone.</summary>
    public int ZoneOf(int node) => _zoneOfNode[node];

    /// <summary>What is left of a node.</summary>
    public NodeRoom RoomOf(int node) => _rooms[node];

    /// <summary>Orders nodes by how many pods they have, then as in the cluster: no two nodes have the same key.</summary>
    public ulong KeyOf(int node) => ((ulong)_rooms[node].Pods << 32) | (uint)node;

    /// <summary>Where the pods of this one's owner are.</summary>
    public OwnerSpread SpreadOf(Pod pod)
    {
        if (pod.OwnedBy is not { } owner)
            return new OwnerSpread();
        if (!_spreads.TryGetValue((pod.Meta.Namespace, owner), out OwnerSpread? spread))
            _spreads.Add((pod.Meta.Namespace, owner), spread = new OwnerSpread());
        return spread;
    }

    /// <summary>The pod runs on the node.</summary>
    public void Settle(Pod pod, int node)
    {
        Settled++;
        _rooms[node].Take(pod.Spec);
        SpreadOf(pod).Add(node, _zoneOfNode[node]);
        Rules.Settle(pod, node);
    }
}
