using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace KubeNetSim.Experiments.Planning;

/// <summary>Simulates settings of a plan until it is known which one is best.</summary>
/// <param name="plan">The plan.</param>
/// <param name="prices">What replaces the prices of the scenario; null for nothing.</param>
/// <param name="threads">Replications at a time; changes no result.</param>
public sealed class PlanRun(Plan plan, PriceSheetReading? prices, int threads)
{
    /// <summary>Replications of a setting at first; twice as many at a time where they cannot tell.</summary>
    private const int FirstReplications = 5;

    private string[] _fingerprints = [];
    private CountedCompute _counted;
    private readonly int[] _looks = [.. Looks(plan.MaxReplications)];

    /// <summary>Who looks several times is wrong more often: each look gets its share of the error (Bonferroni's inequality).</summary>
    private double ConfidenceOfALook => 1 - ((1 - plan.Confidence) / _looks.Length);

    /// <summary>How many settings there are.</summary>
    public int Settings => plan.Points.Length;

    /// <summary>Reads every setting, so that an error of the last one is found before the first one runs.</summary>
    /// <param name="cancellation">Ends it early.</param>
    public PlanCheck Check(CancellationToken cancellation)
    {
        Trial[] trials = [.. plan.Points.AsParallel().AsOrdered().WithDegreeOfParallelism(threads).WithCancellation(cancellation).Select(point => Prepare(point) with { Kept = null })];
        _fingerprints = [.. trials.Select(trial => trial.Fingerprint)];
        string[] currencies = [.. trials.Select(trial => trial.Currency).OfType<string>().Distinct()];
        ImmutableArray<Problem> problems = [.. trials.SelectMany(trial => trial.Problems).Where(problem => problem.Severity == Severity.Error).Distinct()];
        if (problems.IsEmpty)
            problems = [.. ObjectiveProblems.Of(plan.Objectives, trials[0].WorkloadNames, hasPrices: true), .. UnknownCosts(currencies)];
        PlanCosts[] costs = [.. trials.Select(trial => trial.Costs).OfType<PlanCosts>()];
        bool asksForCosts = plan.Minimise.IsEmpty || plan.Objectives.Any(wanted => wanted.Objective.Metric == ObjectiveMetric.Cost);
        _counted = asksForCosts ? PlanCosts.WhatCounts(costs) : CountedCompute.Nothing;
        string[] notCounted = asksForCosts && PlanCosts.NotCounted(costs) is { } why ? [why] : [];
        string? reason = plan.Workers.IsEmpty ? null : trials.Select(trial => trial.NotMonotone).FirstOrDefault(reason => reason is not null);
        return new PlanCheck(
            problems, reason is null ? plan.Workers : [], currencies.FirstOrDefault() ?? "",
            reason is null ? [.. notCounted] : [.. notCounted, $"No setting was ruled out by another: that more workers shorten waits is not shown here, where {reason}."]);
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
            return new PlanTrial(candidate, plan.Minimise.IsEmpty ? verdict.MonthlyCost : candidate.Size, verdict.Replications, verdict.Objectives)
            { CostByReplication = plan.Minimise.IsEmpty ? verdict.CostByReplication : [] };
        });
    }

    /// <summary>The result of a search, for its readers.</summary>
    public PlanResult ResultOf(PlanOutcome outcome, PlanCheck check) => PlanResult.Of(
        plan.Name, plan.Question, plan.Confidence, [.. plan.Settings.Select(setting => setting.Name)], [.. plan.Points.Select(point => point.Values)],
        plan.Minimise.IsEmpty, outcome, check.Notes) with
    { Currency = check.Currency, CostOf = plan.Minimise.IsEmpty ? PlanCosts.InWords(_counted) : "" };

    private PlanVerdict VerdictOn(SweepPoint point, PlanStore? store, CancellationToken cancellation)
    {
        Trial trial = Prepare(point);
        if (trial.Fingerprint != _fingerprints[point.Number])
            trial = trial with { Kept = null };
        string key = KeyOf(trial);
        if (trial.Kept is not null && store?.Find(key) is { } known)
            return known;
        PlanVerdict verdict = Simulate(trial.Costs?.Counted(_counted) ?? 0, trial.Kept ?? throw new IOException($"{plan.Scenario[0]}: the scenario, or a file that it names, was changed while the plan ran; start the command again"), cancellation);
        store?.Save(key, verdict);
        return verdict;
    }

    private PlanVerdict Simulate(double compute, PreparedScenario prepared, CancellationToken cancellation)
    {
        Experiment experiment = new(prepared, threads, cancellation);
        PlanVerdict verdict = new(0, 0, []);
        foreach (int replications in _looks)
        {
            RunResults results = With(compute, experiment.GrowTo(replications, null, cancellation));
            verdict = new PlanVerdict(results.Cost?.Monthly ?? 0, replications,
                [.. plan.Objectives.Select(wanted => ObjectiveJudge.Judge(wanted.Objective, results, experiment.Replications, ConfidenceOfALook))])
            { CostByReplication = results.Cost?.MonthlyByReplication ?? [] };
            if (!verdict.IsOpen)
                break;
        }
        return verdict;
    }

    // Nodes and pods cost the same in every replication.
    private static RunResults With(double compute, RunResults results) => results.Cost is not { } cost ? results : results with
    {
        Cost = cost with { Monthly = cost.Monthly + compute, MonthlyByReplication = [.. (cost.MonthlyByReplication ?? []).Select(monthly => monthly + compute)] },
    };

    private PlanCandidate CandidateOf(SweepPoint point) => new(
        point.Number,
        [.. point.Values.Select((value, setting) => plan.Settings[setting].Values.IndexOf(value))],
        plan.Minimise.IsEmpty ? double.NaN : plan.Minimise.Sum(setting => double.Parse(point.Values[setting], CultureInfo.InvariantCulture)));

    private Trial Prepare(SweepPoint point)
    {
        ScenarioInputReading reading = ScenarioInputReading.Read(new ScenarioSource(plan.Scenario) { Overrides = point.Overrides, Prices = prices });
        if (reading.Input is not { } input)
            return new Trial(null, reading.Problems, reading.Fingerprint, null, [], null, null);
        Preparation preparation = input.Prepare();
        return new Trial(
            preparation.Prepared, [.. reading.Problems, .. preparation.Problems], reading.Fingerprint,
            Monotonicity.WhyNotShown(input.Scenario, preparation.Prepared?.Scheduler), [.. preparation.Prepared?.WorkloadNames ?? []], input.Scenario.Prices?.Currency, PlanCosts.Of(input));
    }

    // Where nobody charges, every setting costs nothing, and the cheapest is any.
    private IEnumerable<Problem> UnknownCosts(string[] currencies)
    {
        (SourcePosition Position, string Field)[] asked =
        [
            .. plan.Minimise.IsEmpty ? [(plan.MinimiseAt, "spec.minimise")] : (ReadOnlySpan<(SourcePosition, string)>)[],
            .. plan.Objectives.Where(wanted => wanted.Objective.Metric == ObjectiveMetric.Cost).Select(wanted => (wanted.Position, wanted.Field)),
        ];
        return currencies.Length == 1 ? [] : asked.Select(at => currencies.Length == 0
            ? ObjectiveProblems.NoPrices(at.Position, at.Field)
            : new Problem(Severity.Error, "several-currencies", at.Position, at.Field, $"Settings are charged in {string.Join(" and ", currencies)}, which cannot be compared", "one PriceSheet for all"));
    }

    // Another version may count otherwise.
    private string KeyOf(Trial trial) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"{ProgramVersion.Text}\n{trial.Fingerprint}\n{string.Join("\n", plan.Objectives.Select(wanted => wanted.Objective.Text))}\n{plan.Confidence:R} {plan.MaxReplications} {_counted}"))));

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
    /// <param name="WorkloadNames">Names of its workloads.</param>
    /// <param name="Currency">In which it is charged; null where nobody charges.</param>
    /// <param name="Costs">Its processors and memory; null where an error stands.</param>
    private sealed record Trial(PreparedScenario? Kept, ImmutableArray<Problem> Problems, string Fingerprint, string? NotMonotone, ImmutableArray<string> WorkloadNames, string? Currency, PlanCosts? Costs);
}

/// <summary>What is known of a plan before anything is simulated.</summary>
/// <param name="Problems">What its author must know; empty where all is well.</param>
/// <param name="Monotone">Fields of which more can only shorten waits, whatever the others are.</param>
/// <param name="Currency">Of the costs; empty where nobody charges.</param>
/// <param name="Notes">What its reader should know.</param>
public sealed record PlanCheck(ImmutableArray<Problem> Problems, ImmutableArray<int> Monotone, string Currency, ImmutableArray<string> Notes);
