using System.Runtime.CompilerServices;
using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Requests;

/// <summary>The network's side: packets through load balancers and nodes to the backend, and back.</summary>
internal sealed partial class RequestFlow
{
    private void PassLoadBalancer(ref Flight flight, WorkloadState workload)
    {
        flight.LoadBalancerNs += _network.LoadBalancerLatencyNs;
        flight.ViaLoadBalancer = true;
        flight.Masqueraded |= !_state.Router[flight.Listener].Traits.KeepsClientAddress;
        Hop hop = _state.Router.FromListener(flight.Listener, workload.BalanceStream);
        if (_state.Router.DropsLoopback(flight.Listener, hop, workload.Sources[flight.Source].Node))
            hop = Hop.Lost;
        flight.Retargeted = !_state.Router[flight.Listener].Traits.KeepsDestination;
        _observer?.PassedLoadBalancer(flight, hop, _simulation.Now);
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
        Passage passage = Open(ref flight, workload, node, work);
        if (flight.Connection >= 0 && !flight.IsQuery)
            workload.Pool![flight.Connection].Pass(new Stop(flight.Node, flight.Legs));
        flight.Stops++;
        flight.CrossedNodes |= hop.Moves && hop.Distance != Distance.Internet && hop.Kind is HopKind.Node or HopKind.Backend;
        if (_observer is not null)
            Observe(flight, packet, decision, choice, work, passage, hop);
        Follow(ref flight, workload, hop, _simulation.Now + passage.TotalNs);
    }

    // Apart, and told by value, so that what only a trace needs takes no room in the hot path.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Observe(in Flight flight, in Packet packet, in Decision decision, Choice choice, Work work, Passage passage, Hop hop) =>
        _observer!.PassedNode(flight, new NodeStep(flight.Node, packet, decision, choice, work, passage, hop, _simulation.Now));

    // The backend's own node, where the packet comes from another machine: its rules pass the packet on, and cost what they cost.
    private long Enter(ref Flight flight, WorkloadState workload)
    {
        NodeState node = _state.Nodes[_state.Backends.NodeOf(flight.Backend)];
        if (flight.Established)
            return Add(ref flight, node.Pass(_simulation.Now, workload.Packets));
        return node.KnowsPassing && _observer is null
            ? Account(ref flight, workload, node.OpenPassing(_simulation.Now, LaterPackets(flight, workload)), node.WorkOfPassing).TotalNs
            : EnterUnknown(ref flight, workload, node);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long EnterUnknown(ref Flight flight, WorkloadState workload, NodeState node)
    {
        Packet packet = _state.PacketTo(flight, workload);
        Work work = node.AskForPassing(packet);
        Passage passage = Open(ref flight, workload, node, work);
        _observer?.EnteredNode(flight, new NodeStep(
            _state.Backends.NodeOf(flight.Backend), packet, default, default, work, passage, default, _simulation.Now));
        return passage.TotalNs;
    }

    private Passage Open(ref Flight flight, WorkloadState workload, NodeState node, Work work) =>
        Account(ref flight, workload, node.Open(_simulation.Now, work, LaterPackets(flight, workload)), work);

    private static int LaterPackets(in Flight flight, WorkloadState workload) => flight.IsQuery ? LaterPacketsOfQuery(flight) : workload.LaterPackets;

    // Answers, the second query of two, and over TCP the handshake and the end of the connection.
    private static int LaterPacketsOfQuery(in Flight flight) =>
        (2 * flight.Lookup.SentCount) - 1 + (flight.Lookup.OverTcp ? WorkloadState.HandshakePackets + 1 : 0);

    private Passage Account(ref Flight flight, WorkloadState workload, Passage passage, Work work)
    {
        // What look-ups meet is counted at the nodes and in their time; there may be more of them than connections, as of clients that keep theirs.
        if (IsMeasured(flight) && !flight.IsQuery)
            workload.Measurement.RulesEvaluated += work.DispatchRules + work.EndpointRules;
        Add(ref flight, passage);
        return passage;
    }

    private static long Add(ref Flight flight, Passage passage)
    {
        flight.RulesNs += passage.RulesNs;
        flight.NetworkNs += passage.HooksNs;
        return passage.TotalNs;
    }

    // The packet leaves for what it reaches next.
    private void Follow(ref Flight flight, WorkloadState workload, Hop hop, long leaves)
    {
        switch (hop.Kind)
        {
            case HopKind.Refused:
                Fail(ref flight, workload, Failure.Refused, leaves + workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream));
                return;
            case HopKind.Lost:
                Fail(ref flight, workload, Failure.Dropped, flight.AttemptAt + (workload.Spec.TimeoutNs ?? ConnectGivesUpNs));
                return;
            case HopKind.Backend:
                flight.Backend = hop.Number;
                flight.Enters = hop.Moves && hop.Distance != Distance.Internet;
                flight.Legs.Add(hop.Distance);
                flight.Next = FlightEvent.AtBackend;
                _simulation.Schedule(leaves + Reach(ref flight, workload, hop.Distance), flight);
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
    private long Reach(ref Flight flight, WorkloadState workload, Distance last)
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
        int ways = (2 * workload.HandshakeTrips) - 1;
        long handshake = workload.Times.Handshake(flight.Legs, last, ways, workload.NetworkStream)
            + (ways * nodes * _establishedNs) + (workload.IsTls ? _network.TlsHandshakeCpuNs : 0);
        long request = workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs)
            + workload.Times.SendRequest(flight.Legs);
        long balancer = flight.ViaLoadBalancer ? PassesOfBalancer(flight, ways) * _network.LoadBalancerLatencyNs : 0;
        flight.ConnectNs += handshake;
        flight.NetworkNs += request;
        flight.LoadBalancerNs += balancer;
        return handshake + request + balancer;
    }

    // Packets after the SYN and up to the request that go through the load balancer: answers only where it stands in their way too.
    private int PassesOfBalancer(in Flight flight, int ways) =>
        1 + (_state.Router.AnswersPass(flight.Listener) ? ways : ways / 2);

    [SkipLocalsInit]
    private void Serve(ref Flight flight, WorkloadState workload)
    {
        long arrival = _simulation.Now + (flight.Enters ? Enter(ref flight, workload) : 0);
        int nodes = flight.Stops + (flight.Enters ? 1 : 0);
        ref BackendState backend = ref _state.Backends[flight.Backend];
        if (_podsChange && backend.Life != BackendLife.Serving)
        {
            Leave(ref flight, workload, backend.Life, arrival, nodes);
            return;
        }
        if (flight.Connection >= 0 && !flight.Established)
            KeepConnection(flight, workload);
        if (flight.IsQuery)
        {
            ServeQuery(ref flight, workload, ref backend, arrival, nodes);
            return;
        }
        bool served = backend.TryServe(arrival, workload.ServiceStream, out long queue, out long service);
        long back = workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs)
            + workload.Times.SendResponse(flight.Legs);
        long balancer = flight.ViaLoadBalancer && _state.Router.AnswersPass(flight.Listener) ? _network.LoadBalancerLatencyNs : 0;
        long done = arrival + queue + service + back + balancer;
        workload.Series.Wait(arrival, queue);
        if (IsMeasured(flight))
            workload.Measurement.Carry(flight, workload.Spec, isFromInside: workload.Sources[flight.Source].Node >= 0);
        if (served && workload.Prepared.Relaying is { } relaying)
        {
            Relay(flight, workload, relaying, arrival + queue + service, back, balancer, queue, service);
            return;
        }
        flight.NetworkNs += back;
        flight.LoadBalancerNs += balancer;
        if (served)
            Complete(ref flight, workload, done, queue, service);
        else
            Fail(ref flight, workload, Failure.Overflowed, done);
    }

    // A process that was told to stop has closed its listener and its idle connections: the kernel answers with a reset. Once the pod's
    // network is gone nobody answers.
    private void Leave(ref Flight flight, WorkloadState workload, BackendLife life, long arrival, int nodes)
    {
        if (life == BackendLife.Gone)
            Fail(ref flight, workload, Failure.Dropped, flight.AttemptAt + (workload.Spec.TimeoutNs ?? ConnectGivesUpNs));
        else
            Fail(ref flight, workload, Failure.Refused, arrival + workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs));
    }

    private void KeepConnection(in Flight flight, WorkloadState workload)
    {
        workload.Pool![flight.Connection].Open(flight, _simulation.Now);
        StartWaiting(workload.Pool.Opened(flight.Connection));
    }

    // A request on an open connection: conntrack knows the way, no rule is asked.
    private void UseConnection(ref Flight flight, WorkloadState workload)
    {
        ref readonly Connection connection = ref workload.Pool![flight.Connection];
        connection.Lead(ref flight);
        if (connection.StopCount > 0 && connection.StopAt(0).LegsSoFar.Equals(default))
            PassStop(ref flight, workload);
        else
            GoOn(ref flight, workload, connection, default, _simulation.Now);
    }

    private void PassStop(ref Flight flight, WorkloadState workload)
    {
        ref readonly Connection connection = ref workload.Pool![flight.Connection];
        Stop stop = connection.StopAt(flight.Stops++);
        long passed = Add(ref flight, _state.Nodes[stop.Node].Pass(_simulation.Now, workload.Packets));
        GoOn(ref flight, workload, connection, stop.LegsSoFar, _simulation.Now + passed);
    }

    private void GoOn(ref Flight flight, WorkloadState workload, in Connection connection, Legs taken, long leaves)
    {
        bool last = flight.Stops == connection.StopCount;
        Legs ahead = (last ? connection.Legs : connection.StopAt(flight.Stops).LegsSoFar).After(taken);
        long way = workload.Times.OneWay(ahead, 1, workload.NetworkStream) + (last ? workload.Times.SendRequest(connection.Legs) : 0);
        flight.NetworkNs += way;
        if (connection.ViaLoadBalancer && taken.Equals(default))
        {
            flight.LoadBalancerNs += _network.LoadBalancerLatencyNs;
            way += _network.LoadBalancerLatencyNs;
        }
        flight.Next = last ? FlightEvent.AtBackend : FlightEvent.AtNode;
        _simulation.Schedule(leaves + way, flight);
    }
}
