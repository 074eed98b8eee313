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
    /// <summary>With a precision, at least so many: an interval that looks narrow after two is often so by chance.</summary>
    private const int FewestForPrecision = 5;

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
        int wanted = run.Precision is null ? run.Replications : Math.Max(FewestForPrecision, run.Replications);
        RunResults results = experiment.GrowTo(wanted, progress, cancellation);
        if (run.Precision is not { } asked)
            return (results, experiment.Replications);
        PrecisionResult precision = new(asked, WidestOf(results), run.MaxReplications);
        while (TryGrow(precision, ref wanted))
        {
            results = experiment.GrowTo(wanted, progress, cancellation);
            precision = precision with { Reached = WidestOf(results) };
        }
        return (results with { Precision = precision }, experiment.Replications);
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
        return _prepared.Scenario.Prices is { } prices ? results with { Cost = MonthlyBill.Of(results, prices) } : results;
    }

    private static (PreparedScenario Settled, string By) WithWarmup(PreparedScenario prepared, CancellationToken cancellation)
    {
        RunSettings run = prepared.Scenario.Run;
        if (run.WarmupNs is not null)
            return (prepared, "given");
        if (!prepared.Scenario.Timeline.IsEmpty)
            return (prepared, "default");
        // The latest of all workloads: they share the stations.
        double latest = -1;
        foreach (ImmutableArray<double> means in Simulator.RunPilot(prepared, cancellation).Where(means => !means.IsEmpty))
            latest = Math.Max(latest, (double)WarmUp.Find(means.AsSpan()).Observations / means.Length);
        return latest < 0 ? (prepared, "default") : (prepared.WithWarmup((long)(run.DurationNs * latest)), "found");
    }

    // Half of the interval over the mean, of the workload that comes off worst; null where one has no mean or no interval.
    private static double? WidestOf(RunResults results)
    {
        double widest = 0;
        foreach (WorkloadResult workload in results.Workloads)
        {
            if (workload is not { LatencyMs: { } latency, LatencyIntervalsMs: { } intervals })
                return null;
            widest = Math.Max(widest, (intervals.Mean[1] - intervals.Mean[0]) / 2 / latency.Mean);
        }
        return widest;
    }

    // Intervals narrow with the square root of the number; at most twice as many at a time, since the first estimates are rough.
    private static bool TryGrow(PrecisionResult precision, ref int replications)
    {
        if (precision.Reached is not { } reached || reached <= precision.Asked || replications >= precision.MaxReplications)
            return false;
        double estimate = Math.Ceiling(replications * reached * reached / (precision.Asked * precision.Asked));
        replications = (int)Math.Clamp(estimate, replications + 1, Math.Min(2.0 * replications, precision.MaxReplications));
        return true;
    }
}
