using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Sweeps;

/// <summary>A sweep that was read, with the scenario of every point, and has no error.</summary>
/// <param name="Run">Runs it.</param>
/// <param name="Description">What it is.</param>
public sealed record SweepInput(SweepRun Run, SweepDescription Description);

/// <summary>The result of reading a sweep.</summary>
/// <param name="Input">The sweep; null if there is an error.</param>
/// <param name="Problems">Errors, warnings and notes.</param>
public sealed record SweepInputReading(SweepInput? Input, ImmutableArray<Problem> Problems)
{
    /// <summary>Reads the sweep of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="settings">Fields of the scenario that get another value; axes outrank them.</param>
    /// <param name="prices">A PriceSheet that replaces the prices of the scenario; null for none.</param>
    /// <param name="jobs">Points that are read, and later simulated, at a time.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static SweepInputReading Read(string file, ImmutableArray<FieldOverride> settings, PriceSheetReading? prices, int jobs, CancellationToken cancellation)
    {
        SweepReading reading = SweepReader.Read(file);
        ImmutableArray<Problem> problems = [.. reading.Problems, .. UnknownMetrics(reading.Sweep)];
        if (reading.Sweep is not { } sweep || HasErrors(problems))
            return new SweepInputReading(null, problems);
        SweepRun run = new(sweep.With(settings), prices, jobs);
        problems = problems.AddRange(run.Check(cancellation));
        return new SweepInputReading(HasErrors(problems) ? null : new SweepInput(run, run.Describe()), problems);
    }

    private static bool HasErrors(ImmutableArray<Problem> problems) => problems.Any(problem => problem.Severity == Severity.Error);

    private static IEnumerable<Problem> UnknownMetrics(Sweep? sweep) => (sweep?.Metrics ?? [])
        .Where(wanted => SweepMetric.All.All(known => known.Name != wanted.Name))
        .Select(wanted => new Problem(Severity.Error, "unknown-metric", wanted.Position, wanted.Field, $"There is no metric \"{wanted.Name}\"",
            $"one of {string.Join(", ", SweepMetric.All.Select(metric => metric.Name))}"));
}
