namespace KubeNetSim.Simulation.Requests;

/// <summary>A request that waits in a router's pod for the answer of a backend.</summary>
/// <param name="Client">The request.</param>
/// <param name="Back">Time of the response from the router to the client, load balancers left out [ns].</param>
/// <param name="Balancer">Time of the response in load balancers [ns].</param>
/// <param name="Queue">Time that it waited for the router [ns].</param>
/// <param name="Service">Time that the router worked on it [ns].</param>
internal readonly record struct WaitingCall(Flight Client, long Back, long Balancer, long Queue, long Service);

/// <summary>The requests that wait for backends. Slots are used again.</summary>
internal sealed class CallTable
{
    private readonly Stack<int> _free = [];
    private WaitingCall[] _calls = new WaitingCall[16];
    private int _count;

    /// <summary>Keeps a request; the number finds it again.</summary>
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

    /// <summary>Gives a request back, and its slot free.</summary>
    public WaitingCall Take(int slot)
    {
        _free.Push(slot);
        return _calls[slot];
    }
}
