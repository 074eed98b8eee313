using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>diff</c>: what changes from one set of manifests to another, for pull requests.</summary>
internal sealed class DiffCommand : TaughtCommand
{
    private const ulong MostThreads = 1_024;

    private readonly CommandConsole _console;
    private readonly Argument<string> _old = new("OLD") { Description = "The manifests as they are: a file or a folder." };
    private readonly Argument<string> _new = new("NEW") { Description = "The manifests as they are to be." };

    private readonly Option<string[]> _scenario = new("--scenario", "-f")
    {
        Description = "Files for both, such as a Scenario; 100 requests/s to each Service if there is none. Repeatable.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string[]> _failOn = new("--fail-on")
    {
        Description = "Exit code 1 where this happens: 'latency.p99 > +10%', 'errors > +0.1pp', any-loss. Repeatable.",
        HelpName = "CONDITION",
        DefaultValueFactory = _ => [],
    };

    private readonly Option<string> _format = Format("table", "json", "yaml", "markdown");
    private readonly SettingOptions _settings = new();
    private readonly RunOverrides _overrides = new();
    private readonly PricesOption _prices = new();
    private readonly Option<ulong?> _threads = WholeNumber.Option("--threads", "Replications simulated at a time; a core each if left out.", 1, MostThreads);

    public DiffCommand(CommandConsole console) : base("diff", "Show what changes from one set of manifests to another, for a pull request.")
    {
        _console = console;
        Arguments.Add(_old);
        Arguments.Add(_new);
        foreach (Option option in new Option[] { _scenario, _failOn, _format }.Concat(_settings.Options).Concat(_overrides.Options).Append(_prices).Append(_threads))
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim diff deploy-main/ deploy/                                    objects, routes, latency, load, failures, the bill
          kubenetsim diff old.yaml new.yaml --scenario peak.yaml                  under the traffic of a Scenario
          kubenetsim diff old/ new/ --fail-on any-loss --fail-on 'latency.p99 > +10%'
          kubenetsim diff old/ new/ -o markdown > comment.md                      for a comment of a pull request

        Differences have 95% intervals: both sides are simulated with the same random numbers. A condition fails where its limit is exceeded beyond chance.
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        List<string> wrong = [];
        ImmutableArray<FailCondition> conditions = [.. parsed.GetRequiredValue(_failOn).Select(text => Condition(text, wrong)).OfType<FailCondition>()];
        if (wrong.Count > 0)
            return Refuse(wrong);
        HashSet<Problem> told = [];
        DiffSide? old = Read(parsed.GetRequiredValue(_old), parsed, told), other = Read(parsed.GetRequiredValue(_new), parsed, told);
        if (old is null || other is null)
            return ExitCodes.BadInput;
        wrong.AddRange(DiffRun.Problems(conditions, old, other));
        if (wrong.Count > 0)
            return Refuse(wrong);
        DiffResult result = Compare(old, other, conditions, (int?)parsed.GetValue(_threads) ?? Environment.ProcessorCount, cancellation);
        Write(result, parsed.GetRequiredValue(_format));
        return result.HasFailed ? ExitCodes.Failed : ExitCodes.Done;
    }

    private static FailCondition? Condition(string text, List<string> wrong)
    {
        FailCondition? condition = FailConditionReader.Read(text, out string why);
        if (condition is null)
            wrong.Add($"--fail-on: {why}");
        return condition;
    }

    private DiffResult Compare(DiffSide old, DiffSide other, ImmutableArray<FailCondition> conditions, int threads, CancellationToken cancellation)
    {
        using ProgressLine progress = new(_console, "simulating both");
        return DiffRun.Compare(old, other, conditions, threads, progress, cancellation);
    }

    // Null where an error stands; it has been told of then.
    private DiffSide? Read(string path, ParseResult parsed, HashSet<Problem> told)
    {
        List<Problem> problems = [];
        ImmutableArray<FieldOverride> settings = _settings.Read(parsed, problems);
        if (!Tell(problems, told) || !_prices.TryRead(parsed, _console, out PriceSheetReading? prices))
            return null;
        ScenarioInputReading reading = ScenarioInputReading.Read(new ScenarioSource([path, .. parsed.GetRequiredValue(_scenario)]) { Overrides = settings, Prices = prices, StandardInput = _console.Input });
        if (!Tell(reading.Problems, told) || reading.Input is not { } input)
            return null;
        if (_overrides.Contradiction(input.Scenario.Run, parsed) is { } contradiction)
        {
            Refuse([contradiction]);
            return null;
        }
        ScenarioInput asked = input with { Scenario = input.Scenario with { Run = _overrides.Apply(input.Scenario.Run, parsed) } };
        Preparation preparation = asked.Prepare();
        return Tell(preparation.Problems, told) && preparation.Prepared is { } prepared ? new DiffSide(path, [path], asked, prepared) : null;
    }

    // Both sides have most warnings in common.
    private bool Tell(IReadOnlyCollection<Problem> problems, HashSet<Problem> told) =>
        ProblemWriter.Write([.. problems.Where(problem => told.Add(problem))], _console) && problems.All(problem => problem.Severity != Severity.Error);

    private void Write(DiffResult result, string format)
    {
        if (format == "table")
            DiffReport.Write(_console.Output, result);
        else
            _console.Output.Write(format switch { "json" => result.ToJson(), "yaml" => YamlText.FromJson(result.ToJson()), _ => DiffMarkdown.Of(result) });
    }

    private int Refuse(IEnumerable<string> messages)
    {
        foreach (string message in messages.Distinct())
            ProblemWriter.WriteUsage(message, _console);
        return ExitCodes.BadInput;
    }
}
