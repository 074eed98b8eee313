using System.Runtime.InteropServices;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>
/// Connections that outlive a request. kube-proxy balanced them when they opened: every later request takes the same way to the
/// same backend, which is how keep-alive, HTTP/2 and gRPC skew load.
/// </summary>
internal sealed class ConnectionPool(ConnectionSpec spec, Balancing balancing, BackendTable backends)
{
    private readonly List<Connection> _connections = [];
    private readonly Stack<int> _free = new();
    private readonly Dictionary<(int Source, int Destination), PoolOfClient> _clients = [];

    /// <summary>Connections opened and still open.</summary>
    public Connection this[int connection] => _connections[connection];

    /// <summary>
    /// An open connection of this client that can take a request now; -1 where there is none. HTTP/2 shares its connections in
    /// turn, keep-alive takes the one that was used last, as net/http of Go does.
    /// </summary>
    public int TryTake(int source, int destination, long now)
    {
        if (!_clients.TryGetValue((source, destination), out PoolOfClient? client))
            return -1;
        if (spec.Reuse == ConnectionReuse.Http2)
            return TakeInTurn(client, now);
        while (client.Open.Count > 0)
        {
            int connection = client.Open[^1];
            client.Open.RemoveAt(client.Open.Count - 1);
            if (!HasExpired(_connections[connection], now))
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
        ref PoolOfClient? client = ref CollectionsMarshal.GetValueRefOrAddDefault(_clients, (source, destination), out _);
        client ??= new PoolOfClient();
        if (spec.Reuse == ConnectionReuse.Http2 && client.Open.Count + client.Opening >= spec.PerClient)
            return -1;
        client.Opening++;
        int connection = _free.Count > 0 ? _free.Pop() : _connections.Count;
        Connection fresh = new(source, destination);
        if (connection == _connections.Count)
            _connections.Add(fresh);
        else
            _connections[connection] = fresh;
        return connection;
    }

    /// <summary>A request waits until one of its client's connections is open.</summary>
    public void Wait(in Flight flight, int destination) => _clients[(flight.Source, destination)].Waiting.Enqueue(flight);

    /// <summary>A connection is open. Says which requests waited for that.</summary>
    public Queue<Flight>? Opened(int connection)
    {
        PoolOfClient client = ClientOf(connection);
        client.Opening--;
        if (spec.Reuse != ConnectionReuse.Http2)
            return null;
        client.Open.Add(connection);
        return client.Waiting.Count > 0 ? client.Waiting : null;
    }

    /// <summary>A connection could not be opened. Says which requests waited for it: they must try themselves.</summary>
    public Queue<Flight>? Failed(int connection)
    {
        PoolOfClient client = ClientOf(connection);
        client.Opening--;
        _free.Push(connection);
        return client.Waiting.Count > 0 ? client.Waiting : null;
    }

    /// <summary>A response came back on a connection, or (<paramref name="usable"/> false) its client gave up on it.</summary>
    public void Return(int connection, long now, bool usable)
    {
        Connection item = _connections[connection];
        item.Requests++;
        item.IdleSince = now;
        bool worn = !usable || (spec.MaxRequests > 0 && item.Requests >= spec.MaxRequests);
        PoolOfClient client = ClientOf(connection);
        if (spec.Reuse == ConnectionReuse.Http2)
        {
            // Requests may still be on their way on it: it is only not used for new ones, and left to the collector.
            if (worn && client.Open.Remove(connection))
                balancing.Close(item.Lease, now);
            return;
        }
        if (worn || client.Open.Count >= spec.PerClient)
            Close(connection, now);
        else
            client.Open.Add(connection);
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
        backends[connection.Backend].Life != BackendLife.Serving ||
        spec.IdleTimeoutNs > 0 && now - connection.IdleSince > spec.IdleTimeoutNs;

    private PoolOfClient ClientOf(int connection) =>
        _clients[(_connections[connection].Source, _connections[connection].Destination)];

    private sealed class PoolOfClient
    {
        public List<int> Open { get; } = [];

        public Queue<Flight> Waiting { get; } = new();

        public int Opening { get; set; }

        public int Turn { get; set; } = -1;
    }
}

/// <summary>One connection and the way that its packets take.</summary>
internal sealed class Connection(int source, int destination)
{
    private Flight _opening;

    /// <summary>Nodes whose cores its packets pass on the way, before the backend's own where that is another one; with the legs that lead there.</summary>
    public List<Stop> Stops { get; } = [];

    public int Source { get; } = source;

    /// <summary>What its pool is keyed by: the destination, or -1 where a name has a single pool.</summary>
    public int Destination { get; } = destination;

    /// <summary>Whether the handshakes are over.</summary>
    public bool IsOpen { get; private set; }

    public int Requests { get; set; }

    public long IdleSince { get; set; }

    public int Backend => _opening.Backend;

    public int Lease => _opening.Lease;

    public bool ViaLoadBalancer => _opening.ViaLoadBalancer;

    /// <summary>Legs of the whole way.</summary>
    public Legs Legs => _opening.Legs;

    /// <summary>The connection is open: its packets go the way that its first request found.</summary>
    public void Open(in Flight first, long now)
    {
        _opening = first;
        IsOpen = true;
        IdleSince = now;
    }

    /// <summary>Leads another request the same way.</summary>
    public void Lead(ref Flight flight)
    {
        flight.Established = true;
        flight.Destination = _opening.Destination;
        flight.Backend = _opening.Backend;
        // A call keeps its caller there.
        if (!flight.IsCall)
            flight.Listener = _opening.Listener;
        flight.Legs = _opening.Legs;
        flight.Enters = _opening.Enters;
        flight.Masqueraded = _opening.Masqueraded;
        flight.CrossedNodes = _opening.CrossedNodes;
        flight.ViaLoadBalancer = _opening.ViaLoadBalancer;
        flight.Lease = Topology.None;
        flight.Stops = 0;
    }
}

/// <summary>A node on the way, and the legs from the client up to it.</summary>
internal readonly record struct Stop(int Node, Legs LegsSoFar);
