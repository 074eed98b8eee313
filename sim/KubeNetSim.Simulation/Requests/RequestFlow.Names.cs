namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// The names' side: a client's resolver looks a name up before a connection can be opened. It asks for the names of its search path in
/// turn, for A and AAAA of each, until one has records. The caches on the way keep the answers.
/// </summary>
internal sealed partial class RequestFlow
{
    /// <summary>
    /// How long a client outside keeps the address of a load balancer: what the clouds' own zones say (Route 53 alias records of AWS load
    /// balancers, 60 s).
    /// </summary>
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
                if (_state.Names.NodeCaches.TryGet(
                    workload.Sources[flight.Source].Node, QuestionOf(flight, question), _simulation.Now, out _))
                    flight.Lookup.Pending &= ~question;
        if (flight.Lookup.Pending != Questions.None)
        {
            Ask(ref flight, workload);
            return;
        }
        if (IsMeasured(flight))
            workload.Measurement.DnsQueries += 2;
        flight.Lookup.Sent = Questions.None;
        _observer?.NameAsked(flight, isKnownAtNode: true, _simulation.Now);
        AnswerAt(ref flight, _simulation.Now + (2 * _network.DnsServiceTimeNs), isQuery: false);
    }

    private void OnNameAnswered(ref Flight flight, WorkloadState workload)
    {
        if (flight.IsQuery && flight.Lookup.Sent == Questions.None)
        {
            _observer?.QueryAnswered(flight, _simulation.Now);
            AskAgain(ref flight, workload);
            return;
        }
        if (flight.IsQuery && AsksUpstream(ref flight))
            return;
        if (flight.IsQuery)
            _observer?.QueryAnswered(flight, _simulation.Now);
        if (flight.IsQuery && IsTruncated(ref flight, workload))
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

    // The caches on the way back keep the answers: that of the CoreDNS pod, then that of the node. An answer that is kept counts down its
    // TTL.
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
                long most = kept.Answer.IsForwarded ? _network.UpstreamTtlNs
                    : kept.Answer.Addresses.IsEmpty ? _network.DnsNegativeCacheNs : _network.DnsCacheNs;
                if (most > 0)
                    names.ServerCaches.Keep(flight.Backend, number, kept.Answer, Math.Min(kept.Until, _simulation.Now + most));
            }
            if (!_network.NodeLocalDns)
                continue;
            bool isNegative = kept.Answer.Addresses.IsEmpty && !kept.Answer.IsForwarded;
            long mostAtNode = isNegative ? _network.NodeLocalNegativeTtlNs : _network.NodeLocalTtlNs;
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
        _observer?.NameResolved(flight, _simulation.Now);
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
        _state.Names.ResolverOf(flight.Workload) is { } resolver
        && resolver.Servers[(flight.Lookup.FirstServer + flight.Lookup.Tries) % resolver.Servers.Length];

    private int NameOf(in Flight flight) => _state.Names.NameAt(flight.Workload, flight.Lookup.Name, AsksCluster(flight));

    private int QuestionOf(in Flight flight, Questions question) => NameTable.QuestionOf(NameOf(flight), question);
}
