using KubeNetSim.Engine;

namespace KubeNetSim.Simulation;

/// <summary>One backend while time runs: its workers and its queue.</summary>
internal sealed class BackendState(Serving serving)
{
    private readonly Station? _workers = serving.Concurrency > 0 ? new Station(serving.Concurrency, serving.QueueBound) : null;
    private long _lastArrival;

    /// <summary>When it will have finished what it has taken so far [ns].</summary>
    public long BusyUntil { get; private set; }

    /// <summary>Whether it takes requests: a pod that was told to stop does not, and one that is gone does not even refuse them.</summary>
    public BackendLife Life { get; set; }

    /// <summary>Takes a request; false where the queue is full.</summary>
    /// <param name="arrival">
    /// When it arrives [ns]. The cores of a node may let packets pass each other by some nanoseconds: they queue in the order of the calls.
    /// </param>
    /// <param name="stream">Draws the service time.</param>
    /// <param name="queue">Time until a worker takes it [ns].</param>
    /// <param name="service">Time that the worker needs [ns].</param>
    public bool TryServe(long arrival, RandomStream stream, out long queue, out long service)
    {
        queue = 0;
        service = serving.ServiceTime.Next(stream);
        if (_workers is null)
            return true;
        _lastArrival = Math.Max(_lastArrival, arrival);
        if (_workers.TryEnter(_lastArrival, service, out long start, out _))
        {
            queue = start - arrival;
            BusyUntil = Math.Max(BusyUntil, start + service);
            return true;
        }
        service = 0;
        return false;
    }

    /// <summary>Closes the books at <paramref name="end"/> [ns].</summary>
    /// <exception cref="SimulationException">Little's law does not hold.</exception>
    public void Finish(long end) => _workers?.Finish(end);
}

/// <summary>How far a backend's life has come.</summary>
internal enum BackendLife : byte
{
    /// <summary>It answers.</summary>
    Serving,

    /// <summary>It finishes what it has and refuses connections.</summary>
    Stopping,

    /// <summary>Nobody is at its address.</summary>
    Gone,
}
