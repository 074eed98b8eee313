namespace KubeNetSim.Engine.Processes;

/// <summary>
/// Something that processes wait for. It has no memory: a process that begins to wait after it was fired waits for the next time. A
/// condition is awaited as <c>while (!condition) await simulation.Until(changed);</c>.
/// </summary>
public sealed class Signal
{
    private readonly List<Action> _waiting = [];

    /// <summary>Processes that wait for it.</summary>
    public int Waiting => _waiting.Count;

    internal void Add(Action resume) => _waiting.Add(resume);

    // They resume later, from the queue, so none of them can come back into the list while it is read.
    internal void Release(ProcessQueue processes, long now)
    {
        foreach (Action resume in _waiting)
            processes.Schedule(now, resume);
        _waiting.Clear();
    }
}
