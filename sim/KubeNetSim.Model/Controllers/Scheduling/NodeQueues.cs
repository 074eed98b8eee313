namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// The nodes that pods of one class may go to: a queue a zone, the node with fewest pods first, then the first of the cluster. Nodes only
/// ever get fuller, so an entry whose node has got pods since it was put in is put in again when it comes up, and one without room is
/// dropped for good: a pod costs O(log nodes) instead of a look at every node.
/// </summary>
internal sealed class NodeQueues
{
    private readonly PlacementState _state;
    private readonly PodSpec _spec;
    private readonly PriorityQueue<int, ulong>[] _zones;

    /// <param name="state">What is where.</param>
    /// <param name="spec">Any pod of the class.</param>
    public NodeQueues(PlacementState state, PodSpec spec)
    {
        (_state, _spec) = (state, spec);
        List<(int, ulong)>[] entries = new List<(int, ulong)>[state.Zones];
        for (int zone = 0; zone < entries.Length; zone++)
            entries[zone] = [];
        for (int node = 0; node < state.Nodes.Length; node++)
            if (NodeFilters.Refusal(spec, state.Nodes[node]) is null)
                entries[state.ZoneOf(node)].Add((node, state.KeyOf(node)));
        _zones = [.. entries.Select(zone => new PriorityQueue<int, ulong>(zone))];
    }

    /// <summary>The best node of a zone; false where none is left.</summary>
    public bool TryPeek(int zone, out int node)
    {
        PriorityQueue<int, ulong> queue = _zones[zone];
        while (queue.TryPeek(out node, out ulong key))
        {
            if (!_state.RoomOf(node).Fits(_spec))
                queue.Dequeue();
            else if (_state.KeyOf(node) != key)
                queue.DequeueEnqueue(node, _state.KeyOf(node));
            else
                return true;
        }
        return false;
    }

    /// <summary>Takes the best node of a zone out.</summary>
    public void Dequeue(int zone) => _zones[zone].Dequeue();

    /// <summary>Puts a node back.</summary>
    public void Enqueue(int node) => _zones[_state.ZoneOf(node)].Enqueue(node, _state.KeyOf(node));
}
