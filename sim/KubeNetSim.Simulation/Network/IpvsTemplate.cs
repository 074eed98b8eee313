namespace KubeNetSim.Simulation.Network;

/// <summary>
/// What an IPVS node remembers of a client under session affinity: a template, which controls the connections that were made by it. It lives
/// for the timeout after its last connection began, and in any case as long as one of its connections has an entry
/// (net/netfilter/ipvs/ip_vs_conn.c, ip_vs_conn_expire).
/// </summary>
/// <param name="server">Where the client goes.</param>
/// <param name="timeoutNs">Timeout of the virtual server [ns].</param>
internal sealed class IpvsTemplate(Remembered server, long timeoutNs)
{
    // ip_vs_conn_expire: a template that still controls connections is looked at again after 60 s, and that is its timeout from then on.
    private const long LaterNs = 60 * Nanoseconds.PerSecond;

    // ip_vs_proto_tcp.c, tcp_timeouts: the entry of a closed connection stays in TIME_WAIT.
    private const long LingersNs = 120 * Nanoseconds.PerSecond;

    private long _timeoutNs = timeoutNs;
    private long _expiresAt;
    private long _controlsUntil;
    private int _open;

    /// <summary>Where the client goes.</summary>
    public Remembered Server { get; } = server;

    /// <summary>Whether it exists at a time [ns], never less than the time before.</summary>
    public bool IsAlive(long now)
    {
        while (_expiresAt <= now)
        {
            if (_open == 0 && _controlsUntil <= _expiresAt)
                return false;
            _timeoutNs = LaterNs;
            _expiresAt += LaterNs;
        }
        return true;
    }

    /// <summary>A connection begins by it at a time [ns].</summary>
    public void Opened(long now)
    {
        _open++;
        _expiresAt = now + _timeoutNs;
    }

    /// <summary>One of its connections ends at a time [ns].</summary>
    public void Closed(long now)
    {
        _open--;
        _controlsUntil = now + LingersNs;
    }
}
