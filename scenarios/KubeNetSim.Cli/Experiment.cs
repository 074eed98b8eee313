using System.Collections.Immutable;
using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using KubeNetSim.Model;
using KubeNetSim.Simulation;

namespace KubeNetSim.Cli;

/// <summary>
/// A scenario simulated as often as it takes: first, where nobody says how long the warm-up is, once to see when it settles; then its replications,
/// and where a precision is asked for, more of them until it is reached.
/// </summary>
internal static class Experiment
{
    /// <summary>With a precision, at least so many: an interval that looks narrow after two is often so by chance.</summary>
    private const int FewestForPrecision = 5;

    /// <summary>Simulates it and combines what the replications measured.</summary>
    /// <param name="prepared">The scenario.</param>
    /// <param name="threads">Replications at a time; changes no result.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static RunResults Run(PreparedScenario prepared, int threads, IProgress<double>? progress, CancellationToken cancellation) =>
        Replicate(prepared, threads, progress, cancellation).Results;

    /// <summary>The same, with the replications' own records.</summary>
    /// <inheritdoc cref="Run"/>
    public static (RunResults Results, ImmutableArray<ReplicationRecord> Replications) Replicate(
        PreparedScenario prepared, int threads, IProgress<double>? progress, CancellationToken cancellation)
    {
        (PreparedScenario settled, string warmupBy) = WithWarmup(prepared, cancellation);
        RunSettings run = settled.Scenario.Run;
        int wanted = run.Precision is null ? run.Replications : Math.Max(FewestForPrecision, run.Replications);
        ImmutableArray<ReplicationRecord> records = [];
        RunResults results;
        PrecisionResult? precision;
        do
        {
            SimulationOutcome outcome = Simulator.Run(
                settled.WithReplications(wanted), new SimulationOptions { Threads = threads, FirstReplication = records.Length }, progress, cancellation);
            records = records.AddRange(outcome.Replications);
            results = RunSummary.Combine(outcome.Run, records);
            precision = run.Precision is { } asked ? new PrecisionResult(asked, WidestOf(results), run.MaxReplications) : null;
        }
        while (precision is not null && TryGrow(precision, ref wanted));
        return (results with { WarmupBy = warmupBy, Precision = precision }, records);
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
