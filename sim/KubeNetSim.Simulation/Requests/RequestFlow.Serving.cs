using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Requests;

/// <summary>Requests at their backend and its node, and the path of the response.</summary>
internal sealed partial class RequestFlow
{
    [SkipLocalsInit]
    private void Serve(ref Flight flight, WorkloadState workload)
    {
        long arrival = _simulation.Now + (flight.Enters ? EnterBackendNode(ref flight, workload) : 0);
        int nodes = flight.Stops + (flight.Enters ? 1 : 0);
        ref BackendState backend = ref _state.Backends[flight.Backend];
        if (_podsChange && backend.Life != BackendLife.Serving)
        {
            FailAtEndingPod(ref flight, workload, backend.Life, arrival, nodes);
            return;
        }
        if (flight.IsQuery)
        {
            ServeQuery(ref flight, workload, ref backend, arrival, nodes);
            return;
        }
        if (flight.Connection >= 0 && !flight.Established)
            KeepConnection(flight, workload);
        bool served = backend.TryServe(arrival, workload.ServiceStream, out long queue, out long service);
        long back = workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs)
            + workload.Times.SendResponse(flight.Legs);
        byte balancer = flight.ViaLoadBalancer && _state.Router.AnswersPass(flight.Listener) ? (byte)1 : (byte)0;
        long done = arrival + queue + service + back + (balancer * _network.LoadBalancerLatencyNs);
        workload.Series.Wait(arrival, queue);
        if (IsMeasured(flight))
            workload.Measurement.CountBytes(flight, workload.Spec, isFromInside: workload.Sources[flight.Source].Node >= 0);
        if (served && workload.Prepared.Relaying is { } relaying)
        {
            Relay(flight, workload, relaying, arrival + queue + service, back, balancer, queue, service);
            return;
        }
        if (served && _podsChange)
        {
            FinishOrReset(new WaitingCall(flight, arrival + queue + service, back, balancer, queue, service), workload);
            return;
        }
        flight.NetworkNs += back;
        flight.BalancerPasses += balancer;
        if (served)
            Complete(ref flight, workload, done, queue, service);
        else
            Fail(ref flight, workload, Failure.Overflowed, done);
    }

    // A pod that is deleted is killed at the end of its grace period, and the kernel resets the connections of requests that it has not
    // answered. Whether that happens is certain only for the shortest grace period; a longer request is looked at again then.
    private void FinishOrReset(in WaitingCall call, WorkloadState workload)
    {
        Flight flight = call.Client;
        long killedAt = _state.Kills.TimeOf(flight.Backend);
        // Nothing that happens after the client has given up concerns it.
        long endsAt = workload.Spec.TimeoutNs is { } timeout ? Math.Min(call.Leaves, flight.AttemptAt + timeout) : call.Leaves;
        if (endsAt > killedAt)
            Fail(ref flight, workload, Failure.Refused, killedAt + TimeBack(call));
        else if (killedAt == long.MaxValue && endsAt > _simulation.Now + PodKills.CertainForNs)
            _simulation.Schedule(_simulation.Now + PodKills.CertainForNs, new Flight
            {
                Workload = flight.Workload,
                Caller = _calls.Keep(call),
                Next = FlightEvent.BackendChanges,
            });
        else
        {
            flight.NetworkNs += call.Back;
            flight.BalancerPasses += call.BalancerPasses;
            Complete(ref flight, workload, call.Leaves + TimeBack(call), call.Queue, call.Service);
        }
    }

    private long TimeBack(in WaitingCall call) => call.Back + (call.BalancerPasses * _network.LoadBalancerLatencyNs);

    // After SIGTERM a process has closed its listener and its idle connections: the kernel answers with a reset. Without the pod's network
    // there is no answer.
    private void FailAtEndingPod(ref Flight flight, WorkloadState workload, BackendLife life, long arrival, int nodes)
    {
        if (life == BackendLife.Gone)
            Fail(ref flight, workload, Failure.Dropped, flight.AttemptAt + (workload.Spec.TimeoutNs ?? ConnectGivesUpNs));
        else
            Fail(ref flight, workload, Failure.Refused, arrival + workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs));
    }

    // The backend's own node, where the packet comes from another machine: its rules pass the packet on, and cost what they cost.
    private long EnterBackendNode(ref Flight flight, WorkloadState workload)
    {
        int number = _state.Backends.NodeOf(flight.Backend);
        NodeState node = _state.Nodes[number];
        if (flight.Established)
            return PassEstablished(ref flight, workload, node);
        return node.KnowsPassing && _observer is null
            ? Account(ref flight, workload, number, node.OpenPassing(_simulation.Now, LaterPackets(flight, workload)), node.WorkOfPassing).TotalNs
            : EvaluateEntry(ref flight, workload, number);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private long EvaluateEntry(ref Flight flight, WorkloadState workload, int node)
    {
        Packet packet = _state.PacketTo(flight, workload);
        Work work = _state.Nodes[node].AskForPassing(packet);
        Passage passage = Open(ref flight, workload, node, work);
        _observer?.EnteredNode(flight, new NodeStep(
            node, packet, default, default, work, passage, default, _simulation.Now));
        return passage.TotalNs;
    }
}
