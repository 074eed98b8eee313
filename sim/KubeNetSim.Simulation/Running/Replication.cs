using KubeNetSim.Engine;
using KubeNetSim.Measurements;

namespace KubeNetSim.Simulation;

/// <summary>One replication: its own clock, streams and state.</summary>
internal sealed class Replication
{
    /// <summary>How many slices of time it reports progress in.</summary>
    private const int ProgressSteps = 100;

    private readonly PreparedScenario _prepared;
    private readonly int _number;
    private readonly Simulation<Flight> _simulation = new();
    private readonly RunState _state;
    private readonly RequestFlow _flow;

    public Replication(PreparedScenario prepared, int number, IFlightObserver? observer = null)
    {
        _prepared = prepared;
        _number = number;
        _state = new RunState(prepared, number);
        _flow = new RequestFlow(_simulation, _state, observer);
    }

    /// <summary>The state, for those who look at it between runs.</summary>
    public RunState State => _state;

    /// <summary>
    /// Runs to the end of the scenario, and on until every request that started has ended, so that the slow ones are measured too.
    /// </summary>
    /// <exception cref="SimulationException">A law that must hold in every run did not.</exception>
    public ReplicationRecord Run(Action<double>? progress, CancellationToken cancellation)
    {
        for (int workload = 0; workload < _state.Workloads.Length; workload++)
            _flow.Open(_state.Workloads[workload], (ushort)workload);
        if (!_prepared.Scenario.Timeline.IsEmpty)
            new ControlPlaneState(_simulation, _state, _number).Start();
        long duration = _prepared.Scenario.Run.DurationNs;
        for (int step = 1; step <= ProgressSteps; step++)
        {
            _simulation.Run(_flow, (long)((Int128)duration * step / ProgressSteps), cancellation);
            progress?.Invoke((double)step / ProgressSteps);
        }
        _simulation.Run(_flow, long.MaxValue, cancellation);
        CheckConservation();
        long end = Math.Max(duration, _simulation.Now);
        _state.Backends.Finish(end);
        NodeRecord[] nodes = [.. _state.Nodes.Select(node => node.Finish(end))];
        return new ReplicationRecord
        {
            Replication = _number,
            SimulatedNs = duration,
            MeasuredFromNs = _prepared.WarmupNs,
            RequestsStarted = _state.Workloads.Sum(workload => workload.Started),
            Events = _simulation.EventsRun,
            Workloads = [.. _state.Workloads.Select(workload => workload.Measurement.ToRecord(workload.Prepared))],
            Nodes = [.. nodes],
        };
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
