using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// The names' side: a client's resolver looks a name up before a connection can be opened. It asks for the names of its search path in turn, for A
/// and AAAA of each (glibc resolv/res_send.c). A query of a pod is a datagram through the rules of its node like any other; A and AAAA that are
/// asked at the same time leave from one socket, so they take the same path to the same pod of CoreDNS, and one flight stands for both.
/// </summary>
internal sealed partial class RequestFlow
{
    /// <summary>How long a client outside keeps the address of a load balancer: what the clouds' own zones say (Route 53 alias records of AWS load balancers, 60 s).</summary>
    private const long PublicTtlNs = 60 * Nanoseconds.PerSecond;

    private void LookUp(ref Flight flight, WorkloadState workload)
    {
        flight.Lookup = new LookupStep();
        if (_state.Names.ResolverOf(flight.Workload) is { Options.Rotates: true } resolver)
            flight.Lookup.FirstServer = workload.Lookups++ % resolver.Servers.Length;
        AskForName(ref flight, workload);
    }

    // The next name of the search path: of the node's own cache, where there is one, then of a server.
    private void AskForName(ref Flight flight, WorkloadState workload)
    {
        flight.Lookup.Tries = 0;
        flight.Lookup.Pending = Questions.Both;
        flight.Lookup.OverTcp = _state.Names.ResolverOf(flight.Workload)?.Options.UsesTcp ?? false;
        if (_network.NodeLocalDns && AsksCluster(flight))
            foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
                if (_state.Names.NodeCaches.TryGet(workload.Sources[flight.Source].Node, QuestionOf(flight, question), _simulation.Now, out _))
                    flight.Lookup.Pending &= ~question;
        if (flight.Lookup.Pending != Questions.None)
        {
            Ask(ref flight, workload);
            return;
        }
        if (IsMeasured(flight))
            workload.Measurement.DnsQueries += 2;
        flight.Lookup.Sent = Questions.None;
        AnswerAt(ref flight, _simulation.Now + (2 * _network.DnsServiceTimeNs), isQuery: false);
    }

    // Asks a server what has no answer yet: A and AAAA at the same time, or one after the other.
    private void Ask(ref Flight flight, WorkloadState workload)
    {
        Questions pending = flight.Lookup.Pending;
        flight.Lookup.Sent = pending == Questions.Both && !AsksInParallel(flight) ? Questions.A : pending;
        flight.Resolved = false;
        flight.AskedAt = _simulation.Now;
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

    // Queries over TCP are sent again by the kernel, long before the resolver's own timeout. NodeLocal DNSCache is asked without conntrack, so
    // there is no race.
    private void LoseSome(ref Flight flight, WorkloadState workload)
    {
        if (flight.Lookup.OverTcp)
            return;
        if (_network.DnsRace > 0 && flight.Lookup.Sent == Questions.Both && !_network.NodeLocalDns && workload.NameStream.NextDouble() < _network.DnsRace)
            flight.Lookup.Sent = Questions.A;
        if (_network.DnsLoss > 0)
            foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
                if ((flight.Lookup.Sent & question) != 0 && workload.NameStream.NextDouble() < _network.DnsLoss)
                    flight.Lookup.Sent &= ~question;
    }

    // A pod of CoreDNS answers what reached it. A later answer than the resolver's timeout counts as lost.
    private void ServeQuery(ref Flight flight, WorkloadState workload, ref BackendState backend, long arrival, int nodes)
    {
        Questions answered = Questions.None;
        long slowest = 0;
        foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
            if ((flight.Lookup.Sent & question) != 0 && backend.TryServe(arrival, workload.ServiceStream, out long queue, out long service))
            {
                answered |= question;
                slowest = Math.Max(slowest, queue + service);
            }
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
        flight.Next = FlightEvent.NameAnswered;
        _simulation.Schedule(Math.Max(at, _simulation.Now), flight);
    }

    private void OnNameAnswered(ref Flight flight, WorkloadState workload)
    {
        if (flight.IsQuery && flight.Lookup.Sent == Questions.None)
        {
            AskAgain(ref flight, workload);
            return;
        }
        if (flight.IsQuery && (AsksUpstream(ref flight) || IsTruncated(ref flight, workload)))
            return;
        if (flight.IsQuery)
            KeepAnswers(flight, workload);
        flight.Lookup.Pending &= ~flight.Lookup.Sent;
        if (flight.Lookup.Pending == Questions.None)
            Conclude(ref flight, workload);
        else if (AsksInParallel(flight) && flight.IsQuery)
        {
            // The other one is lost.
            flight.Lookup.Sent = Questions.None;
            AnswerAt(ref flight, Deadline(flight, workload), isQuery: true);
        }
        else
            Ask(ref flight, workload);
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

    // The caches on the way back keep the answers: that of the CoreDNS pod, then that of the node. An answer that is kept counts down its TTL.
    private void KeepAnswers(in Flight flight, WorkloadState workload)
    {
        NameTable names = _state.Names;
        foreach (Questions question in (ReadOnlySpan<Questions>)[Questions.A, Questions.Aaaa])
        {
            if ((flight.Lookup.Sent & question) == 0)
                continue;
            int number = QuestionOf(flight, question);
            if (!names.ServerCaches.TryGet(flight.Backend, number, _simulation.Now, out (NameAnswer Answer, long Until) kept))
            {
                kept = (names.AnswerTo(number), _simulation.Now + names.TtlOf(names.AnswerTo(number)));
                long most = kept.Answer.IsForwarded ? _network.UpstreamTtlNs : _network.DnsCacheNs;
                if (most > 0)
                    names.ServerCaches.Keep(flight.Backend, number, kept.Answer, Math.Min(kept.Until, _simulation.Now + most));
            }
            if (!_network.NodeLocalDns)
                continue;
            long mostAtNode = kept.Answer.Addresses.IsEmpty && !kept.Answer.IsForwarded ? _network.NodeLocalNegativeTtlNs : _network.NodeLocalTtlNs;
            names.NodeCaches.Keep(
                workload.Sources[flight.Source].Node, number, kept.Answer, Math.Min(kept.Until, _simulation.Now + mostAtNode));
        }
    }

    // All questions about a name have answers: it has records, or the next one is tried.
    private void Conclude(ref Flight flight, WorkloadState workload)
    {
        (NameAnswer answer, long until) = ReplyTo(flight, workload, Questions.A);
        bool ends = !answer.Addresses.IsEmpty || !ReplyTo(flight, workload, Questions.Aaaa).Answer.Addresses.IsEmpty;
        if (!ends && flight.Lookup.Name + 1 < _state.Names.CountOf(flight.Workload))
        {
            flight.Lookup.Name++;
            AskForName(ref flight, workload);
            return;
        }
        int[] destinations = _state.Names.DestinationsOf(flight.Workload, answer);
        if (workload.Sources[flight.Source].Node == Topology.None || _network.ClientDnsCache)
            workload.LearnName(flight.Source, destinations, until);
        Forget(ref flight, destinations.Length == 0 ? Topology.None : workload.PickOf(destinations));
        _observer?.HeardName(flight, _simulation.Now);
        if (flight.Destination < 0)
            Fail(ref flight, workload, Failure.Unresolved, _simulation.Now);
        else
            Start(ref flight, workload);
    }

    private void FailToResolve(ref Flight flight, WorkloadState workload)
    {
        Forget(ref flight, Topology.None);
        Fail(ref flight, workload, Failure.Unresolved, _simulation.Now);
    }

    // The look-up has ended: the request goes on without what its queries met.
    private void Forget(ref Flight flight, int destination) => flight = new Flight
    {
        Workload = flight.Workload,
        Source = flight.Source,
        Destination = destination,
        Connection = Topology.None,
        Lease = Topology.None,
        Attempt = flight.Attempt,
        StartedAt = flight.StartedAt,
        AttemptAt = flight.AttemptAt,
        ConnectNs = flight.ConnectNs,
        DnsNs = _simulation.Now - flight.StartedAt - flight.ConnectNs,
        Resolved = true,
    };

    // The answer that the client gets, and until when it may keep it [ns].
    private (NameAnswer Answer, long Until) ReplyTo(in Flight flight, WorkloadState workload, Questions question)
    {
        int number = QuestionOf(flight, question);
        NameTable names = _state.Names;
        if (!AsksCluster(flight))
            return (names.AnswerTo(number), _simulation.Now + PublicTtlNs);
        if (_network.NodeLocalDns && names.NodeCaches.TryGet(workload.Sources[flight.Source].Node, number, _simulation.Now, out var atNode))
            return atNode;
        return names.ServerCaches.TryGet(flight.Backend, number, _simulation.Now, out var atServer)
            ? atServer : (names.AnswerTo(number), _simulation.Now + names.TtlOf(names.AnswerTo(number)));
    }

    private bool AsksInParallel(in Flight flight) => _state.Names.ResolverOf(flight.Workload)?.Options.AsksInParallel ?? true;

    // The server of this try. A client outside the cluster has a resolver of its own.
    private bool AsksCluster(in Flight flight) =>
        _state.Names.ResolverOf(flight.Workload) is { } resolver && resolver.Servers[(flight.Lookup.FirstServer + flight.Lookup.Tries) % resolver.Servers.Length];

    private int NameOf(in Flight flight) => _state.Names.NameAt(flight.Workload, flight.Lookup.Name, AsksCluster(flight));

    private int QuestionOf(in Flight flight, Questions question) => NameTable.QuestionOf(NameOf(flight), question);

    // When the resolver stops waiting for an answer: its timeout, doubled with each further server and shared among them (res_send.c, send_dg), or
    // the client's own.
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
