namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// Connections that outlive a request. kube-proxy balanced them when they opened: every later request takes the same path to the
/// same backend, which is how keep-alive, HTTP/2 and gRPC skew load. There may be one for each client and Service, so they lie in arrays.
/// </summary>
internal sealed class ConnectionPool(ConnectionSpec spec, Balancing balancing, BackendTable backends, bool podsChange)
{
    private readonly Stack<int> _free = new();
    private readonly CompactTable<PoolOfClient> _pools = new();
    private readonly List<SharedConnections> _shared = [];
    private Connection[] _connections = new Connection[16];
    private int _count;

    /// <summary>Connections opened and still open. The reference holds until another one begins.</summary>
    public ref Connection this[int connection] => ref _connections[connection];

    /// <summary>Fetches a connection into the processor's cache: an event on it follows soon.</summary>
    public void Prefetch(int connection)
    {
        // It may span two cache lines.
        Cache.Fetch(in _connections[connection].IdleSince);
        Cache.Fetch(in _connections[connection].NextReturning);
    }

    /// <summary>Fetches a client's pool into the processor's cache: it sends a request soon.</summary>
    public void Prefetch(int source, int destination) => _pools.Prefetch(source, destination, 0);

    /// <summary>Fetches the connection that a client's next request will probably take.</summary>
    public void PrefetchForTaking(int source, int destination)
    {
        ref readonly PoolOfClient pool = ref _pools.Peek(source, destination, 0);
        if (pool.IdleCount > 0)
            Prefetch(pool.LastIdle);
        if (pool.Returning > 0)
            Prefetch(pool.Returning - 1);
    }

    /// <summary>
    /// An open connection of this client that can take a request now; -1 where there is none. HTTP/2 shares its connections in
    /// turn, keep-alive takes the one that was used last, as net/http of Go does.
    /// </summary>
    public int TryTake(int source, int destination, long now)
    {
        if (spec.Reuse == ConnectionReuse.Http2)
            return TakeInTurn(SharedBy(source, destination), now);
        ref PoolOfClient pool = ref _pools.At(source, destination, 0, out _);
        Settle(ref pool, now);
        while (pool.IdleCount > 0)
        {
            int connection = pool.LastIdle;
            ref Connection item = ref _connections[connection];
            pool.LastIdle = item.NextIdle;
            pool.IdleCount--;
            if (!HasExpired(item, now))
                return connection;
            Close(connection, now);
        }
        return -1;
    }

    /// <summary>
    /// Whether a response needs no event of its own: the time of its return (<see cref="ReturnAt"/>) matters only to the client's next
    /// request.
    /// </summary>
    public bool ReturnsWithoutEvent => spec.Reuse == ConnectionReuse.KeepAlive && !balancing.CountsConnections;

    /// <summary>A response returns on a connection at this time, now or later [ns].</summary>
    public void ReturnAt(int connection, long at)
    {
        ref Connection item = ref _connections[connection];
        item.IdleSince = at;
        ref int next = ref PoolOf(item).Returning;
        while (next > 0 && _connections[next - 1].IdleSince <= at)
            next = ref _connections[next - 1].NextReturning;
        item.NextReturning = next;
        next = connection + 1;
    }

    /// <summary>
    /// Begins a connection, or says -1 where the client (of HTTP/2) is opening its last one already: then the request must wait with
    /// <see cref="Wait"/>.
    /// </summary>
    public int TryBegin(int source, int destination)
    {
        if (spec.Reuse == ConnectionReuse.Http2)
        {
            SharedConnections shared = SharedBy(source, destination);
            if (shared.Open.Count + shared.Opening >= spec.PerClient)
                return -1;
            shared.Opening++;
        }
        int connection = _free.Count > 0 ? _free.Pop() : _count++;
        if (connection == _connections.Length)
            Array.Resize(ref _connections, 2 * connection);
        _connections[connection] = new Connection(source, destination);
        return connection;
    }

    /// <summary>A request waits until one of its client's connections is open.</summary>
    public void Wait(in Flight flight, int destination) => SharedBy(flight.Source, destination).Waiting.Enqueue(flight);

    /// <summary>A connection is open. Says which requests waited for that.</summary>
    public Queue<Flight>? Opened(int connection)
    {
        if (spec.Reuse != ConnectionReuse.Http2)
            return null;
        SharedConnections shared = SharedBy(_connections[connection]);
        shared.Opening--;
        shared.Open.Add(connection);
        return shared.Waiting.Count > 0 ? shared.Waiting : null;
    }

    /// <summary>A connection could not be opened. Says which requests waited for it: they must try themselves.</summary>
    public Queue<Flight>? Failed(int connection)
    {
        _free.Push(connection);
        if (spec.Reuse != ConnectionReuse.Http2)
            return null;
        SharedConnections shared = SharedBy(_connections[connection]);
        shared.Opening--;
        return shared.Waiting.Count > 0 ? shared.Waiting : null;
    }

    /// <summary>A response came back on a connection, or (<paramref name="usable"/> false) its client gave up on it.</summary>
    public void Return(int connection, long now, bool usable)
    {
        ref Connection item = ref _connections[connection];
        item.Requests++;
        item.IdleSince = now;
        bool worn = !usable || (spec.MaxRequests > 0 && item.Requests >= spec.MaxRequests);
        if (spec.Reuse == ConnectionReuse.Http2)
        {
            // It may still have requests in flight: it takes no new ones, and its number is not reused.
            if (worn && SharedBy(item).Open.Remove(connection))
                balancing.Close(item.Lease, now);
            return;
        }
        ref PoolOfClient pool = ref PoolOf(item);
        if (worn || pool.IdleCount >= spec.PerClient)
        {
            Close(connection, now);
            return;
        }
        item.NextIdle = pool.LastIdle;
        pool.LastIdle = connection;
        pool.IdleCount++;
    }

    // Responses that are back by now, the earliest first.
    private void Settle(ref PoolOfClient pool, long now)
    {
        while (pool.Returning > 0 && _connections[pool.Returning - 1].IdleSince <= now)
        {
            int connection = pool.Returning - 1;
            pool.Returning = _connections[connection].NextReturning;
            Return(connection, _connections[connection].IdleSince, usable: true);
        }
    }

    private ref PoolOfClient PoolOf(in Connection connection) => ref _pools.At(connection.Source, connection.To, 0, out _);

    private SharedConnections SharedBy(in Connection connection) => SharedBy(connection.Source, connection.To);

    private SharedConnections SharedBy(int source, int destination)
    {
        ref PoolOfClient pool = ref _pools.At(source, destination, 0, out _);
        if (pool.Shared == 0)
        {
            _shared.Add(new SharedConnections());
            pool.Shared = _shared.Count;
        }
        return _shared[pool.Shared - 1];
    }

    private void Close(int connection, long now)
    {
        balancing.Close(_connections[connection].Lease, now);
        _free.Push(connection);
    }

    private int TakeInTurn(SharedConnections shared, long now)
    {
        for (int place = shared.Open.Count - 1; place >= 0; place--)
        {
            ref readonly Connection item = ref _connections[shared.Open[place]];
            if (!HasExpired(item, now))
                continue;
            shared.Open.RemoveAt(place);
            balancing.Close(item.Lease, now);
        }
        if (shared.Open.Count < spec.PerClient && shared.Opening == 0)
            return -1;
        if (shared.Open.Count == 0)
            return -1;
        shared.Turn = (shared.Turn + 1) % shared.Open.Count;
        _connections[shared.Open[shared.Turn]].IdleSince = now;
        return shared.Open[shared.Turn];
    }

    // Idle too long, or closed by a server that stops.
    private bool HasExpired(in Connection connection, long now) =>
        (spec.IdleTimeoutNs > 0 && now - connection.IdleSince > spec.IdleTimeoutNs)
        || (podsChange && backends[connection.Backend].Life != BackendLife.Serving);

    /// <summary>The connections of one client to one destination.</summary>
    private struct PoolOfClient
    {
        /// <summary>The idle connection of keep-alive that was used last, from which the others hang.</summary>
        public int LastIdle;

        /// <summary>How many are idle.</summary>
        public int IdleCount;

        /// <summary>The connection whose response will be back first, and one more, from which the others hang; 0 for none.</summary>
        public int Returning;

        /// <summary>Which of the connections of HTTP/2 they are, and one more; 0 for none yet, and for keep-alive.</summary>
        public int Shared;
    }
}
