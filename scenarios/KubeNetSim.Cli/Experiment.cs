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
        ImmutableArray<ReplicationRecord> records = [];
        int wanted = run.Precision is null ? run.Replications : Math.Min(Math.Max(SequentialSampling.Fewest, run.Replications), Math.Max(run.MaxReplications, run.Replications));
        while (true)
        {
            SimulationOutcome outcome = Simulator.Run(
                settled.WithReplications(wanted), new SimulationOptions { Threads = threads, FirstReplication = records.Length }, progress, cancellation);
            records = records.AddRange(outcome.Replications);
            RunResults results = RunSummary.Combine(outcome.Run, records) with { WarmupBy = warmupBy };
            if (run.Precision is not { } asked)
                return (results, records);
            double? reached = SequentialSampling.Reached(results);
            wanted = reached is null ? records.Length : SequentialSampling.Next(records.Length, reached.Value, asked, run.MaxReplications);
            if (wanted == records.Length)
                return (results with { Precision = new PrecisionResult(asked, reached, run.MaxReplications) }, records);
        }
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
