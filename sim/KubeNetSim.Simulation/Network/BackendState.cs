using System.Diagnostics.CodeAnalysis;

namespace KubeNetSim.Simulation.Network;

/// <summary>
/// The state of one backend: its workers and its queue. A value in one array, so that one memory access by its number finds all of it.
/// </summary>
/// <param name="serving">How it serves.</param>
internal struct BackendState(Serving serving)
{
    private StationState _workers = new(Math.Max(1, serving.Concurrency), serving.QueueBound);
    private readonly bool _hasRoomForAll = serving.Concurrency == 0;

    /// <summary>Whether it is initialized: by its first request or its first change.</summary>
    [MemberNotNullWhen(true, nameof(Serving))]
    public readonly bool Exists => Serving is not null;

    /// <summary>How it serves.</summary>
    public Serving? Serving { get; } = serving;

    /// <summary>Whether it accepts requests: a stopping pod refuses them, and a pod that is gone is silent.</summary>
    public BackendLife Life { get; set; }

    /// <summary>Requests that it took.</summary>
    public readonly long Entered => _workers.Entered;

    /// <summary>When it has finished all the requests that it has taken so far [ns]; 0 where there were none.</summary>
    public readonly long LastDeparture => _workers.LastDeparture;

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
        service = Serving!.ServiceTime.Next(stream);
        if (_hasRoomForAll)
            return true;
        if (_workers.TryEnter(Math.Max(_workers.LastArrival, arrival), service, out long start, out _))
        {
            queue = start - arrival;
            return true;
        }
        service = 0;
        return false;
    }

    /// <summary>Ends the statistics.</summary>
    /// <exception cref="SimulationException">Little's law does not hold.</exception>
    public readonly void Finish() => _workers.Finish();
}

/// <summary>The phases of a backend's life.</summary>
internal enum BackendLife : byte
{
    /// <summary>It answers.</summary>
    Serving,

    /// <summary>It finishes what it has and refuses connections.</summary>
    Stopping,

    /// <summary>Its address belongs to no machine.</summary>
    Gone,
}
