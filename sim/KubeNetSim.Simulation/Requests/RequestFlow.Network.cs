using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Requests;

/// <summary>The network's side: packets through load balancers and nodes to the backend, and back.</summary>
internal sealed partial class RequestFlow
{
    private void PassLoadBalancer(ref Flight flight, WorkloadState workload)
    {
        flight.BalancerPasses++;
        flight.ViaLoadBalancer = true;
        flight.Masqueraded |= !_state.Router[flight.Listener].Traits.KeepsClientAddress;
        Hop hop = _state.Router.FromListener(flight.Listener, workload.BalanceStream);
        LoadBalancer balancer = _state.Router[flight.Listener];
        if (_state.Router.Drops(flight.Listener, hop, workload.Sources[flight.Source]))
            hop = Hop.Lost;
        flight.Retargeted = !balancer.Traits.KeepsDestination && !balancer.SendsToPods;
        _observer?.PassedLoadBalancer(flight, hop, _simulation.Now);
        if (_podsChange && hop.Kind == HopKind.Lost)
            End(ref flight, workload, hop.Kind, _simulation.Now + _network.LoadBalancerLatencyNs, BlameOfBalancer(balancer));
        else
            Follow(ref flight, workload, hop, _simulation.Now + _network.LoadBalancerLatencyNs);
    }

    // The first packet of a connection meets a node's rules; they say where it goes.
    [SkipLocalsInit]
    private void PassNode(ref Flight flight, WorkloadState workload)
    {
        if (flight.Established)
        {
            PassStop(ref flight, workload);
            return;
        }
        NodeState node = _state.Nodes[flight.Node];
        _state.PacketAt(flight, workload, out Packet packet);
        _state.Decide(flight, packet, out Decision decision);
        Choice choice = new(Topology.None, false, Topology.None);
        if (decision.Verdict == Verdict.Forward)
        {
            choice = _state.Balancing.Choose(
                flight.Node, decision, packet, workload.Sources.ClientOf(flight.Source), _simulation.Now, workload.BalanceStream);
            if (_state.Balancing.Remembers(decision))
                _state.Destinations.Note(flight.Destination, decision.AffinityKey);
            flight.Lease = choice.Lease;
        }
        bool masqueraded = flight.Masqueraded;
        Hop hop = _state.Router.Next(flight.Node, packet, decision, choice.Endpoint, ref masqueraded);
        flight.Masqueraded = masqueraded;
        node.Snapshot.WorkOf(decision, choice.Endpoint, choice.ByAffinity, out Work work);
        Passage passage = Open(ref flight, workload, flight.Node, work);
        if (flight.Connection >= 0 && !flight.IsQuery)
            workload.Pool![flight.Connection].Pass(new Stop(flight.Node, flight.Legs));
        flight.Stops++;
        flight.CrossedNodes |= hop.Moves && hop.Distance != Distance.Internet && hop.Kind is HopKind.Node or HopKind.Backend;
        if (_observer is not null)
            Observe(flight, packet, decision, choice, work, passage, hop);
        if (_podsChange && hop.Kind is HopKind.Refused or HopKind.Lost)
            End(ref flight, workload, hop.Kind, _simulation.Now + passage.TotalNs, BlameOf(flight, decision));
        else
            Follow(ref flight, workload, hop, _simulation.Now + passage.TotalNs);
    }

    // A method of its own with values as parameters, so that the locals of a trace take no room in the hot path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Observe(in Flight flight, in Packet packet, in Decision decision, Choice choice, Work work, Passage passage, Hop hop) =>
        _observer!.PassedNode(flight, new NodeStep(flight.Node, packet, decision, choice, work, passage, hop, _simulation.Now));

    private Passage Open(ref Flight flight, WorkloadState workload, int node, Work work) =>
        Account(ref flight, workload, node, _state.Nodes[node].Open(_simulation.Now, work, LaterPackets(flight, workload)), work);

    private static int LaterPackets(in Flight flight, WorkloadState workload) => flight.IsQuery ? LaterPacketsOfQuery(flight) : workload.LaterPackets;

    // Answers, the second query of two, and over TCP the handshake and the end of the connection.
    private static int LaterPacketsOfQuery(in Flight flight) =>
        (2 * flight.Lookup.SentCount) - 1 + (flight.Lookup.OverTcp ? WorkloadState.HandshakePackets + 1 : 0);

    private Passage Account(ref Flight flight, WorkloadState workload, int node, Passage passage, Work work)
    {
        if (!flight.IsCopy)
            workload.Measurement.Nodes.Add(node);
        // What look-ups meet is counted at the nodes and in their time; there may be more of them than connections, as of clients that
        // keep theirs.
        if (IsMeasured(flight) && !flight.IsQuery)
            workload.Measurement.RulesEvaluated += work.DispatchRules + work.EndpointRules;
        flight.RulesNs += passage.RulesNs;
        flight.WaitNs += passage.TotalNs - passage.RulesNs - _newConnectionNs;
        flight.NetworkNs += _newConnectionNs;
        return passage;
    }

    private long PassEstablished(ref Flight flight, WorkloadState workload, NodeState node)
    {
        long passed = node.Pass(_simulation.Now, workload.Packets);
        flight.NetworkNs += _establishedNs;
        flight.WaitNs += passed - _establishedNs;
        return passed;
    }

    // The packet is refused, or gets no answer.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void End(ref Flight flight, WorkloadState workload, HopKind hop, long leaves, Blame? blame)
    {
        if (hop == HopKind.Refused)
            Fail(ref flight, workload, Failure.Refused, leaves + workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream), blame);
        else
            Fail(ref flight, workload, Failure.Dropped, flight.AttemptAt + (workload.Spec.TimeoutNs ?? ConnectGivesUpNs), blame);
    }

    // The packet leaves for what it reaches next.
    private void Follow(ref Flight flight, WorkloadState workload, Hop hop, long leaves)
    {
        switch (hop.Kind)
        {
            case HopKind.Refused or HopKind.Lost:
                End(ref flight, workload, hop.Kind, leaves, blame: null);
                return;
            case HopKind.Backend:
                flight.Backend = hop.Number;
                flight.Enters = hop.Moves && hop.Distance != Distance.Internet;
                flight.Legs.Add(hop.Distance);
                flight.Next = FlightEvent.AtBackend;
                if (_observer is not null)
                    ObserveWire(flight, workload, hop.Distance, leaves);
                _simulation.Schedule(leaves + TimeToBackend(ref flight, workload, hop.Distance), flight);
                return;
            case HopKind.Node:
                flight.Node = hop.Number;
                flight.Next = FlightEvent.AtNode;
                break;
            default:
                flight.Listener = hop.Number;
                if (!_state.Router.IsMachine(hop.Number))
                {
                    Follow(ref flight, workload, _state.Router.FromListener(hop.Number, hop.Distance, workload.BalanceStream), leaves);
                    return;
                }
                flight.Next = FlightEvent.AtLoadBalancer;
                break;
        }
        flight.Legs.Add(hop.Distance);
        long leg = workload.Times.Leg(hop.Distance, 1, workload.NetworkStream);
        if (workload.IsTcp && !flight.IsQuery)
            flight.ConnectNs += leg;
        else
            flight.NetworkNs += leg;
        _simulation.Schedule(leaves + leg, flight);
    }

    // How long until the request is at the backend, when the first packet is about to take the last leg: the rest of the handshakes,
    // then the request itself. A datagram is its own request.
    private long TimeToBackend(ref Flight flight, WorkloadState workload, Distance last)
    {
        int nodes = flight.Stops + (flight.Enters ? 1 : 0);
        if (flight.IsQuery && flight.Lookup.OverTcp)
            return workload.Times.Handshake(flight.Legs, last, 1, workload.NetworkStream)
                + workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (2 * nodes * _establishedNs);
        if (flight.IsQuery || !workload.IsTcp)
        {
            long leg = workload.Times.Leg(last, 1, workload.NetworkStream)
                + (flight.IsQuery ? 0 : workload.Times.SendRequest(flight.Legs));
            flight.NetworkNs += leg;
            return leg;
        }
        int passes = (2 * workload.HandshakeTrips) - 1;
        long handshake = workload.Times.Handshake(flight.Legs, last, passes, workload.NetworkStream)
            + (passes * nodes * _establishedNs) + (workload.IsTls ? _network.TlsHandshakeCpuNs : 0);
        long request = workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs)
            + workload.Times.SendRequest(flight.Legs);
        int balancer = flight.ViaLoadBalancer ? PassesOfBalancer(flight, passes) : 0;
        flight.ConnectNs += handshake;
        flight.NetworkNs += request;
        flight.BalancerPasses += (byte)balancer;
        return handshake + request + (balancer * _network.LoadBalancerLatencyNs);
    }

    // Packets after the SYN and up to the request that go through the load balancer: responses only where they pass it, too.
    private int PassesOfBalancer(in Flight flight, int passes) =>
        1 + (_state.Router.AnswersPass(flight.Listener) ? passes : passes / 2);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ObserveWire(in Flight flight, WorkloadState workload, Distance last, long leaves)
    {
        int nodes = flight.Stops + (flight.Enters ? 1 : 0);
        long path = workload.Times.MeanOneWay(flight.Legs) + (nodes * _establishedNs);
        long there = path + (flight.ViaLoadBalancer ? _network.LoadBalancerLatencyNs : 0);
        long back = path + (flight.ViaLoadBalancer && _state.Router.AnswersPass(flight.Listener) ? _network.LoadBalancerLatencyNs : 0);
        long syn = leaves + workload.Times.MeanLeg(last);
        if (flight.IsQuery || !workload.IsTcp)
        {
            _observer!.FoundBackend(flight, new WireTimes(syn, null, null, flight.AttemptAt, syn + (flight.IsQuery ? 0 : workload.Times.SendRequest(flight.Legs))));
            return;
        }
        long synAck = syn + back;
        long? tls = workload.IsTls ? synAck + there + back + _network.TlsHandshakeCpuNs : null;
        long sent = tls ?? synAck;
        _observer!.FoundBackend(flight, new WireTimes(syn, synAck, tls, sent, sent + there + workload.Times.SendRequest(flight.Legs)));
    }
}
