namespace KubeNetSim.Tests.Engine;

/// <summary>The event queue, slow and obvious: a list in which the first of the earliest is looked for each time.</summary>
internal sealed class SlowEventQueue
{
    private readonly List<(long Time, int Payload)> _waiting = [];

    public int Count => _waiting.Count;

    public void Schedule(long time, int payload) => _waiting.Add((time, payload));

    public bool Cancel(int payload) => _waiting.RemoveAll(item => item.Payload == payload) > 0;

    // MinBy takes the first of those that are alike, and the list is in the order of scheduling.
    public (long Time, int Payload)? Next => _waiting.Count == 0 ? null : _waiting.MinBy(item => item.Time);

    public (long Time, int Payload)? Dequeue()
    {
        if (Next is not { } first)
            return null;
        _waiting.Remove(first);
        return first;
    }
}
