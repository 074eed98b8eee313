namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// The nodes that an owner's pods of one class may go to, best first: of the zone with fewest of its pods, the node with fewest of them,
/// then with fewest pods, then the first of the cluster. Nodes that have pods of the owner wait in queues of its own, as they come after
/// all others; <see cref="Release"/> gives them back.
/// </summary>
internal sealed class CandidateNodes
{
    private readonly PlacementState _state;
    private readonly PodSpec _spec;
    private readonly OwnerSpread _spread;
    private readonly NodeQueues _others;
    private readonly PriorityQueue<int, (int Own, ulong Key)>[] _ownByZone;

    public CandidateNodes(PlacementState state, PodSpec spec, OwnerSpread spread, NodeQueues others)
    {
        (_state, _spec, _spread, _others) = (state, spec, spread, others);
        _ownByZone = new PriorityQueue<int, (int, ulong)>[state.Zones];
        for (int zone = 0; zone < state.Zones; zone++)
            _ownByZone[zone] = new PriorityQueue<int, (int, ulong)>();
    }

    /// <summary>Takes out the best node; -1 where none is left.</summary>
    public int Take()
    {
        int best = -1;
        (int InZone, int OnNode, ulong Key) least = default;
        for (int zone = 0; zone < _ownByZone.Length; zone++)
            if (TryPeek(zone, out int node))
            {
                (int, int, ulong) rank = (_spread.OfZone(zone), _spread.OfNode(node), _state.KeyOf(node));
                if (best < 0 || rank.CompareTo(least) < 0)
                    (best, least) = (node, rank);
            }
        if (best < 0)
            return -1;
        if (least.OnNode == 0)
            _others.Dequeue(_state.ZoneOf(best));
        else
            _ownByZone[_state.ZoneOf(best)].Dequeue();
        return best;
    }

    /// <summary>Puts a node back that was taken out.</summary>
    public void Return(int node)
    {
        if (_spread.OfNode(node) == 0)
            _others.Enqueue(node);
        else
            _ownByZone[_state.ZoneOf(node)].Enqueue(node, KeyOf(node));
    }

    /// <summary>Gives the nodes back to the pods of other owners.</summary>
    public void Release()
    {
        foreach (PriorityQueue<int, (int, ulong)> queue in _ownByZone)
            while (queue.TryDequeue(out int node, out _))
                _others.Enqueue(node);
    }

    private bool TryPeek(int zone, out int node)
    {
        while (_others.TryPeek(zone, out node))
        {
            if (_spread.OfNode(node) == 0)
                return true;
            _others.Dequeue(zone);
            Return(node);
        }
        PriorityQueue<int, (int, ulong)> queue = _ownByZone[zone];
        while (queue.TryPeek(out node, out (int, ulong) key))
        {
            if (!_state.RoomOf(node).Fits(_spec))
                queue.Dequeue();
            else if (KeyOf(node) != key)
                queue.DequeueEnqueue(node, KeyOf(node));
            else
                return true;
        }
        return false;
    }

    private (int Own, ulong Key) KeyOf(int node) => (_spread.OfNode(node), _state.KeyOf(node));
}
