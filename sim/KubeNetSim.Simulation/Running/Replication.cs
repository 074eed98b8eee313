namespace KubeNetSim.Simulation.Running;

/// <summary>One replication: its own clock, streams and state.</summary>
internal sealed class Replication
{
    /// <summary>How long requests under way are followed after an interrupt [wall time]: an interrupted command ends within two seconds.</summary>
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(0.5);

    private readonly PreparedScenario _prepared;
    private readonly int _number;
    private readonly Simulation<Flight> _simulation = new();
    private readonly RunState _state;
    private readonly RequestFlow _flow;
    private ControlPlaneState? _controlPlane;

    public Replication(PreparedScenario prepared, int number, IFlightObserver? observer = null, bool isPilot = false)
    {
        _prepared = prepared;
        _number = number;
        _state = new RunState(prepared, number, isPilot);
        _flow = new RequestFlow(_simulation, _state, observer);
    }

    /// <summary>The state, to be read between runs.</summary>
    public RunState State => _state;

    /// <summary>
    /// Runs to the end of the scenario, and on until every request that started has ended, so that the slow ones are measured too.
    /// </summary>
    /// <param name="progress">Receives the share that is done, 0 to 1.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="keepsCut">
    /// Whether a run that is ended early counts as a shorter run: clients send nothing more, open requests are finished, and the record
    /// has its length.
    /// </param>
    /// <exception cref="OperationCanceledException">It was ended early, and is not kept.</exception>
    /// <exception cref="SimulationException">A law that must hold in every run did not.</exception>
    public ReplicationRecord Run(Action<double>? progress, CancellationToken cancellation, bool keepsCut = false)
    {
        for (int workload = 0; workload < _prepared.Workloads.Length; workload++)
            _flow.Open(_state.Workloads[workload], (ushort)workload);
        if (!_prepared.Scenario.Timeline.IsEmpty)
        {
            _controlPlane = new ControlPlaneState(_simulation, _state, _number);
            _controlPlane.Start();
        }
        long duration = _prepared.Scenario.Run.DurationNs;
        NodesSeries nodesOverTime = new(_state.Nodes, _prepared.Intervals);
        int intervals = 0;
        bool isDrained = true;
        try
        {
            while (intervals < _prepared.Intervals)
            {
                long from = intervals * _prepared.IntervalNs;
                long to = Math.Min(duration, from + _prepared.IntervalNs);
                _simulation.Run(new EachEvent(_flow), to, cancellation);
                nodesOverTime.Sample(intervals++, to - from);
                progress?.Invoke((double)intervals / _prepared.Intervals);
            }
            _simulation.Run(new EachEvent(_flow), long.MaxValue, cancellation);
        }
        catch (OperationCanceledException) when (keepsCut)
        {
            duration = Math.Min(duration, _simulation.Now);
            _controlPlane?.Stop();
            isDrained = Drain();
        }
        if (isDrained)
            CheckConservation();
        long end = Math.Max(duration, _simulation.Now);
        _state.Backends.Finish();
        WorkloadState[] clients = _state.Clients;
        NodeRecord[] nodes = [.. _state.Nodes.Select(node => node.Finish(end))];
        return new ReplicationRecord
        {
            Replication = _number,
            SimulatedNs = duration,
            MeasuredFromNs = _prepared.WarmupNs,
            RequestsStarted = clients.Sum(workload => isDrained ? workload.Started : workload.Ended),
            Events = _simulation.EventsRun,
            Workloads =
            [
                .. clients.Select((workload, number) => workload.Measurement.ToRecord(
                    workload.Prepared, _state.Presence.ElementAtOrDefault(number)?.Until(duration))),
            ],
            Nodes = [.. nodes],
            Impact = _state.Impact.ToRecords(),
            BusyStations = _prepared.Scenario.Timeline.IsEmpty ? new BusyStations(_state, duration).Find() : [],
            Series = intervals == 0 ? null
                : new SeriesRecord(_prepared.IntervalNs, [.. clients.Select(workload => workload.Series.ToRecord())], [.. nodesOverTime.ToRecords()]).First(intervals),
        };
    }

    // Under overload millions of requests are under way: those that do not end in time are left out of an incomplete record.
    private bool Drain()
    {
        using CancellationTokenSource limit = new(LongestDrain);
        try
        {
            _simulation.Run(new LastRequests(_flow), long.MaxValue, limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>The flow as a value type, for which the compiler makes a loop of its own.</summary>
    private readonly struct EachEvent(RequestFlow flow) : IEventHandler<Flight>
    {
        public void Handle(ref Flight item) => flow.Handle(ref item);

        public void Prefetch(in Flight item) => flow.Prefetch(item);
    }

    /// <summary>Brings requests to their end, and starts none.</summary>
    private readonly struct LastRequests(RequestFlow flow) : IEventHandler<Flight>
    {
        public void Handle(ref Flight item)
        {
            if (item.Next is not (FlightEvent.NextArrival or FlightEvent.NextThought))
                flow.Handle(ref item);
        }
    }

    // Every request that started ended exactly once.
    private void CheckConservation()
    {
        foreach (WorkloadState workload in _state.Workloads)
            if (workload.Started != workload.Ended)
                throw new SimulationException(
                    $"Workload '{workload.Spec.Name}': {workload.Started} requests started and {workload.Ended} ended; every request must end once.");
    }
}
