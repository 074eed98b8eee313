using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Running;

/// <summary>
/// A scenario simulated as often as it takes: first, where nobody says how long the warm-up is, once to see when it settles; then its replications,
/// of which there may be more later.
/// </summary>
public sealed class Experiment
{
    private readonly PreparedScenario _prepared;
    private readonly string _warmupBy;
    private readonly SimulationOptions _options;
    private readonly Profile _profile;

    /// <summary>Finds the warm-up.</summary>
    /// <param name="prepared">The scenario.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <param name="profile">Told how long stages take; null for nobody.</param>
    /// <param name="keepsCut">Whether what was simulated until it is ended early is kept.</param>
    public Experiment(PreparedScenario prepared, int threads, CancellationToken cancellation, Profile? profile = null, bool keepsCut = false)
    {
        _profile = profile ?? new Profile(TimeProvider.System);
        (_prepared, _warmupBy) = _profile.Measure(Stage.Simulate, () => WithWarmup(prepared, cancellation));
        _options = new SimulationOptions { Threads = threads, KeepsCut = keepsCut };
    }

    /// <summary>What the replications run so far measured.</summary>
    public ImmutableArray<ReplicationRecord> Replications { get; private set; } = [];

    /// <summary>
    /// Simulates a scenario: its replications, and where it asks for a precision, more of them until that is reached. Ended early, it gives what it has,
    /// marked as incomplete.
    /// </summary>
    /// <param name="prepared">The scenario.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="profile">Told how long stages take.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended before anything was measured.</exception>
    public static RunResults Run(PreparedScenario prepared, int threads, IProgress<double>? progress, Profile profile, CancellationToken cancellation) =>
        new Experiment(prepared, threads, cancellation, profile, keepsCut: true).Replicate(progress, cancellation);

    /// <summary>Simulates a scenario in the same way, and gives also what each replication measured.</summary>
    /// <param name="prepared">The scenario.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early.</exception>
    public static (RunResults Results, ImmutableArray<ReplicationRecord> Replications) Replicate(
        PreparedScenario prepared, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        Experiment experiment = new(prepared, threads, cancellation);
        return (experiment.Replicate(progress, cancellation), experiment.Replications);
    }

    private RunResults Replicate(IProgress<double>? progress, CancellationToken cancellation)
    {
        RunSettings run = _prepared.Scenario.Run;
        if (run.Precision is not { } asked)
            return GrowTo(run.Replications, progress, cancellation);
        int wanted = Math.Min(Math.Max(SequentialSampling.Fewest, run.Replications), Math.Max(run.MaxReplications, run.Replications));
        while (true)
        {
            RunResults results = GrowTo(wanted, progress, cancellation);
            double? reached = SequentialSampling.Reached(results);
            int next = reached is null ? wanted : SequentialSampling.Next(wanted, reached.Value, asked, run.MaxReplications);
            if (next == wanted || results.Incomplete)
                return results with { Precision = new PrecisionResult(asked, reached, run.MaxReplications) };
            wanted = next;
        }
    }

    /// <summary>Runs the replications that are missing to so many, and combines all.</summary>
    /// <param name="replications">How many there are to be.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    public RunResults GrowTo(int replications, IProgress<double>? progress, CancellationToken cancellation)
    {
        SimulationOutcome outcome = _profile.Measure(Stage.Simulate, () => Simulator.Run(
            _prepared.WithReplications(replications), _options with { FirstReplication = Replications.Length }, progress, cancellation));
        Replications = WorthKeeping(Replications.AddRange(outcome.Replications));
        return _profile.Measure(Stage.Analyse, () => Combine(outcome.Run, replications));
    }

    private RunResults Combine(RunDescription run, int replications)
    {
        RunResults results = RunSummary.Combine(run, Replications) with { WarmupBy = _warmupBy };
        if (Replications.Length < replications || Replications[0].SimulatedNs < _prepared.Scenario.Run.DurationNs)
            results = results with { Incomplete = true, Planned = new PlannedRun(replications, _prepared.Scenario.Run.DurationNs / 1e9) };
        if (_prepared.Scenario.Prices is { } prices)
            results = results with { Cost = MonthlyBill.Of(results, Replications, prices) };
        return results with { Objectives = RunObjectives.Judge(_prepared.Scenario.Objectives.Select(wanted => wanted.Objective), results, Replications) };
    }

    // One that was cut saw less than the others, so it counts only where nothing better is there: then the one that came furthest.
    private ImmutableArray<ReplicationRecord> WorthKeeping(ImmutableArray<ReplicationRecord> replications)
    {
        ImmutableArray<ReplicationRecord> finished = [.. replications.Where(record => record.SimulatedNs >= _prepared.Scenario.Run.DurationNs)];
        if (!finished.IsEmpty)
            return finished;
        ReplicationRecord? furthest = replications.MaxBy(record => record.SimulatedNs);
        return furthest is not null && furthest.Workloads.Any(workload => workload.Requests > 0)
            ? [furthest] : throw new OperationCanceledException("ended before anything was measured");
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
