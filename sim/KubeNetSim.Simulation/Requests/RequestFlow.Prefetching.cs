namespace KubeNetSim.Simulation.Requests;

/// <summary>Fetches what the next events will need into the processor's cache, while other events run.</summary>
internal sealed partial class RequestFlow
{
    /// <inheritdoc/>
    public void Prefetch(in Flight flight)
    {
        if (flight.Next == FlightEvent.AtBackend)
        {
            WorkloadState workload = _state.Workloads[flight.Workload];
            _state.Backends.Prefetch(flight.Backend);
            workload.Measurement.Prefetch(flight.Backend);
            if (flight.Connection >= 0)
            {
                workload.Pool!.Prefetch(flight.Connection);
                workload.Pool.Prefetch(flight.Source, PoolKey(flight, workload));
            }
        }
        else if (flight.Next == FlightEvent.NextArrival)
        {
            WorkloadState workload = _state.Workloads[flight.Workload];
            if (!workload.DrawsAhead)
                return;
            if (workload.Pool is { } pool)
                pool.PrefetchForTaking(flight.Source, PoolKey(flight, workload));
            else
                PrefetchRules(flight, workload);
        }
        else if (flight.Next == FlightEvent.Answered && flight.Connection >= 0)
            _state.Workloads[flight.Workload].Pool!.Prefetch(flight.Connection);
    }

    private void PrefetchStart(in Flight next, WorkloadState workload)
    {
        if (workload.Pool is { } pool)
            pool.Prefetch(next.Source, PoolKey(next, workload));
        else
            _state.Destinations.Prefetch(next.Destination);
    }

    private void PrefetchRules(in Flight next, WorkloadState workload)
    {
        _state.Destinations.PrefetchEndpoints(next.Destination);
        if (_state.Destinations.NotedOf(next.Destination) is { } key && workload.Sources[next.Source].Node is >= 0 and int node)
            _state.Balancing.Prefetch(node, key, workload.Sources.ClientOf(next.Source));
    }
}
