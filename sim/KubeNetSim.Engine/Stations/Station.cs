namespace KubeNetSim.Engine.Stations;

/// <summary>
/// Servers with one queue, first come first served. The time of departure is known at arrival, so a visit needs no event of its own.
/// Callers come in time order.
/// </summary>
/// <param name="servers">How many are served at a time, from 1.</param>
/// <param name="queueBound">How many may wait, from 0; null for any number.</param>
public sealed class Station(int servers, int? queueBound)
{
    private StationState _state = new(servers, queueBound);

    /// <summary>Customers that entered.</summary>
    public long Entered => _state.Entered;

    /// <summary>Customers that found the queue full.</summary>
    public long Refused => _state.Refused;

    /// <summary>Server time used [ns].</summary>
    public long BusyNs => _state.BusyNs;

    /// <summary>Sum of the waiting times [ns].</summary>
    public long WaitSumNs => _state.WaitSumNs;

    /// <summary>A customer comes.</summary>
    /// <param name="now">When; not before the last one [ns].</param>
    /// <param name="service">How long it keeps a server [ns].</param>
    /// <param name="start">When it gets one [ns].</param>
    /// <param name="departure">When it leaves [ns].</param>
    /// <returns>False where the queue is full.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It comes before the one before it, or takes a negative time.</exception>
    public bool TryEnter(long now, long service, out long start, out long departure) =>
        _state.TryEnter(now, service, out start, out departure);

    /// <summary>
    /// Ends the measurement, and checks Little's law (Operations Research 9(3), 1961): the number present, integrated over time until all
    /// customers have left, is the sum of the times that they wait and are served, in whole nanoseconds.
    /// </summary>
    /// <exception cref="SimulationException">The law does not hold.</exception>
    public StationSummary Finish() => _state.Finish();
}

/// <summary>What a station did in a run.</summary>
/// <param name="Entered">Customers that entered.</param>
/// <param name="Refused">Customers that found the queue full.</param>
/// <param name="BusyNs">Server time taken [ns].</param>
/// <param name="WaitSumNs">Waiting times, summed [ns].</param>
public sealed record StationSummary(long Entered, long Refused, long BusyNs, long WaitSumNs)
{
    /// <summary>Times from arrival to departure, summed [ns].</summary>
    public long SojournSumNs => WaitSumNs + BusyNs;
}
