using System.Runtime.ExceptionServices;

namespace KubeNetSim.Engine.Processes;

/// <summary>
/// The processes that wait for a time. It shares the order of scheduling with a simulation's events, so that both make one sequence.
/// </summary>
internal sealed class ProcessQueue(EventOrder order)
{
    private readonly EventQueue<Resumption> _queue = new(order);
    private ExceptionDispatchInfo? _failure;

    public int Count => _queue.Count;

    public void Schedule(long at, Action resume) => _queue.Schedule(at, new Resumption(resume));

    public void Start(long at, Func<Task> process) => Schedule(at, () => Watch(process));

    public bool TryPeek(out long time, out ulong place) => _queue.TryPeek(out time, out place);

    /// <summary>
    /// Resumes the next process until it waits again or ends, and rethrows an exception of it or of a process that it resumed.
    /// </summary>
    public void RunNext()
    {
        if (_queue.TryDequeue(out _, out Resumption next))
            next.Resume();
        ExceptionDispatchInfo? failure = _failure;
        _failure = null;
        failure?.Throw();
    }

    // An exception of a process is kept for the caller of Run: no other code awaits the task.
    private async void Watch(Func<Task> process)
    {
        Task task = Begin(process);
        await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (task.IsCompletedSuccessfully)
            return;
        Exception reason = task.Exception?.InnerException ?? new TaskCanceledException(task);
        _failure ??= ExceptionDispatchInfo.Capture(reason);
    }

    // An async method puts its exceptions into its task; a plain one may throw before it has a task.
    private static async Task Begin(Func<Task> process) => await process();

    private readonly record struct Resumption(Action Resume);
}
