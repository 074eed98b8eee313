namespace KubeNetSim.Simulation.Network;

/// <summary>How long the legs of a path take: base latency, jitter and transmission of a workload's messages, by distance.</summary>
internal sealed class LegTimes
{
    private readonly long[] _latency = new long[Legs.Distances];
    private readonly long[] _jitter = new long[Legs.Distances];
    private readonly long[] _sendRequest = new long[Legs.Distances];
    private readonly long[] _sendResponse = new long[Legs.Distances];

    public LegTimes(NetworkProfile network, long requestBytes, long responseBytes)
    {
        for (int distance = 0; distance < Legs.Distances; distance++)
        {
            PathProfile path = network.Of((Distance)distance);
            _latency[distance] = path.LatencyNs;
            _jitter[distance] = path.JitterNs;
            _sendRequest[distance] = Transmission(requestBytes, path.BandwidthBps);
            _sendResponse[distance] = Transmission(responseBytes, path.BandwidthBps);
        }
    }

    /// <summary>One leg, <paramref name="times"/> times in either direction [ns]. Each time draws its own exponential jitter.</summary>
    public long Leg(Distance distance, int times, RandomStream stream)
    {
        long mean = _jitter[(int)distance];
        return (times * _latency[(int)distance]) + (mean == 0 ? 0 : Jitter(mean, times, stream));
    }

    /// <summary>All legs of a path, <paramref name="times"/> times each [ns].</summary>
    public long OneWay(Legs legs, int times, RandomStream stream)
    {
        long total = 0;
        for (Legs rest = legs; !rest.IsEmpty; rest = rest.Without(rest.Shortest))
            total += Leg(rest.Shortest, times * legs.Count(rest.Shortest), stream);
        return total;
    }

    /// <summary>
    /// The handshakes of a connection whose first packet is before the last leg: that leg once, and the whole path
    /// <paramref name="times"/> times [ns].
    /// </summary>
    public long Handshake(Legs legs, Distance last, int times, RandomStream stream)
    {
        long total = 0;
        for (Legs rest = legs; !rest.IsEmpty; rest = rest.Without(rest.Shortest))
            total += Leg(rest.Shortest, (times * legs.Count(rest.Shortest)) + (rest.Shortest == last ? 1 : 0), stream);
        return total;
    }

    /// <summary>One leg, with the mean of its jitter [ns].</summary>
    public long MeanLeg(Distance distance) => _latency[(int)distance] + _jitter[(int)distance];

    /// <summary>All legs of a path once, with the mean of their jitter [ns].</summary>
    public long MeanOneWay(Legs legs)
    {
        long total = 0;
        for (int distance = 0; distance < Legs.Distances; distance++)
            total += legs.Count((Distance)distance) * MeanLeg((Distance)distance);
        return total;
    }

    /// <summary>Transmission of the request on the path's slowest leg [ns].</summary>
    public long SendRequest(Legs legs) => Slowest(_sendRequest, legs);

    /// <summary>Transmission of the response on the path's slowest leg [ns].</summary>
    public long SendResponse(Legs legs) => Slowest(_sendResponse, legs);

    private static long Jitter(long mean, int times, RandomStream stream)
    {
        double sum = 0;
        for (int trip = 0; trip < times; trip++)
            sum += stream.NextExponential();
        return (long)(mean * sum);
    }

    private static long Slowest(long[] transmission, Legs legs)
    {
        long slowest = 0;
        for (Legs rest = legs; !rest.IsEmpty; rest = rest.Without(rest.Shortest))
            slowest = Math.Max(slowest, transmission[(int)rest.Shortest]);
        return slowest;
    }

    private static long Transmission(long bytes, long bitsPerSecond) =>
        bitsPerSecond == 0 ? 0 : (long)((Int128)bytes * 8 * Nanoseconds.PerSecond / bitsPerSecond);
}
