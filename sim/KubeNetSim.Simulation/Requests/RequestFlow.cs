using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// Moves requests through the cluster: what each event of a request does, and which event follows. The hot path of a run: it allocates
/// nothing for a request, and the plainest one takes two events (it starts; it reaches its backend). This file is the client's side;
/// the others are the network's and the names'.
/// </summary>
internal sealed partial class RequestFlow : IEventHandler<Flight>
{
    /// <summary>When TCP gives up on a SYN that nobody answers: retries after 1, 3, 7, 15, 31 and 63 s (Linux, net.ipv4.tcp_syn_retries = 6).</summary>
    private const long ConnectGivesUpNs = 127 * Nanoseconds.PerSecond;

    private readonly Simulation<Flight> _simulation;
    private readonly RunState _state;
    private readonly NetworkProfile _network;
    private readonly IFlightObserver? _observer;
    private readonly long _establishedNs;
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
            case FlightEvent.Answered:
                Receive(flight, workload);
                break;
            default:
                throw new System.Diagnostics.UnreachableException($"event {flight.Next}");
        }
    }

    /// <inheritdoc/>
    public void Foresee(in Flight flight)
    {
        if (flight.Next == FlightEvent.AtBackend)
        {
            WorkloadState workload = _state.Workloads[flight.Workload];
            _state.Backends.Foresee(flight.Backend);
            workload.Measurement.Foresee(flight.Backend);
            if (flight.Connection >= 0)
            {
                workload.Pool!.Foresee(flight.Connection);
                workload.Pool.Foresee(flight.Source, PoolKey(flight, workload));
            }
        }
        else if (flight.Next == FlightEvent.NextArrival)
        {
            WorkloadState workload = _state.Workloads[flight.Workload];
            if (!workload.DrawsAhead)
                return;
            if (workload.Pool is { } pool)
                pool.ForeseeTaking(flight.Source, PoolKey(flight, workload));
            else
                ForeseeRules(flight, workload);
        }
        else if (flight.Next == FlightEvent.Answered && flight.Connection >= 0)
            _state.Workloads[flight.Workload].Pool!.Foresee(flight.Connection);
    }

    /// <summary>Schedules the first requests of a workload.</summary>
    public void Open(WorkloadState workload, ushort number)
    {
        if (workload.Spec.Arrivals is not ArrivalSpec.ClosedLoop loop)
        {
            ScheduleNextArrival(number, workload);
            return;
        }
        for (int user = 0; user < loop.Users; user++)
            ThinkAgain(new Flight { Workload = number, Source = user % workload.Sources.Count }, workload, 0);
    }

    private void ScheduleNextArrival(ushort number, WorkloadState workload)
    {
        long at = workload.Arrivals!.Next(_simulation.Now, workload.ArrivalStream);
        if (at >= _until)
            return;
        ref Flight next = ref _simulation.Schedule(at);
        next.Workload = number;
        next.Next = FlightEvent.NextArrival;
        if (workload.DrawsAhead && workload.TryDraw(ref next))
            ForeseeStart(next, workload);
    }

    private void ForeseeStart(in Flight next, WorkloadState workload)
    {
        if (workload.Pool is { } pool)
            pool.Foresee(next.Source, PoolKey(next, workload));
        else
            _state.Destinations.Foresee(next.Destination);
    }

    private void ForeseeRules(in Flight next, WorkloadState workload)
    {
        _state.Destinations.ForeseeEndpoints(next.Destination);
        if (_state.Destinations.NotedOf(next.Destination) is { } key && workload.Sources[next.Source].Node is >= 0 and int node)
            _state.Balancing.Foresee(node, key, workload.Sources.ClientOf(next.Source));
    }

    private void ThinkAgain(in Flight ended, WorkloadState workload, long from)
    {
        long at = from + workload.ThinkTime!.Next(workload.ArrivalStream);
        if (at < _until)
            _simulation.Schedule(at, new Flight { Workload = ended.Workload, Source = ended.Source, Next = FlightEvent.NextThought });
    }

    private void Begin(ref Flight flight, WorkloadState workload)
    {
        flight.StartedAt = flight.AttemptAt = _simulation.Now;
        flight.Connection = Topology.None;
        flight.Lease = Topology.None;
        workload.Started++;
        Start(ref flight, workload);
    }

    // An attempt: on a connection that is open, or a new one, for which the name must be known.
    private void Start(ref Flight flight, WorkloadState workload)
    {
        if (workload.Pool is { } pool)
        {
            int open = pool.TryTake(flight.Source, PoolKey(flight, workload), _simulation.Now);
            if (open >= 0)
            {
                flight.Connection = open;
                UseConnection(ref flight, workload);
                return;
            }
        }
        if (workload.Prepared.NeedsName && !flight.Resolved && !workload.KnowsName(flight.Source, _simulation.Now))
            LookUp(ref flight, workload);
        else
            Connect(ref flight, workload);
    }

    private void Connect(ref Flight flight, WorkloadState workload)
    {
        if (workload.Pool is { } pool)
        {
            flight.Connection = pool.TryBegin(flight.Source, PoolKey(flight, workload));
            if (flight.Connection < 0)
            {
                pool.Wait(flight, PoolKey(flight, workload));
                return;
            }
        }
        if (flight.Destination < 0 && workload.Prepared.NeedsName && !workload.TryPickKnown(flight.Source, out flight.Destination))
        {
            Fail(ref flight, workload, Failure.Unresolved, _simulation.Now);
            return;
        }
        if (IsMeasured(flight))
            workload.Measurement.Connections++;
        Source source = workload.Sources[flight.Source];
        flight.Node = source.Node;
        if (source.Node == Topology.None)
            Follow(ref flight, workload, _state.Router.FromOutside(_state.Destinations[flight.Destination]), _simulation.Now);
        else
            PassNode(ref flight, workload);
    }

    // The response came back at this time; everything about the request is known.
    private void Complete(ref Flight flight, WorkloadState workload, long at, long queue, long service)
    {
        if (workload.Spec.TimeoutNs is { } timeout && at - flight.AttemptAt > timeout)
        {
            Fail(ref flight, workload, Failure.TimedOut, flight.AttemptAt + timeout);
            return;
        }
        CheckStages(flight, at, queue, service);
        _observer?.Completed(flight, at, queue, service);
        End(ref flight, workload, at);
        if (flight.IsCall)
        {
            if (flight.Caller >= 0)
                PassOn(flight, at, queue, service);
            return;
        }
        if (IsMeasured(flight))
            workload.Measurement.Succeed(flight, at - flight.StartedAt, queue, service);
        workload.Series.Succeed(at, at - flight.StartedAt);
        workload.Settling?.Count(flight.StartedAt, at - flight.StartedAt);
    }

    // The client learns at this time that the attempt failed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Fail(ref Flight flight, WorkloadState workload, Failure failure, long at)
    {
        if (flight.IsQuery)
        {
            LoseQuery(ref flight, workload, failure, at);
            return;
        }
        if (failure is Failure.TimedOut or Failure.Overflowed && flight.Backend >= 0)
            workload.Measurement.FailAt(flight.Backend);
        flight.Closes = failure != Failure.Overflowed;
        _observer?.Failed(flight, failure, at);
        if (flight.IsCall)
        {
            End(ref flight, workload, at);
            if (flight.Caller >= 0)
                PassOn(flight, failure, at);
            return;
        }
        if (flight.Attempt >= workload.Spec.Retries)
        {
            if (IsMeasured(flight))
                workload.Measurement.Fail(failure);
            workload.Series.Fail(at);
            End(ref flight, workload, at);
            return;
        }
        ReleaseConnection(flight, workload);
        Flight retry = new()
        {
            Workload = flight.Workload,
            Source = flight.Source,
            Destination = workload.Prepared.NeedsName ? Topology.None : flight.Destination,
            Attempt = (byte)(flight.Attempt + 1),
            StartedAt = flight.StartedAt,
            AttemptAt = Math.Max(at, _simulation.Now),
            Connection = Topology.None,
            Lease = Topology.None,
            Next = FlightEvent.Start,
        };
        retry.ConnectNs = retry.AttemptAt - retry.StartedAt;
        _simulation.Schedule(retry.AttemptAt, retry);
    }

    private void End(ref Flight flight, WorkloadState workload, long at)
    {
        workload.Ended++;
        if (!workload.AwaitsResponses && flight.Lease < 0)
            return;
        if (flight.Connection >= 0 && !flight.Closes && workload.Pool!.IsToldAhead && workload.ThinkTime is null)
        {
            workload.Pool.ReturnAt(flight.Connection, at);
            return;
        }
        flight.Next = FlightEvent.Answered;
        _simulation.Schedule(Math.Max(at, _simulation.Now), flight);
    }

    private void Receive(in Flight flight, WorkloadState workload)
    {
        ReleaseConnection(flight, workload);
        if (workload.ThinkTime is not null)
            ThinkAgain(flight, workload, _simulation.Now);
    }

    private void ReleaseConnection(in Flight flight, WorkloadState workload)
    {
        if (flight.Connection < 0)
        {
            _state.Balancing.Close(flight.Lease, _simulation.Now);
            return;
        }
        if (workload.Pool![flight.Connection].IsOpen)
            workload.Pool.Return(flight.Connection, _simulation.Now, !flight.Closes);
        else
        {
            _state.Balancing.Close(flight.Lease, _simulation.Now);
            StartWaiting(workload.Pool.Failed(flight.Connection));
        }
    }

    // Requests that waited for a connection try again: time until now was spent on connecting.
    private void StartWaiting(Queue<Flight>? waiting)
    {
        if (waiting is null)
            return;
        for (int count = waiting.Count; count > 0; count--)
        {
            Flight flight = waiting.Dequeue();
            flight.ConnectNs = _simulation.Now - flight.StartedAt - flight.DnsNs;
            flight.Next = FlightEvent.Start;
            _simulation.Schedule(_simulation.Now, flight);
        }
    }

    // Where the time went must add up to the time that went by, or an account is wrong.
    private static void CheckStages(in Flight flight, long at, long queue, long service)
    {
        long told = flight.DnsNs + flight.ConnectNs + flight.LoadBalancerNs + flight.RulesNs + flight.NetworkNs + queue + service;
        if (told != at - flight.StartedAt)
            throw new SimulationException(
                $"A request took {at - flight.StartedAt} ns and its stages add up to {told} ns; they must be the same.");
    }

    private bool IsMeasured(in Flight flight) => flight.StartedAt >= _measuredFrom;

    // A name has one pool, whichever of its addresses a connection went to; a Service drawn from many has its own.
    private static int PoolKey(in Flight flight, WorkloadState workload) =>
        workload.Prepared.NeedsName ? Topology.None : flight.Destination;
}
