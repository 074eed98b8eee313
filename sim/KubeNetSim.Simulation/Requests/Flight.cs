namespace KubeNetSim.Simulation.Requests;

/// <summary>What happens next to a request. The value payload of the engine's events: a request in flight is its own next event.</summary>
internal enum FlightEvent : byte
{
    /// <summary>The client begins an attempt.</summary>
    Start,

    /// <summary>The packet reaches a load balancer outside the cluster.</summary>
    AtLoadBalancer,

    /// <summary>The packet reaches a node, which is not yet known to be the backend's.</summary>
    AtNode,

    /// <summary>The request reaches its backend's node, and with it the backend.</summary>
    AtBackend,

    /// <summary>The answer to a DNS query reaches the client.</summary>
    NameAnswered,

    /// <summary>The response reaches the client; only where the client acts on it.</summary>
    Answered,

    /// <summary>The cluster changes while a backend works on the request: it may be killed before it answers.</summary>
    BackendChanges,

    /// <summary>The next request of an open-loop workload is due.</summary>
    NextArrival,

    /// <summary>A user of a closed loop has thought enough.</summary>
    NextThought,
}

/// <summary>A request in flight, or the DNS query that it waits for. Small, since the event queue holds one for each request.</summary>
internal struct Flight
{
    /// <summary>When the request started: its latency counts from here [ns].</summary>
    public long StartedAt;

    /// <summary>When this attempt started; later than <see cref="StartedAt"/> for a retry [ns].</summary>
    public long AttemptAt;

    /// <summary>Time spent on names so far [ns].</summary>
    public long DnsNs;

    /// <summary>Time spent on handshakes, on waiting for a connection and on earlier attempts so far [ns].</summary>
    public long ConnectNs;

    /// <summary>Time that its packets have waited for packet cores of nodes so far [ns].</summary>
    public long WaitNs;

    /// <summary>Time spent on rules so far; waiting for packet cores is not part of it [ns].</summary>
    public long RulesNs;

    /// <summary>Time spent on the wire, in hooks and conntrack so far [ns].</summary>
    public long NetworkNs;

    /// <summary>Index into the workload's sources.</summary>
    public int Source;

    /// <summary>Index into the run's destinations.</summary>
    public int Destination;

    /// <summary>The node that the packet arrives at next, or is at.</summary>
    public int Node;

    /// <summary>The backend that it goes to, once a rule or an address determines it.</summary>
    public int Backend;

    /// <summary>The load balancer's listener that it came to.</summary>
    public int Listener;

    /// <summary>Connection that outlives the request; -1 where there is none.</summary>
    public int Connection;

    /// <summary>What a node's scheduler gets back when the connection ends; -1 for nothing.</summary>
    public int Lease;

    /// <summary>Index of the workload.</summary>
    public ushort Workload;

    /// <summary>Legs that the packet took.</summary>
    public Legs Legs;

    /// <summary>Nodes whose rules or conntrack it passed, the backend's own not counted where it enters that last.</summary>
    public byte Stops;

    /// <summary>Attempts made before this one.</summary>
    public byte Attempt;

    /// <summary>What happens next.</summary>
    public FlightEvent Next;

    /// <summary>Of a look-up: how far it has come.</summary>
    public LookupStep Lookup;

    private Traits _traits;

    /// <summary>Whether this is a DNS query of a request, or those for A and AAAA together.</summary>
    public bool IsQuery
    {
        readonly get => (_traits & Traits.Query) != 0;
        set => Set(Traits.Query, value);
    }

    /// <summary>Whether the backend sees another address than the client's.</summary>
    public bool Masqueraded
    {
        readonly get => (_traits & Traits.Masqueraded) != 0;
        set => Set(Traits.Masqueraded, value);
    }

    /// <summary>Whether it went from one node to another.</summary>
    public bool CrossedNodes
    {
        readonly get => (_traits & Traits.CrossedNodes) != 0;
        set => Set(Traits.CrossedNodes, value);
    }

    /// <summary>Whether the name has been resolved in this attempt.</summary>
    public bool Resolved
    {
        readonly get => (_traits & Traits.Resolved) != 0;
        set => Set(Traits.Resolved, value);
    }

    /// <summary>Whether it uses a connection that was open already.</summary>
    public bool Established
    {
        readonly get => (_traits & Traits.Established) != 0;
        set => Set(Traits.Established, value);
    }

    /// <summary>Whether a load balancer handled it.</summary>
    public bool ViaLoadBalancer
    {
        readonly get => (_traits & Traits.ViaLoadBalancer) != 0;
        set => Set(Traits.ViaLoadBalancer, value);
    }

    /// <summary>Whether the load balancer wrote the node's address and node port over its own.</summary>
    public bool Retargeted
    {
        readonly get => (_traits & Traits.Retargeted) != 0;
        set => Set(Traits.Retargeted, value);
    }

    /// <summary>Whether the backend's node is another machine than the one before it.</summary>
    public bool Enters
    {
        readonly get => (_traits & Traits.Enters) != 0;
        set => Set(Traits.Enters, value);
    }

    /// <summary>Whether it is the call of a router's pod, on behalf of a client's request.</summary>
    public bool IsCall
    {
        readonly get => (_traits & Traits.Call) != 0;
        set => Set(Traits.Call, value);
    }

    /// <summary>Whether it is a copy that a router's pod sends, whose answer no request waits for.</summary>
    public readonly bool IsCopy => IsCall && Caller < 0;

    /// <summary>Whether a router's pod passed it on.</summary>
    public bool Relayed
    {
        readonly get => (_traits & Traits.Relayed) != 0;
        set => Set(Traits.Relayed, value);
    }

    /// <summary>
    /// Slot in the table of waiting requests: of a call, the client's request, -1 for a copy. Shares the field of <see cref="Listener"/>,
    /// since calls inside the cluster come to no load balancer.
    /// </summary>
    public int Caller
    {
        readonly get => Listener;
        set => Listener = value;
    }

    /// <summary>
    /// Of a look-up: when the resolver sent its last query [ns]. It has the room of <see cref="DnsNs"/>, which is known when the look-up
    /// ends.
    /// </summary>
    public long AskedAt
    {
        readonly get => DnsNs;
        set => DnsNs = value;
    }

    /// <summary>
    /// How often its packets have passed load balancers; each time takes the same. It has the room of <see cref="LookupStep.Tries"/>: no
    /// packet passes one before the look-up has ended.
    /// </summary>
    public byte BalancerPasses
    {
        readonly get => Lookup.Tries;
        set => Lookup.Tries = value;
    }

    /// <summary>Whether its connection is closed with it.</summary>
    public bool Closes
    {
        readonly get => (_traits & Traits.Closes) != 0;
        set => Set(Traits.Closes, value);
    }

    private void Set(Traits trait, bool value) => _traits = value ? _traits | trait : _traits & ~trait;

    [Flags]
    private enum Traits : ushort
    {
        Query = 1,
        Masqueraded = 2,
        CrossedNodes = 4,
        Resolved = 8,
        Established = 16,
        ViaLoadBalancer = 32,
        Retargeted = 64,
        Enters = 128,
        Closes = 256,
        Call = 512,
        Relayed = 1_024,
    }
}
