namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// Moves requests through the cluster: what each event of a request does, and which event follows. The hot path of a run: it allocates
/// nothing for a request, and the plainest one takes two events (it starts; it reaches its backend). This file is the client's side;
/// the others are the network's and the names'.
/// </summary>
internal sealed partial class RequestFlow : IEventHandler<Flight>
{
    /// <summary>
    /// When TCP gives up on a SYN without an answer: retries after 1, 3, 7, 15, 31 and 63 s (Linux, net.ipv4.tcp_syn_retries = 6).
    /// </summary>
    private const long ConnectGivesUpNs = 127 * Nanoseconds.PerSecond;

    private readonly Simulation<Flight> _simulation;
    private readonly RunState _state;
    private readonly NetworkProfile _network;
    private readonly IFlightObserver? _observer;
    private readonly long _establishedNs;
    private readonly long _newConnectionNs;
    private readonly long _until;
    private readonly long _measuredFrom;
    private readonly bool _podsChange;

    public RequestFlow(Simulation<Flight> simulation, RunState state, IFlightObserver? observer)
    {
        PreparedScenario prepared = state.Prepared;
        _simulation = simulation;
        _state = state;
        _observer = observer;
        _network = prepared.Scenario.Network;
        _establishedNs = (long)prepared.Costs.EstablishedPacketNs;
        _newConnectionNs = (long)prepared.Costs.NewConnectionNs;
        _until = prepared.Scenario.Run.DurationNs;
        _measuredFrom = prepared.WarmupNs;
        _podsChange = !prepared.Scenario.Timeline.IsEmpty;
    }

    /// <inheritdoc/>
    public void Handle(ref Flight flight)
    {
        WorkloadState workload = _state.Workloads[flight.Workload];
        switch (flight.Next)
        {
            case FlightEvent.NextArrival:
                ScheduleNextArrival(flight.Workload, workload);
                if (workload.DrawsAhead || workload.TryDraw(ref flight))
                    Begin(ref flight, workload);
                break;
            case FlightEvent.NextThought:
                if (workload.Sources.TryKeep(ref flight.Source))
                {
                    flight.Destination = workload.PickDestination();
                    Begin(ref flight, workload);
                }
                else
                    ThinkAgain(flight, workload, _simulation.Now);
                break;
            case FlightEvent.Start:
                Start(ref flight, workload);
                break;
            case FlightEvent.AtLoadBalancer:
                PassLoadBalancer(ref flight, workload);
                break;
            case FlightEvent.AtNode:
                PassNode(ref flight, workload);
                break;
            case FlightEvent.AtBackend:
                Serve(ref flight, workload);
                break;
            case FlightEvent.NameAnswered:
                OnNameAnswered(ref flight, workload);
                break;
            case FlightEvent.BackendChanges:
                FinishOrReset(_calls.Take(flight.Caller), workload);
                break;
            case FlightEvent.Answered:
                Receive(flight, workload);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"event {flight.Next}");
        }
    }

    private bool IsMeasured(in Flight flight) => flight.StartedAt >= _measuredFrom;
}
