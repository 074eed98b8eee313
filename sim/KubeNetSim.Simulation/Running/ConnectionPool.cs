using System.Runtime.InteropServices;
using KubeNetSim.Engine;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>
/// Connections that outlive a request. kube-proxy balanced them when they opened: every later request takes the same way to the
/// same backend, which is how keep-alive, HTTP/2 and gRPC skew load.
/// </summary>
internal sealed class ConnectionPool(ConnectionSpec spec, Balancing balancing, BackendTable backends, bool podsChange)
{
    private readonly Stack<int> _free = new();
    private readonly Dictionary<PairKey, PoolOfClient> _clients = [];
    private Connection[] _connections = new Connection[16];
    private int _count;

    /// <summary>Connections opened and still open.</summary>
    public Connection this[int connection] => _connections[connection];

    /// <summary>Something will happen on a connection soon: fetches it into the processor's cache.</summary>
    public void Foresee(int connection) => _connections[connection].Foresee();

    /// <summary>
    /// An open connection of this client that can take a request now; -1 where there is none. HTTP/2 shares its connections in
    /// turn, keep-alive takes the one that was used last, as net/http of Go does.
    /// </summary>
    public int TryTake(int source, int destination, long now)
    {
        if (!_clients.TryGetValue(new PairKey(source, destination), out PoolOfClient? client))
            return -1;
        if (spec.Reuse == ConnectionReuse.Http2)
            return TakeInTurn(client, now);
        while (client.Idle >= 0)
        {
            int connection = client.Idle;
            Connection item = _connections[connection];
            client.Idle = item.NextIdle;
            client.IdleCount--;
            if (!HasExpired(item, now))
                return connection;
            Close(connection, now);
        }
        return -1;
    }

    /// <summary>
    /// Begins a connection, or says -1 where the client (of HTTP/2) is opening its last one already: then the request must wait with
    /// <see cref="Wait"/>.
    /// </summary>
    public int TryBegin(int source, int destination)
    {
        ref PoolOfClient? client = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, new PairKey(source, destination), out _);
        client ??= new PoolOfClient();
        if (spec.Reuse == ConnectionReuse.Http2 && client.Open.Count + client.Opening >= spec.PerClient)
            return -1;
        client.Opening++;
        int connection = _free.Count > 0 ? _free.Pop() : _count++;
        if (connection == _connections.Length)
            Array.Resize(ref _connections, 2 * connection);
        _connections[connection] = new Connection(client);
        return connection;
    }

    /// <summary>A request waits until one of its client's connections is open.</summary>
    public void Wait(in Flight flight, int destination) => _clients[new PairKey(flight.Source, destination)].Waiting.Enqueue(flight);

    /// <summary>A connection is open. Says which requests waited for that.</summary>
    public Queue<Flight>? Opened(int connection)
    {
        PoolOfClient client = _connections[connection].Client;
        client.Opening--;
        if (spec.Reuse != ConnectionReuse.Http2)
            return null;
        client.Open.Add(connection);
        return client.Waiting.Count > 0 ? client.Waiting : null;
    }

    /// <summary>A connection could not be opened. Says which requests waited for it: they must try themselves.</summary>
    public Queue<Flight>? Failed(int connection)
    {
        PoolOfClient client = _connections[connection].Client;
        client.Opening--;
        _free.Push(connection);
        return spec.Reuse == ConnectionReuse.Http2 && client.Waiting.Count > 0 ? client.Waiting : null;
    }

    /// <summary>A response came back on a connection, or (<paramref name="usable"/> false) its client gave up on it.</summary>
    public void Return(int connection, long now, bool usable)
    {
        Connection item = _connections[connection];
        item.Requests++;
        item.IdleSince = now;
        bool worn = !usable || (spec.MaxRequests > 0 && item.Requests >= spec.MaxRequests);
        PoolOfClient client = item.Client;
        if (spec.Reuse == ConnectionReuse.Http2)
        {
            // Requests may still be on their way on it: it is only not used for new ones, and left to the collector.
            if (worn && client.Open.Remove(connection))
                balancing.Close(item.Lease, now);
            return;
        }
        if (worn || client.IdleCount >= spec.PerClient)
        {
            Close(connection, now);
            return;
        }
        item.NextIdle = client.Idle;
        client.Idle = connection;
        client.IdleCount++;
    }

    private void Close(int connection, long now)
    {
        balancing.Close(_connections[connection].Lease, now);
        _free.Push(connection);
    }

    private int TakeInTurn(PoolOfClient client, long now)
    {
        foreach (int expired in client.Open.Where(connection => HasExpired(_connections[connection], now)).ToArray())
        {
            client.Open.Remove(expired);
            balancing.Close(_connections[expired].Lease, now);
        }
        if (client.Open.Count < spec.PerClient && client.Opening == 0)
            return -1;
        if (client.Open.Count == 0)
            return -1;
        client.Turn = (client.Turn + 1) % client.Open.Count;
        Connection taken = _connections[client.Open[client.Turn]];
        taken.IdleSince = now;
        return client.Open[client.Turn];
    }

    // Idle too long, or closed by a server that stops.
    private bool HasExpired(Connection connection, long now) =>
        (spec.IdleTimeoutNs > 0 && now - connection.IdleSince > spec.IdleTimeoutNs)
        || (podsChange && backends[connection.Backend].Life != BackendLife.Serving);
}

/// <summary>The connections of one client to one destination.</summary>
internal sealed class PoolOfClient
{
    private List<int>? _open;
    private Queue<Flight>? _waiting;

    /// <summary>The idle connection of keep-alive that was used last, from which the others hang; -1 for none.</summary>
    public int Idle { get; set; } = Topology.None;

    /// <summary>How many are idle.</summary>
    public int IdleCount { get; set; }

    /// <summary>Connections on their way to be open.</summary>
    public int Opening { get; set; }

    /// <summary>Connections of HTTP/2 that are open, idle or not.</summary>
    public List<int> Open => _open ??= [];

    /// <summary>Requests that wait for a connection of HTTP/2.</summary>
    public Queue<Flight> Waiting => _waiting ??= new Queue<Flight>();

    /// <summary>Place of the connection of HTTP/2 that was taken last.</summary>
    public int Turn { get; set; } = -1;
}

/// <summary>One connection and the way that its packets take. Small, since a client has one to each Service it calls.</summary>
internal sealed class Connection(PoolOfClient client)
{
    private Stop _firstStop;
    private Stop[] _laterStops = [];
    private int _destination;
    private int _listener;
    private bool _enters;
    private bool _masqueraded;
    private bool _crossedNodes;

    /// <summary>Whose it is.</summary>
    public PoolOfClient Client { get; } = client;

    /// <summary>Nodes whose cores its packets pass on the way, before the backend's own where that is another one.</summary>
    public int StopCount { get; private set; }

    /// <summary>The next of its client's idle connections; -1 for none.</summary>
    public int NextIdle { get; set; } = Topology.None;

    /// <summary>Whether the handshakes are over.</summary>
    public bool IsOpen { get; private set; }

    public int Requests { get; set; }

    public long IdleSince { get; set; }

    public int Backend { get; private set; }

    public int Lease { get; private set; }

    public bool ViaLoadBalancer { get; private set; }

    /// <summary>Legs of the whole way.</summary>
    public Legs Legs { get; private set; }

    /// <summary>Something will happen on it soon.</summary>
    public void Foresee() => Cache.Fetch(in _destination);

    /// <summary>One of the nodes on the way, with the legs that lead there.</summary>
    public Stop StopAt(int place) => place == 0 ? _firstStop : _laterStops[place - 1];

    /// <summary>The way leads through this node next.</summary>
    public void Pass(Stop stop)
    {
        if (StopCount++ == 0)
            _firstStop = stop;
        else
            _laterStops = [.. _laterStops, stop];
    }

    /// <summary>The connection is open: its packets go the way that its first request found.</summary>
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

    /// <summary>Leads another request the same way.</summary>
    public void Lead(ref Flight flight)
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

/// <summary>A node on the way, and the legs from the client up to it.</summary>
internal readonly record struct Stop(int Node, Legs LegsSoFar);
