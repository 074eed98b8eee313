using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Requests;

/// <summary>How attempts end: with an answer or a failure, a retry, and a connection that is kept or closed.</summary>
internal sealed partial class RequestFlow
{
    // The response came back at this time; everything about the request is known.
    private void Complete(ref Flight flight, WorkloadState workload, long at, long queue, long service)
    {
        if (workload.Spec.TimeoutNs is { } timeout && at - flight.AttemptAt > timeout)
        {
            Fail(ref flight, workload, Failure.TimedOut, flight.AttemptAt + timeout);
            return;
        }
        // Waiting for a packet core is queueing.
        queue += flight.WaitNs;
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
        if (flight.Connection >= 0 && !flight.Closes && workload.Pool!.ReturnsWithoutEvent && workload.ThinkTime is null)
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

    // The stages of a request add up to its latency, to the nanosecond: each is counted where it passes, and none is what remains.
    private void CheckStages(in Flight flight, long at, long queue, long service)
    {
        long stages = flight.DnsNs + flight.ConnectNs + LoadBalancerNs(flight) + flight.RulesNs + flight.NetworkNs + queue + service;
        if (stages != at - flight.StartedAt)
            throw new SimulationException($"A request took {at - flight.StartedAt} ns and its stages add up to {stages} ns; they must be equal.");
    }

    private long LoadBalancerNs(in Flight flight) => flight.BalancerPasses * _network.LoadBalancerLatencyNs;
}
