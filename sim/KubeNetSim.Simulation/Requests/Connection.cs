namespace KubeNetSim.Simulation.Requests;

/// <summary>One connection and the path of its packets. Small, since a client has one to each Service it calls.</summary>
internal struct Connection(int source, int to)
{
    private Stop _firstStop;
    private Stop[]? _laterStops;
    private int _destination;
    private int _listener;
    private bool _enters;
    private bool _masqueraded;
    private bool _crossedNodes;

    /// <summary>Whose it is: the number of the client.</summary>
    public readonly int Source = source;

    /// <summary>What it was opened for: the destination by which the client knows it.</summary>
    public readonly int To = to;

    /// <summary>Nodes whose cores process its packets, before the backend's own where that is another one.</summary>
    public int StopCount { readonly get; private set; }

    /// <summary>The next of its client's idle connections, where it is idle and not the last of them.</summary>
    public int NextIdle { get; set; }

    /// <summary>
    /// The next of its client's connections with a response in flight, plus one; 0 for none. A field, so that it can be passed by
    /// reference.
    /// </summary>
    public int NextReturning;

    /// <summary>Whether the handshakes are over.</summary>
    public bool IsOpen { get; private set; }

    public int Requests { get; set; }

    /// <summary>When the last response came back, or will [ns].</summary>
    public long IdleSince;

    public int Backend { get; private set; }

    public int Lease { get; private set; }

    public bool ViaLoadBalancer { get; private set; }

    /// <summary>Legs of the whole path.</summary>
    public Legs Legs { get; private set; }

    /// <summary>One of the nodes on the path, with the legs that lead there.</summary>
    public readonly Stop StopAt(int place) => place == 0 ? _firstStop : _laterStops![place - 1];

    /// <summary>Adds the next node of the path.</summary>
    public void Pass(Stop stop)
    {
        if (StopCount++ == 0)
            _firstStop = stop;
        else
            _laterStops = [.. _laterStops ?? [], stop];
    }

    /// <summary>The connection is open: its packets take the path of its first request.</summary>
    public void Open(in Flight first, long now)
    {
        IsOpen = true;
        IdleSince = now;
        Backend = first.Backend;
        Lease = first.Lease;
        Legs = first.Legs;
        ViaLoadBalancer = first.ViaLoadBalancer;
        _destination = first.Destination;
        _listener = first.Listener;
        _enters = first.Enters;
        _masqueraded = first.Masqueraded;
        _crossedNodes = first.CrossedNodes;
    }

    /// <summary>Sets the path of another request on this connection.</summary>
    public readonly void Lead(ref Flight flight)
    {
        flight.Established = true;
        flight.Destination = _destination;
        flight.Backend = Backend;
        // A call keeps its caller there.
        if (!flight.IsCall)
            flight.Listener = _listener;
        flight.Legs = Legs;
        flight.Enters = _enters;
        flight.Masqueraded = _masqueraded;
        flight.CrossedNodes = _crossedNodes;
        flight.ViaLoadBalancer = ViaLoadBalancer;
        flight.Lease = Topology.None;
        flight.Stops = 0;
    }
}

/// <summary>A node on the path, and the legs from the client up to it.</summary>
internal readonly record struct Stop(int Node, Legs LegsSoFar);
