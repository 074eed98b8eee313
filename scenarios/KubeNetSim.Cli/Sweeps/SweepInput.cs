using System.Collections.Immutable;
using KubeNetSim.Analysis;

namespace KubeNetSim.Cli;

/// <summary>A sweep that was read, with every point's scenario, and found without an error.</summary>
/// <param name="Run">Runs it.</param>
/// <param name="Description">What it is.</param>
internal sealed record SweepInput(SweepRun Run, SweepDescription Description)
{
    /// <summary>Reads the sweep of a file; says what is wrong where it cannot be run.</summary>
    /// <param name="file">The file.</param>
    /// <param name="prices">What replaces the prices of the scenario; null for nothing.</param>
    /// <param name="jobs">Points read, and later simulated, at a time.</param>
    /// <param name="console">Where problems are told.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static SweepInput? Read(string file, PriceSheetReading? prices, int jobs, CommandConsole console, CancellationToken cancellation)
    {
        SweepReading reading = SweepReader.Read(file);
        ImmutableArray<Problem> problems = [.. reading.Problems, .. UnknownMetrics(reading.Sweep)];
        if (!ProblemWriter.Write(problems, console) || reading.Sweep is not { } sweep)
            return null;
        SweepRun run = new(sweep, prices, jobs);
        return ProblemWriter.Write(run.Check(cancellation), console) ? new SweepInput(run, run.Describe()) : null;
    }

    private static IEnumerable<Problem> UnknownMetrics(Sweep? sweep) => (sweep?.Metrics ?? [])
        .Where(wanted => SweepMetric.All.All(known => known.Name != wanted.Name))
        .Select(wanted => new Problem(Severity.Error, "unknown-metric", wanted.Position, wanted.Field, $"There is no metric \"{wanted.Name}\"",
            $"one of {string.Join(", ", SweepMetric.All.Select(metric => metric.Name))}"));
}
