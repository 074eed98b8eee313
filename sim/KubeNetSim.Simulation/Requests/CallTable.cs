namespace KubeNetSim.Simulation.Requests;

/// <summary>A request that waits: in a router's pod for the answer of a backend, or for an end that later changes decide.</summary>
/// <param name="Client">The request.</param>
/// <param name="Leaves">When the pod has finished its own work on it [ns].</param>
/// <param name="Back">Time of the response from the pod to the client, load balancers left out [ns].</param>
/// <param name="BalancerPasses">How often the response passes a load balancer.</param>
/// <param name="Queue">Time that it waited for the pod [ns].</param>
/// <param name="Service">Time that the pod worked on it [ns].</param>
internal readonly record struct WaitingCall(Flight Client, long Leaves, long Back, byte BalancerPasses, long Queue, long Service);

/// <summary>The requests that wait. Slots are reused.</summary>
internal sealed class CallTable
{
    private readonly Stack<int> _free = [];
    private WaitingCall[] _calls = new WaitingCall[16];
    private int _count;

    /// <summary>Keeps a request and returns its slot.</summary>
    public int Keep(in WaitingCall call)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _count++;
            if (slot == _calls.Length)
                Array.Resize(ref _calls, slot * 2);
        }
        _calls[slot] = call;
        return slot;
    }

    /// <summary>Returns a request and frees its slot.</summary>
    public WaitingCall Take(int slot)
    {
        _free.Push(slot);
        return _calls[slot];
    }
}
