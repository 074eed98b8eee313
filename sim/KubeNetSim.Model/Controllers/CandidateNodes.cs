namespace KubeNetSim.Model;

/// <summary>
/// The nodes that pods of one shape may go to, best first: those with fewest pods of the same owner, then with fewest pods, then in the
/// order of the cluster. One queue a zone. Counts only ever grow, so an entry whose counts have grown since it was put in is put in again
/// when it comes up, and an entry without room is dropped for good: a pod costs O(log nodes) instead of a look at every node.
/// </summary>
internal sealed class CandidateNodes
{
    private const int NodeBits = 24;
    private const int PodBits = 20;

    private readonly PlacementState _state;
    private readonly PodSpec _spec;
    private readonly OwnerSpread _spread;
    private readonly PriorityQueue<int, ulong>[] _zones;

    public CandidateNodes(PlacementState state, PodSpec spec, OwnerSpread spread)
    {
        (_state, _spec, _spread) = (state, spec, spread);
        List<(int, ulong)>[] entries = new List<(int, ulong)>[state.Zones];
        for (int zone = 0; zone < entries.Length; zone++)
            entries[zone] = [];
        for (int node = 0; node < state.Nodes.Length; node++)
            if (NodeFilters.Refusal(spec, state.Nodes[node]) is null)
                entries[state.ZoneOf(node)].Add((node, KeyOf(node)));
        _zones = [.. entries.Select(zone => new PriorityQueue<int, ulong>(zone))];
    }

    /// <summary>Takes out the best node; -1 where none is left.</summary>
    public int Take()
    {
        int best = -1;
        (int InZone, ulong Key) least = default;
        for (int zone = 0; zone < _zones.Length; zone++)
            if (TryRefresh(_zones[zone], out ulong key) && (best < 0 || (_spread.OfZone(zone), key).CompareTo(least) < 0))
                (best, least) = (zone, (_spread.OfZone(zone), key));
        return best < 0 ? -1 : _zones[best].Dequeue();
    }

    /// <summary>Puts a node back that was taken out.</summary>
    public void Return(int node) => _zones[_state.ZoneOf(node)].Enqueue(node, KeyOf(node));

    private bool TryRefresh(PriorityQueue<int, ulong> zone, out ulong key)
    {
        while (zone.TryPeek(out int node, out key))
        {
            ulong current = KeyOf(node);
            if (!_state.RoomOf(node).Fits(_spec))
                zone.Dequeue();
            else if (current != key)
                zone.DequeueEnqueue(node, current);
            else
                return true;
        }
        return false;
    }

    // The node's number is in the key, so that no two keys are equal and the queue has one order only.
    private ulong KeyOf(int node) =>
        ((ulong)_spread.OfNode(node) << (NodeBits + PodBits)) | ((ulong)_state.RoomOf(node).Pods << NodeBits) | (uint)node;
}
