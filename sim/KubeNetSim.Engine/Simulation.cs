namespace KubeNetSim.Engine;

/// <summary>Does what events say.</summary>
/// <typeparam name="TEvent">What an event carries.</typeparam>
public interface IEventHandler<TEvent>
    where TEvent : struct
{
    /// <summary>An event is due; the simulation's clock stands at its time.</summary>
    void Handle(in TEvent item);
}

/// <summary>A clock and what is due on it. One per run; not for several threads.</summary>
/// <typeparam name="TEvent">What an event carries.</typeparam>
public sealed class Simulation<TEvent>
    where TEvent : struct
{
    private const int EventsBetweenLooks = 4_096;

    private readonly EventQueue<TEvent> _queue = new();

    /// <summary>Simulated time [ns].</summary>
    public long Now { get; private set; }

    /// <summary>Events run so far.</summary>
    public long EventsRun { get; private set; }

    /// <summary>Schedules an event, now or later. Events of the same time run in the order they were scheduled.</summary>
    /// <param name="at">When [ns].</param>
    /// <param name="item">What it carries.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is past.</exception>
    public EventHandle Schedule(long at, in TEvent item)
    {
        if (at < Now)
            ThrowPast(at);
        return _queue.Schedule(at, item);
    }

    /// <summary>Takes back an event; false where it has run or was cancelled.</summary>
    public bool Cancel(EventHandle handle) => _queue.Cancel(handle);

    /// <summary>
    /// Runs what is due up to and including a time, and sets the clock to it; <see cref="long.MaxValue"/> runs until nothing is left,
    /// and the clock stays at the last event.
    /// </summary>
    /// <param name="handler">Does what events say.</param>
    /// <param name="until">The last time [ns].</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public void Run<THandler>(THandler handler, long until, CancellationToken cancellation = default)
        where THandler : IEventHandler<TEvent>
    {
        int look = EventsBetweenLooks;
        while (_queue.TryPeekTime(out long time) && time <= until)
        {
            _queue.TryDequeue(out time, out TEvent item);
            Now = time;
            EventsRun++;
            handler.Handle(item);
            if (--look == 0)
            {
                look = EventsBetweenLooks;
                cancellation.ThrowIfCancellationRequested();
            }
        }
        if (until != long.MaxValue && until > Now)
            Now = until;
    }

    private void ThrowPast(long at) =>
        throw new ArgumentOutOfRangeException(nameof(at), at, $"The clock stands at {Now} ns; nothing can be scheduled before.");
}
