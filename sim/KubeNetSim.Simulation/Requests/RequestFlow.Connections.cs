namespace KubeNetSim.Simulation.Requests;

/// <summary>Requests on connections that are open: conntrack knows their path, and no rule is evaluated.</summary>
internal sealed partial class RequestFlow
{
    private void KeepConnection(in Flight flight, WorkloadState workload)
    {
        workload.Pool![flight.Connection].Open(flight, _simulation.Now);
        StartWaiting(workload.Pool.Opened(flight.Connection));
    }

    // A request on an open connection: conntrack knows its path, no rule is evaluated.
    private void UseConnection(ref Flight flight, WorkloadState workload)
    {
        ref readonly Connection connection = ref workload.Pool![flight.Connection];
        connection.Lead(ref flight);
        if (connection.StopCount > 0 && connection.StopAt(0).LegsSoFar.Equals(default))
            PassStop(ref flight, workload);
        else
            SendOnward(ref flight, workload, connection, default, _simulation.Now);
    }

    private void PassStop(ref Flight flight, WorkloadState workload)
    {
        ref readonly Connection connection = ref workload.Pool![flight.Connection];
        Stop stop = connection.StopAt(flight.Stops++);
        long passed = PassEstablished(ref flight, workload, _state.Nodes[stop.Node]);
        SendOnward(ref flight, workload, connection, stop.LegsSoFar, _simulation.Now + passed);
    }

    private void SendOnward(ref Flight flight, WorkloadState workload, in Connection connection, Legs taken, long leaves)
    {
        bool last = flight.Stops == connection.StopCount;
        Legs ahead = (last ? connection.Legs : connection.StopAt(flight.Stops).LegsSoFar).After(taken);
        long time = workload.Times.OneWay(ahead, 1, workload.NetworkStream) + (last ? workload.Times.SendRequest(connection.Legs) : 0);
        flight.NetworkNs += time;
        if (connection.ViaLoadBalancer && taken.Equals(default))
        {
            flight.BalancerPasses++;
            time += _network.LoadBalancerLatencyNs;
        }
        flight.Next = last ? FlightEvent.AtBackend : FlightEvent.AtNode;
        _simulation.Schedule(leaves + time, flight);
    }
}
