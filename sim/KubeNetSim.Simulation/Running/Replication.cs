using KubeNetSim.Engine;
using KubeNetSim.Measurements;

namespace KubeNetSim.Simulation;

/// <summary>One replication: its own clock, streams and state.</summary>
internal sealed class Replication
{
    private readonly PreparedScenario _prepared;
    private readonly int _number;
    private readonly Simulation<Flight> _simulation = new();
    private readonly RunState _state;
    private readonly RequestFlow _flow;

    public Replication(PreparedScenario prepared, int number, IFlightObserver? observer = null, bool isPilot = false)
    {
        _prepared = prepared;
        _number = number;
        _state = new RunState(prepared, number, isPilot);
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
        for (int workload = 0; workload < _prepared.Workloads.Length; workload++)
            _flow.Open(_state.Workloads[workload], (ushort)workload);
        if (!_prepared.Scenario.Timeline.IsEmpty)
            new ControlPlaneState(_simulation, _state, _number).Start();
        long duration = _prepared.Scenario.Run.DurationNs;
        NodesSeries nodesOverTime = new(_state.Nodes, _prepared.Intervals);
        for (int interval = 0; interval < _prepared.Intervals; interval++)
        {
            long from = interval * _prepared.IntervalNs;
            long to = Math.Min(duration, from + _prepared.IntervalNs);
            _simulation.Run(_flow, to, cancellation);
            nodesOverTime.Sample(interval, to - from);
            progress?.Invoke((double)(interval + 1) / _prepared.Intervals);
        }
        _simulation.Run(_flow, long.MaxValue, cancellation);
        CheckConservation();
        long end = Math.Max(duration, _simulation.Now);
        _state.Backends.Finish(end);
        WorkloadState[] clients = _state.Clients;
        NodeRecord[] nodes = [.. _state.Nodes.Select(node => node.Finish(end))];
        return new ReplicationRecord
        {
            Replication = _number,
            SimulatedNs = duration,
            MeasuredFromNs = _prepared.WarmupNs,
            RequestsStarted = clients.Sum(workload => workload.Started),
            Events = _simulation.EventsRun,
            Workloads = [.. clients.Select(workload => workload.Measurement.ToRecord(workload.Prepared))],
            Nodes = [.. nodes],
            BusyStations = _prepared.Scenario.Timeline.IsEmpty ? new BusyStations(_state, duration).Find() : [],
            Series = new SeriesRecord(_prepared.IntervalNs, [.. clients.Select(workload => workload.Series.ToRecord())], [.. nodesOverTime.ToRecords()]),
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
