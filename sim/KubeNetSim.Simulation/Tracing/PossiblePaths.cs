using System.Runtime.InteropServices;

namespace KubeNetSim.Simulation.Tracing;

/// <summary>
/// Every path that a request of a workload can take, and its share. Uses the same router and rules as a run, but follows all
/// decisions instead of drawing one. Shares hold where endpoints are drawn at random; IPVS schedulers take the same paths in other shares.
/// </summary>
internal sealed class PossiblePaths(RunState state, int workload)
{
    /// <summary>Nodes that a packet can meet before it must have arrived; more means a loop of routes.</summary>
    private const int MostStops = 4;

    private readonly WorkloadState _workload = state.Workloads[workload];
    private readonly Dictionary<RequestPath, double> _shares = [];

    /// <summary>All paths with their shares, which add up to 1.</summary>
    public IReadOnlyDictionary<RequestPath, double> Enumerate()
    {
        _shares.Clear();
        IReadOnlyList<int> destinations = _workload.Prepared.NeedsName
            ? state.Names.AllOf(workload)
            : [.. _workload.Prepared.Destinations.Select(state.Destinations.Number)];
        int sources = _workload.Prepared.Sources.Length;
        for (int source = 0; source < sources; source++)
        {
            if (destinations.Count == 0)
                End(new Flight { Source = source, Node = _workload.Prepared.Sources[source].Node }, Failure.Unresolved, 1.0 / sources);
            foreach (int destination in destinations)
                Begin(new Flight { Workload = (ushort)workload, Source = source, Destination = destination }, 1.0 / sources / destinations.Count);
        }
        return _shares;
    }

    private void Begin(Flight flight, double share)
    {
        flight.Node = _workload.Prepared.Sources[flight.Source].Node;
        if (flight.Node == Topology.None)
            Follow(flight, state.Router.FromOutside(state.Destinations[flight.Destination]), share);
        else
            PassNode(flight, share);
    }

    private void Follow(Flight flight, Hop hop, double share)
    {
        switch (hop.Kind)
        {
            case HopKind.LoadBalancer:
                PassLoadBalancer(flight, hop.Number, share);
                break;
            case HopKind.Node:
                flight.Node = hop.Number;
                PassNode(flight, share);
                break;
            case HopKind.Backend:
                flight.Backend = hop.Number;
                End(flight, null, share);
                break;
            default:
                End(flight, hop.Kind == HopKind.Refused ? Failure.Refused : Failure.Dropped, share);
                break;
        }
    }

    private void PassLoadBalancer(Flight flight, int listener, double share)
    {
        LoadBalancer balancer = state.Router[listener];
        flight.Listener = listener;
        flight.ViaLoadBalancer = balancer.Traits.IsMachine;
        flight.Masqueraded |= !balancer.Traits.KeepsClientAddress;
        flight.Retargeted = balancer.Traits.IsMachine && !balancer.Traits.KeepsDestination && !balancer.SendsToPods;
        if (balancer.TargetCount == 0)
            End(flight, Failure.Dropped, share);
        foreach ((Hop hop, double part) in state.Router.TargetsOf(listener))
            Follow(flight, state.Router.Drops(listener, hop, _workload.Prepared.Sources[flight.Source]) ? Hop.Lost : hop, share * part);
    }

    private void PassNode(Flight flight, double share)
    {
        if (flight.Stops == MostStops)
        {
            End(flight, Failure.Dropped, share);
            return;
        }
        state.PacketAt(flight, _workload, out Packet packet);
        Decision decision = state.Nodes[flight.Node].Snapshot.Decide(packet);
        flight.Stops++;
        foreach (DecisionStep step in DecisionSteps.Of(decision, packet))
        {
            bool masqueraded = flight.Masqueraded;
            Hop hop = state.Router.Next(flight.Node, packet, decision, step.Endpoint, ref masqueraded);
            Follow(flight with { Masqueraded = masqueraded }, hop, share * step.Share);
        }
    }

    // A router's pod: its answer, or the paths of its calls.
    private void Relay(in Flight flight, Relaying relaying, double share)
    {
        for (int outcome = 0; outcome < relaying.CallOfOutcome.Length; outcome++)
        {
            double part = share * relaying.Decision.Outcomes[outcome].Share;
            if (relaying.CallOfOutcome[outcome] is not (>= 0 and int call) || state.Workloads[_workload.FirstCall + call].HasNoDestination)
            {
                bool answers = relaying.Decision.Outcomes[outcome] is { Backend: null, Status: > 0 and < 400 };
                Record(RequestPath.Of(flight, _workload.Prepared.Sources[flight.Source], answers ? null : Failure.Refused) with { Relayed = !answers }, part);
                continue;
            }
            PossiblePaths calls = new(state, _workload.FirstCall + call);
            int source = state.Workloads[_workload.FirstCall + call].Sources.NumberOf(flight.Backend);
            foreach ((RequestPath path, double of) in calls.From(source))
                Record(RequestPath.Of(flight, _workload.Prepared.Sources[flight.Source], path.Failure) with
                {
                    Backend = path.Backend,
                    Masqueraded = path.Failure is null,
                    Relayed = true,
                }, part * of);
        }
    }

    // The paths from one source alone.
    private Dictionary<RequestPath, double> From(int source)
    {
        foreach (Destination destination in _workload.Prepared.Destinations)
            Begin(new Flight { Workload = (ushort)workload, Source = source, Destination = state.Destinations.Number(destination) }, 1.0 / _workload.Prepared.Destinations.Length);
        return _shares;
    }

    private void End(in Flight flight, Failure? failure, double share)
    {
        if (failure is null && _workload.Prepared.Relaying is { } relaying)
        {
            Relay(flight, relaying, share);
            return;
        }
        RequestPath path = RequestPath.Of(flight, _workload.Prepared.Sources[flight.Source], failure);
        Record(path, share);
    }

    private void Record(RequestPath path, double share) => CollectionsMarshal.GetValueRefOrAddDefault(_shares, path, out _) += share;
}
