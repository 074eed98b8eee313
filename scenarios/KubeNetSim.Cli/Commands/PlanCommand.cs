using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Simulation;

namespace KubeNetSim.Cli;

/// <summary><c>plan</c>: looks for the smallest or cheapest setting that meets objectives.</summary>
internal sealed class PlanCommand : TaughtCommand
{
    /// <summary>Replications of a setting at first; twice as many at a time where they cannot tell.</summary>
    private const int FirstReplications = 5;

    private const ulong MostThreads = 1_024;

    private readonly CommandConsole _console;
    private readonly Argument<string> _file = new("FILE") { Description = "File with a document of kind Plan." };
    private readonly Option<string> _format = Format("table", "json", "yaml");
    private readonly Option<ulong?> _threads = WholeNumber.Option(
        "--threads", "Replications simulated at a time; a core each if left out. The answer is the same with any number.", 1, MostThreads);

    public PlanCommand(CommandConsole console) : base("plan", "Find the smallest or cheapest setting that meets objectives.")
    {
        _console = console;
        Arguments.Add(_file);
        Options.Add(_format);
        Options.Add(_threads);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim plan samples/replica-plan/plan.yaml             how many replicas does this load need?
          kubenetsim plan plan.yaml -o json | jq .best               the answer alone; exit code 1 where nothing meets the objectives
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        PlanReading reading = PlanReader.Read(parsed.GetRequiredValue(_file));
        if (!ProblemWriter.Write(reading.Problems, _console) || reading.Plan is not { } plan)
            return ExitCodes.BadInput;
        // Every setting is read before the first one runs; what is said of one is said of all.
        ImmutableArray<Problem> problems = [.. plan.Points.SelectMany(point => Prepare(plan, point).Problems).Where(problem => problem.Severity == Severity.Error).Distinct()];
        if (!ProblemWriter.Write(problems, _console))
            return ExitCodes.BadInput;
        if (UnknownWorkload(plan) is { } unknown)
        {
            ProblemWriter.WriteUsage(unknown, _console);
            return ExitCodes.BadInput;
        }
        int threads = (int?)parsed.GetValue(_threads) ?? Environment.ProcessorCount;
        int tried = 0;
        PlanOutcome outcome;
        using (ProgressLine progress = new(_console, $"planning among {plan.Points.Length} settings"))
            outcome = PlanSearch.Run([.. plan.Points.Select(point => CandidateOf(plan, point))], plan.Monotone, candidate =>
            {
                progress.Report((double)tried++ / plan.Points.Length);
                return TryOut(plan, candidate, threads, cancellation);
            });
        PlanResult result = PlanResult.Of(
            plan.Name, plan.Question, plan.Confidence, [.. plan.Settings.Select(setting => setting.Name)], [.. plan.Points.Select(point => point.Values)], plan.Minimise.IsEmpty, outcome);
        string format = parsed.GetRequiredValue(_format);
        if (format == "table")
            PlanReport.Write(_console.Output, result);
        else
            _console.Output.Write(format == "json" ? PlanResult.ToJson(result) : YamlText.FromJson(PlanResult.ToJson(result)));
        return outcome.Best is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static PlanTrial TryOut(Plan plan, PlanCandidate candidate, int threads, CancellationToken cancellation)
    {
        Experiment experiment = new(Prepare(plan, plan.Points[candidate.Number]).Prepared!, threads, cancellation);
        for (int replications = Math.Min(FirstReplications, plan.MaxReplications); ; replications = Math.Min(2 * replications, plan.MaxReplications))
        {
            RunResults results = experiment.GrowTo(replications, null, cancellation);
            ImmutableArray<ObjectiveResult> judged =
                [.. plan.Objectives.Select(objective => ObjectiveJudge.Judge(objective, results, experiment.Replications, plan.Confidence))];
            PlanTrial trial = new(candidate, plan.Minimise.IsEmpty ? results.Cost?.Monthly ?? 0 : candidate.Size, replications, judged);
            if (trial.IsMet || trial.IsMissed || replications == plan.MaxReplications)
                return trial;
        }
    }

    private static PlanCandidate CandidateOf(Plan plan, SweepPoint point) => new(
        point.Number,
        [.. point.Values.Select((value, setting) => plan.Settings[setting].Values.IndexOf(value))],
        plan.Minimise.IsEmpty ? double.NaN : plan.Minimise.Sum(setting => double.Parse(point.Values[setting], CultureInfo.InvariantCulture)));

    private static Preparation Prepare(Plan plan, SweepPoint point)
    {
        ScenarioReading reading = ScenarioReader.Read(plan.Scenario, null, point.Overrides);
        if (reading.Scenario is not { } scenario)
            return new Preparation(null, reading.Problems);
        Reconciliation reconciliation = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster);
        Preparation preparation = Preparation.Of(scenario, reconciliation.Cluster);
        return preparation with { Problems = [.. reconciliation.Problems, .. preparation.Problems] };
    }

    private static string? UnknownWorkload(Plan plan)
    {
        string[] names = [.. Prepare(plan, plan.Points[0]).Prepared!.WorkloadNames];
        Objective? unknown = plan.Objectives.FirstOrDefault(objective => objective.Workload is { } name && !names.Contains(name));
        return unknown is null ? null : $"objectives: '{unknown.Text}': there is no workload '{unknown.Workload}'; there are {string.Join(", ", names)}";
    }
}
