namespace KubeNetSim.Simulation.Requests;

/// <summary>The client's side until a request leaves: arrivals, users who think, and connections that are reused or opened.</summary>
internal sealed partial class RequestFlow
{
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
            PrefetchStart(next, workload);
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

    // A name has one pool, whichever of its addresses a connection went to; a Service drawn from many has its own.
    private static int PoolKey(in Flight flight, WorkloadState workload) =>
        workload.Prepared.NeedsName ? Topology.None : flight.Destination;
}
