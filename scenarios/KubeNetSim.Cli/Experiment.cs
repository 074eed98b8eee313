using System.Collections.Immutable;
using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using KubeNetSim.Model;
using KubeNetSim.Simulation;

namespace KubeNetSim.Cli;

/// <summary>
/// A scenario simulated as often as it takes: first, where nobody says how long the warm-up is, once to see when it settles; then its replications,
/// of which there may be more later.
/// </summary>
internal sealed class Experiment
{
    private readonly PreparedScenario _prepared;
    private readonly string _warmupBy;
    private readonly int _threads;

    /// <summary>Finds the warm-up.</summary>
    /// <param name="prepared">The scenario.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="cancellation">Ends it early.</param>
    public Experiment(PreparedScenario prepared, int threads, CancellationToken cancellation)
    {
        (_prepared, _warmupBy) = WithWarmup(prepared, cancellation);
        _threads = threads;
    }

    /// <summary>What the replications run so far measured.</summary>
    public ImmutableArray<ReplicationRecord> Replications { get; private set; } = [];

    /// <summary>Simulates a scenario: its replications, and where it asks for a precision, more of them until that is reached.</summary>
    /// <param name="prepared">The scenario.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static RunResults Run(PreparedScenario prepared, int threads, IProgress<double>? progress, CancellationToken cancellation) =>
        Replicate(prepared, threads, progress, cancellation).Results;

    /// <summary>The same, with what each replication measured.</summary>
    /// <inheritdoc cref="Run"/>
    public static (RunResults Results, ImmutableArray<ReplicationRecord> Replications) Replicate(
        PreparedScenario prepared, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        Experiment experiment = new(prepared, threads, cancellation);
        RunSettings run = prepared.Scenario.Run;
        if (run.Precision is not { } asked)
            return (experiment.GrowTo(run.Replications, progress, cancellation), experiment.Replications);
        int wanted = Math.Min(Math.Max(SequentialSampling.Fewest, run.Replications), Math.Max(run.MaxReplications, run.Replications));
        while (true)
        {
            RunResults results = experiment.GrowTo(wanted, progress, cancellation);
            double? reached = SequentialSampling.Reached(results);
            int next = reached is null ? wanted : SequentialSampling.Next(wanted, reached.Value, asked, run.MaxReplications);
            if (next == wanted)
                return (results with { Precision = new PrecisionResult(asked, reached, run.MaxReplications) }, experiment.Replications);
            wanted = next;
        }
    }

    /// <summary>Runs the replications that are missing to so many, and combines all.</summary>
    /// <param name="replications">How many there are to be.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    public RunResults GrowTo(int replications, IProgress<double>? progress, CancellationToken cancellation)
    {
        SimulationOutcome outcome = Simulator.Run(
            _prepared.WithReplications(replications), new SimulationOptions { Threads = _threads, FirstReplication = Replications.Length }, progress, cancellation);
        Replications = Replications.AddRange(outcome.Replications);
        RunResults results = RunSummary.Combine(outcome.Run, Replications) with { WarmupBy = _warmupBy };
        return _prepared.Scenario.Prices is { } prices ? results with { Cost = MonthlyBill.Of(results, Replications, prices) } : results;
    }

    private static (PreparedScenario Settled, string By) WithWarmup(PreparedScenario prepared, CancellationToken cancellation)
    {
        RunSettings run = prepared.Scenario.Run;
        if (run.WarmupNs is not null)
            return (prepared, "given");
        if (!prepared.Scenario.Timeline.IsEmpty)
            return (prepared, "default");
        WarmUpCut? latest = null;
        double share = 0;
        foreach (ImmutableArray<double> means in Simulator.RunPilot(prepared, cancellation).Where(means => !means.IsEmpty))
        {
            WarmUpCut cut = WarmUp.Find(means.AsSpan());
            // The latest of all workloads: they share the stations.
            if (latest is null || (double)cut.Observations / means.Length > share)
                (latest, share) = (cut, (double)cut.Observations / means.Length);
        }
        return latest is not { } found ? (prepared, "default")
            : (prepared.WithWarmup((long)(run.DurationNs * share)), found.IsSettled ? "found" : "half");
    }
}
