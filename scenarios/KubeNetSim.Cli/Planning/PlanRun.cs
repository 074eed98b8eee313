using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Simulation;

namespace KubeNetSim.Cli;

/// <summary>Simulates settings of a plan until it is known which one is best.</summary>
/// <param name="plan">The plan.</param>
/// <param name="prices">What replaces the prices of the scenario; null for nothing.</param>
/// <param name="threads">Replications at a time; changes no result.</param>
internal sealed class PlanRun(Plan plan, PriceSheetReading? prices, int threads)
{
    /// <summary>Replications of a setting at first; twice as many at a time where they cannot tell.</summary>
    private const int FirstReplications = 5;

    private readonly int[] _looks = [.. Looks(plan.MaxReplications)];

    /// <summary>Who looks several times is wrong more often: each look gets its share of the error (Bonferroni's inequality).</summary>
    private double ConfidenceOfALook => 1 - ((1 - plan.Confidence) / _looks.Length);

    /// <summary>How many settings there are.</summary>
    public int Settings => plan.Points.Length;

    /// <summary>Reads every setting, so that an error of the last one is found before the first one runs.</summary>
    /// <param name="problems">What the author should know; empty where all is well.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <returns>Fields of which more can only shorten waits, whatever the others are; and what is to be said of it.</returns>
    public (ImmutableArray<int> Monotone, ImmutableArray<string> Notes) Check(out ImmutableArray<Problem> problems, CancellationToken cancellation)
    {
        Trial[] trials = [.. plan.Points.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancellation).Select(point => Prepare(point) with { Kept = null })];
        problems =
        [
            .. trials.SelectMany(trial => trial.Problems).Where(problem => problem.Severity == Severity.Error).Distinct(),
            .. trials[0].WorkloadNames is { } names ? UnknownWorkloads(names) : [],
        ];
        return plan.Workers.IsEmpty || trials.Select(trial => trial.NotMonotone).FirstOrDefault(reason => reason is not null) is not { } reason ? (plan.Workers, [])
            : ([], [$"No setting was ruled out by another: that more workers shorten waits is not shown here, where {reason}."]);
    }

    /// <summary>Searches.</summary>
    /// <param name="monotone">Fields of which more can only shorten waits.</param>
    /// <param name="store">Where verdicts are and go; null for nowhere.</param>
    /// <param name="progress">Told the share of the settings that were simulated.</param>
    /// <param name="cancellation">Ends it early.</param>
    public PlanOutcome Search(ImmutableArray<int> monotone, PlanStore? store, IProgress<double> progress, CancellationToken cancellation)
    {
        int tried = 0;
        return PlanSearch.Run([.. plan.Points.Select(CandidateOf)], monotone, candidate =>
        {
            progress.Report((double)tried++ / plan.Points.Length);
            PlanVerdict verdict = VerdictOn(plan.Points[candidate.Number], store, cancellation);
            return new PlanTrial(candidate, plan.Minimise.IsEmpty ? verdict.MonthlyCost : candidate.Size, verdict.Replications, verdict.Objectives);
        });
    }

    private PlanVerdict VerdictOn(SweepPoint point, PlanStore? store, CancellationToken cancellation)
    {
        Trial trial = Prepare(point);
        string key = KeyOf(trial);
        if (store?.Find(key) is { } known)
            return known;
        PlanVerdict verdict = Simulate(trial.Kept ?? throw new InvalidDataException("A file of the scenario was changed while the plan ran; start the command again"), cancellation);
        store?.Save(key, verdict);
        return verdict;
    }

    private PlanVerdict Simulate(PreparedScenario prepared, CancellationToken cancellation)
    {
        Experiment experiment = new(prepared, threads, cancellation);
        PlanVerdict verdict = new(0, 0, []);
        foreach (int replications in _looks)
        {
            RunResults results = experiment.GrowTo(replications, null, cancellation);
            verdict = new PlanVerdict(results.Cost?.Monthly ?? 0, replications,
                [.. plan.Objectives.Select(wanted => ObjectiveJudge.Judge(wanted.Objective, results, experiment.Replications, ConfidenceOfALook))]);
            if (!verdict.IsOpen)
                break;
        }
        return verdict;
    }

    private PlanCandidate CandidateOf(SweepPoint point) => new(
        point.Number,
        [.. point.Values.Select((value, setting) => plan.Settings[setting].Values.IndexOf(value))],
        plan.Minimise.IsEmpty ? double.NaN : plan.Minimise.Sum(setting => double.Parse(point.Values[setting], CultureInfo.InvariantCulture)));

    private Trial Prepare(SweepPoint point)
    {
        ScenarioReading reading = ScenarioReader.Read(plan.Scenario, null, point.Overrides);
        if (reading.Scenario is not { } scenario)
            return new Trial(null, reading.Problems, reading.Fingerprint, null, null);
        Reconciliation reconciliation = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster);
        Preparation preparation = Preparation.Of(scenario with { Prices = prices?.Sheet ?? scenario.Prices }, reconciliation.Cluster);
        return new Trial(
            preparation.Prepared, [.. reconciliation.Problems, .. preparation.Problems], reading.Fingerprint,
            Monotonicity.WhyNotShown(scenario, reconciliation.Cluster.KubeProxy), preparation.Prepared?.WorkloadNames.ToImmutableArray());
    }

    private IEnumerable<Problem> UnknownWorkloads(ImmutableArray<string> names) =>
        from wanted in plan.Objectives
        where wanted.Objective.Workload is { } name && !names.Contains(name)
        select new Problem(Severity.Error, "unknown-workload", wanted.Position, wanted.Field, $"There is no workload \"{wanted.Objective.Workload}\"", $"one of {string.Join(", ", names)}");

    // Another version may count otherwise.
    private string KeyOf(Trial trial) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{CommandLine.Version}\n{trial.Fingerprint}\n{prices?.Fingerprint}\n{string.Join("\n", plan.Objectives.Select(wanted => wanted.Objective.Text))}\n{plan.Confidence:R} {plan.MaxReplications}"))));

    private static IEnumerable<int> Looks(int most)
    {
        for (int replications = FirstReplications; replications < most; replications *= 2)
            yield return replications;
        yield return most;
    }

    /// <summary>A setting as it was read.</summary>
    /// <param name="Kept">Ready to run; null where an error stands, or where it would only take memory.</param>
    /// <param name="Problems">What its author should know.</param>
    /// <param name="Fingerprint">Hash of its documents.</param>
    /// <param name="NotMonotone">Why it is not shown that more workers can only shorten waits; null where it is.</param>
    /// <param name="WorkloadNames">Names of its workloads; null where an error stands.</param>
    private sealed record Trial(PreparedScenario? Kept, ImmutableArray<Problem> Problems, string Fingerprint, string? NotMonotone, ImmutableArray<string>? WorkloadNames);
}
