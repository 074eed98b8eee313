using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.ExceptionServices;
using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.Experiments.Sweeps;

/// <summary>Runs the points of a sweep that are not there yet, several at a time.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="prices">What replaces the prices of the scenario; null for nothing.</param>
/// <param name="jobs">Simulations at a time: points, and replications of a point where fewer points are left.</param>
public sealed class SweepRun(Sweep sweep, PriceSheetReading? prices, int jobs)
{
    private readonly ScenarioReading[] _readings = new ScenarioReading[sweep.Points.Length];
    private readonly RunSettings?[] _settings = new RunSettings?[sweep.Points.Length];

    /// <summary>All files that were read; known after <see cref="Check"/>.</summary>
    public IEnumerable<string> Files => _readings.SelectMany(reading => reading.Files).Distinct();

    /// <summary>Reads every point's scenario, so that an error of the last point is found before the first one runs.</summary>
    public ImmutableArray<Problem> Check(CancellationToken cancellation)
    {
        InParallel(Enumerable.Range(0, sweep.Points.Length), number =>
        {
            ScenarioReading reading = ScenarioReader.Read(sweep.Scenario, null, sweep.Points[number].Overrides);
            _settings[number] = reading.Scenario?.Run;
            // The scenarios of a hundred thousand points do not fit into memory together.
            _readings[number] = reading with { Scenario = null };
        }, cancellation);
        return [.. _readings.SelectMany(reading => reading.Problems).Where(problem => problem.Severity == Severity.Error).Distinct()];
    }

    /// <summary>What the sweep is; after a <see cref="Check"/> without errors.</summary>
    public SweepDescription Describe() => new()
    {
        Name = sweep.Name,
        Question = sweep.Question,
        Version = ProgramVersion.Text,
        Metrics = sweep.Metrics.IsEmpty ? ["mean_ms", "p99_ms"] : [.. sweep.Metrics.Select(metric => metric.Name)],
        Settings = SweepSettings.Of(sweep, [.. _settings.OfType<RunSettings>()]),
        Axes = [.. sweep.Axes.Select(axis => axis.Name)],
        Points = [.. sweep.Points.Select(point => new SweepDescribedPoint(point.Number, point.Values, KeyOf(point)))],
    };

    /// <summary>Runs those of some points that have no result. Finished points stay finished, whatever happens to the others.</summary>
    /// <param name="points">Which points.</param>
    /// <param name="store">Where results are and go.</param>
    /// <param name="progress">Told what is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Why points could not be simulated; empty where all were.</returns>
    public ImmutableArray<Problem> Run(ImmutableArray<SweepDescribedPoint> points, SweepStore store, SweepProgress progress, CancellationToken cancellation)
    {
        store.Tidy();
        // Points of a sample may be equal: they are simulated once.
        SweepDescribedPoint[][] missing = [.. points.GroupBy(point => point.Key).Where(equal => store.Find(equal.Key) is null).Select(equal => equal.ToArray())];
        progress.Start(points.Length, missing.Length, points.Length - missing.Sum(equal => equal.Length));
        ConcurrentQueue<Problem> problems = [];
        int left = missing.Length;
        InParallel(Enumerable.Range(0, missing.Length), index =>
        {
            // The last points share the cores that no other point needs any more.
            int threads = Math.Max(1, jobs / Math.Max(1, Volatile.Read(ref left)));
            ImmutableArray<Problem> found = Run(missing[index][0], store, threads, progress.Of(index), cancellation);
            foreach (Problem problem in found)
                problems.Enqueue(problem);
            Interlocked.Decrement(ref left);
            if (found.IsEmpty)
                progress.Finish(missing[index].Length);
        }, cancellation);
        return [.. problems.Distinct()];
    }

    private ImmutableArray<Problem> Run(SweepDescribedPoint point, SweepStore store, int threads, IProgress<double> progress, CancellationToken cancellation)
    {
        ScenarioInputReading reading = ScenarioInputReading.Read(
            new ScenarioSource(sweep.Scenario) { Overrides = sweep.Points[point.Number].Overrides, Prices = prices });
        if (reading.Fingerprint != FingerprintOf(point.Number))
            return [new Problem(Severity.Error, "input-changed", new SourcePosition(sweep.Scenario[0], 1, 1), "", "The scenario, or a file that it names, was changed while the sweep ran", "start the command again; points of the old input stay under their own names")];
        if (reading.Input is not { } input)
            return Errors(reading.Problems);
        Preparation preparation = input.Prepare();
        if (preparation.Prepared is not { } prepared)
            return Errors(preparation.Problems);
        (RunResults results, ImmutableArray<ReplicationRecord> replications) = Experiment.Replicate(prepared, threads, progress, cancellation);
        store.Save(point.Key, SweepPointResult.Of(results, replications, input.Scenario.Prices));
        return [];
    }

    private static ImmutableArray<Problem> Errors(ImmutableArray<Problem> problems) => [.. problems.Where(problem => problem.Severity == Severity.Error)];

    private string FingerprintOf(int point) => _readings[point].Fingerprint + prices?.Fingerprint;

    // One after the other as they come free, not in blocks: the costly points of a sweep are neighbors.
    private void InParallel(IEnumerable<int> numbers, Action<int> run, CancellationToken cancellation)
    {
        try
        {
            Parallel.ForEach(
                Partitioner.Create(numbers, EnumerablePartitionerOptions.NoBuffering),
                new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, run);
        }
        catch (AggregateException failures)
        {
            // One failure says enough; its own type says what it is.
            ExceptionDispatchInfo.Throw(failures.InnerExceptions.FirstOrDefault(failure => failure is not OperationCanceledException) ?? failures.InnerExceptions[0]);
        }
    }

    // Scenario, manifests, profiles and the fields set are in the reading's fingerprint; another version may count otherwise, and another table has other columns.
    private string KeyOf(SweepPoint point) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{ProgramVersion.Text}\n{string.Join(",", SweepMetric.All.Select(metric => metric.Name))}\n{FingerprintOf(point.Number)}")));
}
