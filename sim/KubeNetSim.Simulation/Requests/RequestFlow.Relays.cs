using System.Runtime.CompilerServices;

namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// The routers' side: a pod of a Gateway or an Ingress controller works on a request, calls a backend, and passes its answer on.
/// </summary>
internal sealed partial class RequestFlow
{
    private readonly CallTable _calls = new();

    // The pod is free again as soon as it has sent the request on: proxies wait for many backends at a time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Relay(in Flight flight, WorkloadState workload, Relaying relaying, long leaves, long back, byte balancer, long queue, long service)
    {
        workload.Measurement.Intermediaries.Add(flight.Backend);
        WaitingCall waiting = new(flight, leaves, back, balancer, queue, service);
        int outcome = PickOutcome(relaying, workload);
        foreach ((int copy, double share) in relaying.Copies)
            if (share >= 1 || workload.BalanceStream.NextDouble() < share)
                Call(flight, workload.FirstCall + copy, leaves, caller: Topology.None);
        _observer?.Routed(flight, relaying.Decision, outcome, leaves, waiting.Queue + waiting.Service);
        int call = relaying.CallOfOutcome[outcome];
        if (call < 0 || _state.Workloads[workload.FirstCall + call].HasNoDestination)
            AnswerItself(waiting, workload, relaying.Decision.Outcomes[outcome], leaves);
        else
            Call(flight, workload.FirstCall + call, leaves, _calls.Keep(waiting));
    }

    private static int PickOutcome(Relaying relaying, WorkloadState workload)
    {
        if (relaying.Decision.Outcomes.Length == 1)
            return 0;
        double drawn = workload.BalanceStream.NextDouble();
        int outcome = 0;
        while (outcome < relaying.Decision.Outcomes.Length - 1 && drawn >= relaying.Decision.Outcomes[outcome].Share)
            drawn -= relaying.Decision.Outcomes[outcome++].Share;
        return outcome;
    }

    private void Call(in Flight client, int number, long leaves, int caller)
    {
        WorkloadState calls = _state.Workloads[number];
        if (calls.HasNoDestination)
            return;
        calls.Started++;
        Flight call = new()
        {
            Workload = (ushort)number,
            Source = calls.Sources.NumberOf(client.Backend),
            Destination = calls.PickDestination(),
            StartedAt = leaves,
            AttemptAt = leaves,
            Connection = Topology.None,
            Lease = Topology.None,
            IsCall = true,
            Caller = caller,
            Next = FlightEvent.Start,
        };
        _simulation.Schedule(leaves, call);
    }

    // A redirect is an answer; an error of the router is a refusal to its client.
    private void AnswerItself(in WaitingCall waiting, WorkloadState workload, HttpOutcome outcome, long leaves)
    {
        const int FirstError = 400;
        Flight client = waiting.Client;
        client.NetworkNs += waiting.Back;
        client.BalancerPasses += waiting.BalancerPasses;
        long at = leaves + TimeBack(waiting);
        if (outcome.Backend is null && outcome.Status is > 0 and < FirstError)
            Complete(ref client, workload, at, waiting.Queue, waiting.Service);
        else
        {
            client.Relayed = true;
            Fail(ref client, workload, Failure.Refused, at);
        }
    }

    // The backend's answer is at the router's pod at this time.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PassOn(in Flight call, long at, long queue, long service)
    {
        WaitingCall waiting = _calls.Take(call.Caller);
        Flight client = waiting.Client;
        client.DnsNs += call.DnsNs;
        client.ConnectNs += call.ConnectNs;
        client.BalancerPasses += (byte)(call.BalancerPasses + waiting.BalancerPasses);
        client.RulesNs += call.RulesNs;
        client.NetworkNs += call.NetworkNs + waiting.Back;
        client.Legs.Add(call.Legs);
        client.CrossedNodes |= call.CrossedNodes;
        client.Backend = call.Backend;
        client.Masqueraded = true;
        client.Relayed = true;
        Complete(ref client, _state.Workloads[client.Workload], at + TimeBack(waiting), waiting.Queue + queue, waiting.Service + service);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PassOn(in Flight call, Failure failure, long at)
    {
        WaitingCall waiting = _calls.Take(call.Caller);
        Flight client = waiting.Client;
        client.Relayed = true;
        Fail(ref client, _state.Workloads[client.Workload], failure, at + TimeBack(waiting));
    }
}
