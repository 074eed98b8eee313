using KubeNetSim.Engine;

namespace KubeNetSim.Simulation;

/// <summary>One backend while time runs: its workers and its queue.</summary>
internal sealed class BackendState(Serving serving) : Station(Math.Max(1, serving.Concurrency), serving.QueueBound)
{
    private readonly bool _hasRoomForAll = serving.Concurrency == 0;

    /// <summary>How it serves.</summary>
    public Serving Serving => serving;
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
        if (_hasRoomForAll)
            return true;
        if (TryEnter(Math.Max(LastArrival, arrival), service, out long start, out _))
        {
            queue = start - arrival;
            return true;
        }
        service = 0;
        return false;
    }
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
