namespace KubeNetSim.Simulation.Requests;

/// <summary>Which event of the timeline cost a request its answer. Only runs with a timeline come here.</summary>
internal sealed partial class RequestFlow
{
    // The pod that the request came to is ending: who still sent it there did not know.
    private Blame? BlameOf(in Flight flight)
    {
        if (_state.Kills.TerminationOf(flight.Backend) is not { } termination)
            return null;
        IpAddress called = _state.Destinations[flight.Destination].Address;
        LossCause cause = flight.Established ? LossCause.KeptConnection
            : flight.ViaLoadBalancer && _state.Router[flight.Listener].SendsToPods ? LossCause.HealthCheck
            : _state.Backends.AddressOf(flight.Backend, called.Family) == called ? LossCause.OldAddress
            : LossCause.OldRules;
        return new Blame(termination.Event, cause, _simulation.Now - termination.AtNs);
    }

    // No target of a load balancer takes the connection: it does not use the new ones yet.
    private Blame? BlameOfBalancer(LoadBalancer balancer) =>
        balancer.TargetCount == 0 && _state.Impact.Last is { } last ? new Blame(last.Event, LossCause.HealthCheck, _simulation.Now - last.AtNs) : null;

    // A node's rules have no endpoint for the request, or its address belongs to no pod any more: the last event is to blame.
    private Blame? BlameOf(in Flight flight, in Decision decision)
    {
        if (_state.Impact.Last is not { } last)
            return null;
        LossCause? cause = decision.Reason switch
        {
            DecisionReason.NoEndpoints => LossCause.NoEndpoint,
            DecisionReason.NoLocalEndpoints => flight.ViaLoadBalancer || decision.Frontend == FrontendKind.LoadBalancer ? LossCause.HealthCheck : LossCause.NoEndpoint,
            DecisionReason.NoRule when _state.Topology.IsInside(_state.Destinations[flight.Destination].Address) => LossCause.OldAddress,
            _ => null,
        };
        return cause is { } found ? new Blame(last.Event, found, _simulation.Now - last.AtNs) : null;
    }
}
