using System.Collections.Immutable;

namespace KubeNetSim.Simulation;

/// <summary>How a simulation is carried out. Nothing here changes a result.</summary>
public sealed record SimulationOptions
{
    /// <summary>Replications run at a time, from 1.</summary>
    public int Threads { get; init; } = Math.Max(1, Environment.ProcessorCount);

    /// <summary>Number of the first replication to run, from 0: those before it have been run already.</summary>
    public int FirstReplication { get; init; }

    /// <summary>Whether the paths of requests are counted (<see cref="SimulationOutcome.Paths"/>); costs time and memory.</summary>
    public bool CountPaths { get; init; }

    /// <summary>
    /// Whether a run that is ended early leaves what it has: the replications that are finished, and those that were cut, which say how
    /// far they came
    /// (<see cref="ReplicationRecord.SimulatedNs"/>). Otherwise it throws.
    /// </summary>
    public bool KeepsCut { get; init; }
}

/// <summary>What a simulation leaves.</summary>
/// <param name="Run">What was run.</param>
/// <param name="Replications">What each replication measured, in their order.</param>
/// <param name="Paths">Requests by workload and path, over all replications, the warm-up included; empty unless asked for.</param>
public sealed record SimulationOutcome(
    RunDescription Run, ImmutableArray<ReplicationRecord> Replications, ImmutableSortedDictionary<string, long> Paths);

/// <summary>Runs a scenario's replications.</summary>
public static class Simulator
{
    /// <summary>No other replication has this number.</summary>
    private const int PilotNumber = int.MaxValue;

    /// <summary>The least number of requests of an interval for a useful mean.</summary>
    private const int FewestAnInterval = 5;

    /// <summary>
    /// Runs every replication from the first one asked for on. The same scenario and seed give the same outcome, whatever the number of
    /// threads: a replication
    /// shares nothing with another that either could change.
    /// </summary>
    /// <param name="prepared">What to run.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Receives the share that is done, 0 to 1; null for none.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early, and is not kept.</exception>
    /// <exception cref="Engine.SimulationException">A law that must hold in every run did not.</exception>
    public static SimulationOutcome Run(
        PreparedScenario prepared, SimulationOptions options, IProgress<double>? progress = null, CancellationToken cancellation = default)
    {
        int first = options.FirstReplication;
        int replications = prepared.Scenario.Run.Replications - first;
        (PathCounter, BackendTable)?[] counted = new (PathCounter, BackendTable)?[replications];
        ReplicationRecord?[] records = new ReplicationRecord?[replications];
        Share share = new(replications, progress);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.Threads, CancellationToken = options.KeepsCut ? CancellationToken.None : cancellation };
        try
        {
            Parallel.For(0, replications, parallel, number =>
            {
                if (options.KeepsCut && cancellation.IsCancellationRequested)
                    return;
                PathCounter? counter = options.CountPaths ? new PathCounter(prepared) : null;
                Replication replication = new(prepared, first + number, counter);
                records[number] = replication.Run(share.Of(number), cancellation, options.KeepsCut);
                if (counter is not null)
                    counted[number] = (counter, replication.State.Backends);
            });
        }
        catch (AggregateException failures)
        {
            // The first failure is enough, with its own type.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failures.InnerExceptions[0]);
        }
        return new SimulationOutcome(Description.Of(prepared), [.. records.OfType<ReplicationRecord>()], PathCounter.Sum(counted.OfType<(PathCounter, BackendTable)>()));
    }

    /// <summary>
    /// Runs one replication more, with streams of its own, only to find when the scenario settles: for each workload, the mean latency [ns]
    /// of the requests that started in each of equal intervals. Empty where a workload has too few requests.
    /// </summary>
    /// <inheritdoc cref="Run"/>
    public static ImmutableArray<ImmutableArray<double>> RunPilot(PreparedScenario prepared, CancellationToken cancellation = default)
    {
        Replication pilot = new(prepared, PilotNumber, isPilot: true);
        pilot.Run(null, cancellation);
        return [.. pilot.State.Clients.Select(workload => workload.Settling!.Means(FewestAnInterval))];
    }

    /// <summary>Adds up the progress of the replications.</summary>
    private sealed class Share(int replications, IProgress<double>? progress)
    {
        private readonly double[] _done = new double[replications];
        private readonly Lock _lock = new();

        public Action<double> Of(int replication) => done =>
        {
            if (progress is null)
                return;
            double all;
            lock (_lock)
            {
                _done[replication] = done;
                all = _done.Sum() / _done.Length;
            }
            progress.Report(all);
        };
    }
}
