namespace KubeNetSim.Engine;

/// <summary>Handles the events of a simulation.</summary>
/// <typeparam name="TEvent">What an event carries.</typeparam>
public interface IEventHandler<TEvent>
    where TEvent : struct
{
    /// <summary>
    /// An event is due; the simulation's clock shows its time. The handler may write to it and schedule it again, as what comes next:
    /// that copies nothing, and what is written to it until the handler returns counts.
    /// </summary>
    void Handle(ref TEvent item);

    /// <summary>
    /// This event is probably the next one after the one about to be handled. A handler may fetch what it will need then; it must change
    /// nothing.
    /// </summary>
    void Prefetch(in TEvent item)
    {
    }
}

/// <summary>
/// A clock and what is due on it: events, which are small values given to a handler, and processes, which are <c>async</c> methods that
/// await simulated time. Both make one sequence. One per run; not for several threads.
/// </summary>
/// <typeparam name="TEvent">What an event carries.</typeparam>
public sealed class Simulation<TEvent>
    where TEvent : struct
{
    private const int EventsBetweenCancellationChecks = 4_096;

    private readonly EventQueue<TEvent> _events;
    private readonly ProcessQueue _processes;

    /// <summary>Makes a simulation whose clock shows 0.</summary>
    public Simulation()
    {
        EventOrder order = new();
        _events = new EventQueue<TEvent>(order);
        _processes = new ProcessQueue(order);
    }

    /// <summary>Simulated time [ns].</summary>
    public long Now { get; private set; }

    /// <summary>Events handled and processes resumed so far.</summary>
    public long EventsRun { get; private set; }

    /// <summary>Schedules an event, now or later. Events of the same time run in the order they were scheduled.</summary>
    /// <param name="at">When [ns].</param>
    /// <param name="item">What it carries.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is before the present.</exception>
    public EventHandle Schedule(long at, in TEvent item)
    {
        if (at < Now)
            ThrowPast(at);
        return _events.Schedule(at, item);
    }

    /// <summary>
    /// Schedules an event with an empty payload, which the caller writes in place. The reference is valid until the next event is
    /// scheduled.
    /// </summary>
    /// <inheritdoc cref="Schedule(long, in TEvent)"/>
    public ref TEvent Schedule(long at)
    {
        if (at < Now)
            ThrowPast(at);
        return ref _events.Schedule(at);
    }

    /// <summary>Cancels an event; false where it has run or was cancelled.</summary>
    public bool Cancel(EventHandle handle) => _events.Cancel(handle);

    /// <summary>
    /// Starts a process at the present time, after what is already scheduled for it. Within it, only simulated time, signals and other
    /// processes of this simulation may be awaited: a completion on another thread would not be on this clock.
    /// An exception that leaves the process ends <see cref="Run{THandler}"/> with it.
    /// </summary>
    /// <param name="process">The process.</param>
    public void Spawn(Func<Task> process)
    {
        ArgumentNullException.ThrowIfNull(process);
        _processes.Start(Now, process);
    }

    /// <summary>Simulated time that the awaiting process waits.</summary>
    /// <param name="duration">How long, 0 or more [ns].</param>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public SimulatedDelay Delay(long duration)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(duration);
        return new SimulatedDelay(_processes, checked(Now + duration));
    }

    /// <summary>The next time that a signal is fired.</summary>
    public SignalWait Until(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        return new SignalWait(signal);
    }

    /// <summary>
    /// Lets the processes go on that wait for a signal: at the present time, in the order in which they began to wait, after what is
    /// already scheduled for it.
    /// </summary>
    public void Fire(Signal signal)
    {
        ArgumentNullException.ThrowIfNull(signal);
        signal.Release(_processes, Now);
    }

    /// <summary>
    /// Runs what is due up to and including a time, and sets the clock to it; <see cref="long.MaxValue"/> runs until nothing is left,
    /// and the clock stays at the last event.
    /// </summary>
    /// <param name="handler">Handles the events.</param>
    /// <param name="until">The last time [ns].</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public void Run<THandler>(THandler handler, long until, CancellationToken cancellation = default)
        where THandler : IEventHandler<TEvent>
    {
        SynchronizationContext? outer = SynchronizationContext.Current;
        try
        {
            // A process that ends resumes those that await it at once, on this thread; a synchronization context could send them to
            // another.
            SynchronizationContext.SetSynchronizationContext(null);
            RunEach(handler, until, cancellation);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(outer);
        }
        if (until != long.MaxValue && until > Now)
            Now = until;
    }

    /// <summary>Runs processes alone.</summary>
    /// <inheritdoc cref="Run{THandler}(THandler, long, CancellationToken)"/>
    /// <exception cref="InvalidOperationException">An event is due.</exception>
    public void Run(long until, CancellationToken cancellation = default) => Run(default(NoHandler), until, cancellation);

    private void RunEach<THandler>(THandler handler, long until, CancellationToken cancellation)
        where THandler : IEventHandler<TEvent>
    {
        int untilCheck = EventsBetweenCancellationChecks;
        while (TryNext(out long time, out bool isProcess) && time <= until)
        {
            Now = time;
            EventsRun++;
            if (isProcess)
            {
                // A step of a process may take long, as of a controller that places thousands of pods.
                cancellation.ThrowIfCancellationRequested();
                _processes.RunNext();
            }
            else
            {
                ref TEvent item = ref _events.Begin();
                if (_events.TryPredictNext(out int next))
                    handler.Prefetch(_events[next]);
                handler.Handle(ref item);
                _events.End();
            }
            if (--untilCheck == 0)
            {
                untilCheck = EventsBetweenCancellationChecks;
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private bool TryNext(out long time, out bool isProcess)
    {
        bool hasEvent = _events.TryPeek(out time, out ulong order);
        isProcess = false;
        if (_processes.Count == 0)
            return hasEvent;
        _processes.TryPeek(out long processTime, out ulong processOrder);
        isProcess = !hasEvent || processTime < time || (processTime == time && processOrder < order);
        if (isProcess)
            time = processTime;
        return true;
    }

    private void ThrowPast(long at) =>
        throw new ArgumentOutOfRangeException(nameof(at), at, $"The clock shows {Now} ns; nothing can be scheduled before.");

    private readonly struct NoHandler : IEventHandler<TEvent>
    {
        public void Handle(ref TEvent item) => throw new InvalidOperationException("An event is due, and no handler was given for it.");
    }
}
