namespace KubeNetSim.Simulation.Requests;

/// <summary>The names' side: looking a name up before a connection can be opened.</summary>
internal sealed partial class RequestFlow
{
    /// <summary>
    /// How long a client outside keeps the address of a load balancer: what the clouds' own zones say (Route 53 alias records of AWS load
    /// balancers, 60 s).
    /// </summary>
    private const long PublicTtlNs = 60 * Nanoseconds.PerSecond;

    // A client outside asks its own resolver, and so does a pod whose dnsPolicy says so; one inside asks CoreDNS, by a datagram through
    // the rules of its own node like any other.
    private void AskForName(ref Flight flight, WorkloadState workload)
    {
        if (IsMeasured(flight))
            workload.Measurement.DnsQueries++;
        if (AsksOutside(flight, workload))
        {
            flight.Queries++;
            flight.Next = FlightEvent.NameAnswered;
            _simulation.Schedule(_simulation.Now + _network.UpstreamDnsNs, flight);
            return;
        }
        if (_network.NodeLocalDns && _state.Names.IsCached(workload.Sources[flight.Source].Node, flight.Workload, _simulation.Now))
        {
            AskNode(ref flight);
            return;
        }
        if (_state.Names.Server is not { } server)
        {
            Fail(ref flight, workload, Failure.Unresolved, _simulation.Now);
            return;
        }
        flight.IsQuery = true;
        flight.Queries++;
        flight.Stops = 0;
        flight.Legs = default;
        flight.Destination = server;
        flight.Node = workload.Sources[flight.Source].Node;
        PassNode(ref flight, workload);
    }

    private bool AsksOutside(in Flight flight, WorkloadState workload) =>
        workload.Sources[flight.Source].Node == Topology.None || !_state.Names.AsksCluster(flight.Workload);

    // The node's own cache knows the answers to all questions of the search path, those of "no such name" included.
    private void AskNode(ref Flight flight)
    {
        int queries = _state.Names.QueriesFor(flight.Workload);
        flight.Resolved = true;
        flight.Queries = (byte)queries;
        flight.Next = FlightEvent.NameAnswered;
        _simulation.Schedule(_simulation.Now + (queries * _network.DnsServiceTimeNs), flight);
    }

    private void HearName(ref Flight flight, WorkloadState workload)
    {
        bool outside = AsksOutside(flight, workload);
        if (flight.Queries < _state.Names.QueriesFor(flight.Workload))
        {
            AskForName(ref flight, workload);
            return;
        }
        if (!outside && !flight.Resolved && _state.Names.ForwardedBy(flight.Backend, flight.Workload, _simulation.Now) is > 0 and int forwarded)
        {
            // CoreDNS has no record of its own and asks upstream before it answers. What it hears it keeps, that there is no such name
            // included.
            long heard = _simulation.Now + (forwarded * _network.UpstreamDnsNs);
            _state.Names.Remember(flight.Backend, flight.Workload, heard, heard + _network.UpstreamTtlNs);
            flight.Resolved = true;
            _simulation.Schedule(heard, flight);
            return;
        }
        bool wasAsked = flight.IsQuery;
        flight = new Flight
        {
            Workload = flight.Workload,
            Source = flight.Source,
            Destination = Topology.None,
            Connection = Topology.None,
            Lease = Topology.None,
            Attempt = flight.Attempt,
            StartedAt = flight.StartedAt,
            AttemptAt = flight.AttemptAt,
            ConnectNs = flight.ConnectNs,
            DnsNs = _simulation.Now - flight.StartedAt - flight.ConnectNs,
            Resolved = true,
        };
        _observer?.NameResolved(flight, _simulation.Now);
        if (_network.NodeLocalDns && wasAsked)
            _state.Names.Cache(workload.Sources[flight.Source].Node, flight.Workload, _simulation.Now + _network.DnsTtlNs);
        if (workload.Sources[flight.Source].Node == Topology.None || _network.ClientDnsCache)
            workload.LearnName(flight.Source, _simulation.Now + (outside ? PublicTtlNs : _network.DnsTtlNs));
        Start(ref flight, workload);
    }
}
