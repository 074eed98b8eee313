using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using KubeNetSim.Analysis;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Simulation;

namespace KubeNetSim.Cli;

/// <summary>Runs the points of a sweep that are not there yet, several at a time.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="store">Where finished points are kept.</param>
internal sealed class SweepRun(Sweep sweep, SweepStore store)
{
    private readonly ScenarioReading?[] _readings = new ScenarioReading?[sweep.Points.Length];

    /// <summary>Reads every point's scenario, so that an error of the last point is found before the first one runs.</summary>
    public IReadOnlyList<Problem> Check()
    {
        List<Problem> problems = [];
        foreach (SweepPoint point in sweep.Points)
        {
            ScenarioReading reading = ScenarioReader.Read(sweep.Scenario, null, point.Overrides);
            _readings[point.Number] = reading with { Scenario = null };
            problems.AddRange(reading.Problems.Where(problem => problem.Severity == Severity.Error));
        }
        return [.. problems.Distinct()];
    }

    /// <summary>Runs what is missing. Finished points stay finished whatever happens to the others.</summary>
    /// <param name="jobs">Points at a time.</param>
    /// <param name="progress">Told the share that is done.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>All points in their order; problems where a point could not be prepared.</returns>
    public (SweepTable? Table, ImmutableArray<Problem> Problems) Run(int jobs, IProgress<double> progress, CancellationToken cancellation)
    {
        SweepPointResult?[] results = new SweepPointResult?[sweep.Points.Length];
        ImmutableArray<Problem>[] problems = new ImmutableArray<Problem>[sweep.Points.Length];
        int done = 0;
        Parallel.For(0, sweep.Points.Length, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, number =>
        {
            (results[number], problems[number]) = Run(sweep.Points[number], cancellation);
            progress.Report((double)Interlocked.Increment(ref done) / sweep.Points.Length);
        });
        ImmutableArray<Problem> found = [.. problems.SelectMany(list => list).Distinct()];
        if (results.Any(result => result is null))
            return (null, found);
        return (new SweepTable(
            [.. sweep.Axes.Select(axis => axis.Name)],
            [.. sweep.Points.Select(point => new SweepTablePoint(point.Number, point.Values, results[point.Number]!))]), found);
    }

    private (SweepPointResult? Result, ImmutableArray<Problem> Problems) Run(SweepPoint point, CancellationToken cancellation)
    {
        string key = KeyOf(point);
        if (store.Find(key) is { } known)
            return (known, []);
        Scenario scenario = ScenarioReader.Read(sweep.Scenario, null, point.Overrides).Scenario!;
        Reconciliation reconciliation = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster);
        ImmutableArray<Problem> errors = [.. reconciliation.Problems.Where(problem => problem.Severity == Severity.Error)];
        if (!errors.IsEmpty)
            return (null, errors);
        Preparation preparation = Preparation.Of(scenario, reconciliation.Cluster);
        if (preparation.Prepared is not { } prepared)
            return (null, preparation.Problems);
        SimulationOutcome outcome = Simulator.Run(prepared, new SimulationOptions { Threads = 1 }, null, cancellation);
        SweepPointResult result = SweepPointResult.Of(outcome.Replications);
        store.Save(key, result);
        return (result, []);
    }

    // Scenario, manifests, profiles and the fields set are in the reading's fingerprint; another version may count otherwise.
    private string KeyOf(SweepPoint point) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{CommandLine.Version}\n{string.Join(",", SweepMetric.All.Select(metric => metric.Name))}\n{_readings[point.Number]!.Fingerprint}")));
}
