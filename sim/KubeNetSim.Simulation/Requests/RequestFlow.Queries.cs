namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// The queries of a look-up: they reach a server, or are lost, and the resolver asks again (glibc resolv/res_send.c). A query of a pod is
/// a datagram through the rules of its node like any other. A and AAAA that are asked at the same time leave from one socket, so they take
/// the same path to the same pod of CoreDNS, and one flight stands for both.
/// </summary>
internal sealed partial class RequestFlow
{
    // Asks a server what has no answer yet: A and AAAA at the same time, or one after the other.
    private void Ask(ref Flight flight, WorkloadState workload)
    {
        Questions pending = flight.Lookup.Pending;
        flight.Lookup.Sent = pending == Questions.Both && !AsksInParallel(flight) ? Questions.A : pending;
        flight.Resolved = false;
        flight.AskedAt = _simulation.Now;
        _observer?.NameAsked(flight, isKnownAtNode: false, _simulation.Now);
        if (IsMeasured(flight))
            workload.Measurement.DnsQueries += flight.Lookup.SentCount;
        if (!AsksCluster(flight))
        {
            AnswerAt(ref flight, _simulation.Now + _network.UpstreamDnsNs, isQuery: false);
            return;
        }
        if ((flight.Lookup.OverTcp ? _state.Names.ServerOverTcp : _state.Names.Server) is not { } server)
        {
            FailToResolve(ref flight, workload);
            return;
        }
        LoseSome(ref flight, workload);
        if (flight.Lookup.Sent == Questions.None)
        {
            AnswerAt(ref flight, Deadline(flight, workload), isQuery: true);
            return;
        }
        flight.IsQuery = true;
        flight.Masqueraded = false;
        flight.Stops = 0;
        flight.Legs = default;
        flight.Destination = server;
        flight.Node = workload.Sources[flight.Source].Node;
        PassNode(ref flight, workload);
    }

    // Queries over TCP are sent again by the kernel, long before the resolver's own timeout. NodeLocal DNSCache is asked without
    // conntrack, so there is no race.
    private void LoseSome(ref Flight flight, WorkloadState workload)
    {
        if (flight.Lookup.OverTcp)
            return;
        if (_network.DnsRace > 0 && flight.Lookup.Sent == Questions.Both && !_network.NodeLocalDns
            && workload.NameStream.NextDouble() < _network.DnsRace)
            flight.Lookup.Sent = Questions.A;
        if (_network.DnsLoss > 0)
            foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
                if ((flight.Lookup.Sent & question) != 0 && workload.NameStream.NextDouble() < _network.DnsLoss)
                    flight.Lookup.Sent &= ~question;
    }

    // A pod of CoreDNS answers what reached it. A later answer than the resolver's timeout counts as lost.
    private void ServeQuery(ref Flight flight, WorkloadState workload, ref BackendState backend, long arrival, int nodes)
    {
        workload.Measurement.Intermediaries.Add(flight.Backend);
        Questions answered = Questions.None;
        long slowest = 0;
        foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
            if ((flight.Lookup.Sent & question) != 0 && backend.TryServe(arrival, workload.ServiceStream, out long queue, out long service))
            {
                answered |= question;
                slowest = Math.Max(slowest, queue + service);
            }
        _observer?.QueryServed(flight, arrival, arrival + slowest);
        long done = arrival + slowest + workload.Times.OneWay(flight.Legs, 1, workload.NetworkStream) + (nodes * _establishedNs);
        long deadline = Deadline(flight, workload);
        flight.Lookup.Sent = done <= deadline ? answered : Questions.None;
        AnswerAt(ref flight, flight.Lookup.Sent == Questions.None ? deadline : done, isQuery: true);
    }

    // A query is refused, or lost on its way.
    private void LoseQuery(ref Flight flight, WorkloadState workload, Failure failure, long at)
    {
        flight.Lookup.Sent = Questions.None;
        AnswerAt(ref flight, failure == Failure.Refused ? at : Deadline(flight, workload), isQuery: true);
    }

    private void AnswerAt(ref Flight flight, long at, bool isQuery)
    {
        flight.IsQuery = isQuery;
        if (flight.Lease >= 0)
            _state.Balancing.Close(flight.Lease, _simulation.Now);
        flight.Lease = Topology.None;
        flight.Next = FlightEvent.NameAnswered;
        _simulation.Schedule(Math.Max(at, _simulation.Now), flight);
    }

    // The resolver's timeout has passed: it asks the next server, or gives up. With an answer for A it goes on without the other one.
    private void AskAgain(ref Flight flight, WorkloadState workload)
    {
        bool isLast = _state.Names.ResolverOf(flight.Workload) is not { } resolver
            || ++flight.Lookup.Tries >= resolver.Options.Attempts * resolver.Servers.Length;
        bool clientGivesUp = workload.Spec.TimeoutNs is { } timeout && _simulation.Now >= flight.AttemptAt + timeout;
        if (!isLast && !clientGivesUp)
            Ask(ref flight, workload);
        else if ((flight.Lookup.Pending & Questions.A) == 0 && !clientGivesUp)
            Conclude(ref flight, workload);
        else
            FailToResolve(ref flight, workload);
    }

    // CoreDNS has no record of its own and no cached answer, so it asks upstream before it answers.
    private bool AsksUpstream(ref Flight flight)
    {
        if (flight.Resolved)
            return false;
        foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
            if ((flight.Lookup.Sent & question) != 0
                && _state.Names.AnswerTo(QuestionOf(flight, question)).IsForwarded
                && !_state.Names.ServerCaches.TryGet(flight.Backend, QuestionOf(flight, question), _simulation.Now, out _))
                flight.Resolved = true;
        if (flight.Resolved)
            AnswerAt(ref flight, _simulation.Now + _network.UpstreamDnsNs, isQuery: true);
        return flight.Resolved;
    }

    // An answer that does not fit a datagram is asked for again over TCP (RFC 7766).
    private bool IsTruncated(ref Flight flight, WorkloadState workload)
    {
        if (flight.Lookup.OverTcp || (flight.Lookup.Sent & Questions.A) == 0)
            return false;
        int name = NameOf(flight);
        bool takesMore = _state.Names.ResolverOf(flight.Workload)!.Options.UsesEdns;
        if (DnsMessage.FitsDatagram(_state.Names.TextOf(name), ReplyTo(flight, workload, Questions.A).Answer.Addresses.Length, takesMore))
            return false;
        flight.Lookup.OverTcp = true;
        Ask(ref flight, workload);
        return true;
    }

    // When the resolver stops waiting for an answer: its timeout, doubled with each further server and shared among them (res_send.c,
    // send_dg), or the client's own.
    private long Deadline(in Flight flight, WorkloadState workload)
    {
        Resolver resolver = _state.Names.ResolverOf(flight.Workload)!;
        int servers = resolver.Servers.Length;
        int place = flight.Lookup.Tries % servers;
        int seconds = place == 0 ? resolver.Options.TimeoutSeconds : Math.Max(1, (resolver.Options.TimeoutSeconds << place) / servers);
        long deadline = flight.AskedAt + (seconds * Nanoseconds.PerSecond);
        return workload.Spec.TimeoutNs is { } timeout ? Math.Min(deadline, flight.AttemptAt + timeout) : deadline;
    }
}
