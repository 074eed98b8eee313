using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Experiments.Sweeps;

/// <summary>What a reader must know to run a sweep again, besides its axes. Without folders: a sweep is the same wherever it lies.</summary>
internal static class SweepSettings
{
    private const double NsPerSecond = 1e9;

    public static ImmutableArray<SweepSetting> Of(Sweep sweep, RunSettings[] runs) =>
    [
        new("scenario", string.Join(", ", sweep.Scenario.Select(file => Path.GetFileName(Path.TrimEndingDirectorySeparator(file))))),
        new("points", sweep.Sample is { } sample ? $"a Latin hypercube sample of {sample.Size}, seed {sample.Seed}" : $"all {sweep.Points.Length} of the grid"),
        new("seed", Text(runs, run => run.Seed.ToString(CultureInfo.InvariantCulture))),
        new("replications", Text(runs, Replications)),
        new("duration", Text(runs, run => Seconds(run.DurationNs))),
        new("warm-up, not measured", Text(runs, run => run.WarmupNs is { } warmup ? Seconds(warmup) : "found for each point")),
    ];

    private static string Text(RunSettings[] runs, Func<RunSettings, string> of) =>
        runs.Select(of).Distinct().ToArray() is [var only] ? only : "varies by point";

    private static string Replications(RunSettings run) => run.Precision is { } precision
        ? string.Create(CultureInfo.InvariantCulture, $"{run.Replications} to {run.MaxReplications}, for a precision of {100 * precision:0.###}%")
        : run.Replications.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(long ns) => (ns / NsPerSecond).ToString("0.#########", CultureInfo.InvariantCulture) + " s";
}
