using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary>What <c>run</c> simulates: files, fields set in them, settings of the run, prices and objectives.</summary>
/// <param name="console">Where problems are told.</param>
internal sealed class RunInput(CommandConsole console)
{
    private readonly ScenarioFiles _files = new();
    private readonly RunOverrides _overrides = new();
    private readonly PricesOption _prices = new();

    private readonly Option<string[]> _objectives = new("--objective")
    {
        Description = "What must hold, for example 'latency.p99 < 50ms', besides the objectives of the scenario; exit code 1 where it is missed. Repeatable.",
        HelpName = "OBJECTIVE",
        DefaultValueFactory = _ => [],
    };

    private readonly HashSet<Problem> _told = [];

    /// <summary>Adds its argument and options to a command.</summary>
    public void AddTo(Command command)
    {
        _files.AddTo(command);
        foreach (Option option in _overrides.Options.Append(_objectives).Append(_prices))
            command.Options.Add(option);
    }

    /// <summary>Whether standard input is among the files.</summary>
    public bool ReadsStandardInput(ParseResult parsed) => _files.Names(parsed).Contains("-");

    /// <summary>Makes the scenario ready to run. What is wrong is told, once; null where it is an error.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="input">Standard input.</param>
    /// <param name="other">Fields that outrank those of the command line.</param>
    /// <param name="profile">Told how long stages take.</param>
    public PreparedRun? Prepare(ParseResult parsed, Stream input, ImmutableArray<FieldOverride> other, Profile profile)
    {
        if (!_prices.TryRead(parsed, console, out PriceSheetReading? prices) || _files.Source(parsed, console) is not { } source)
            return null;
        ImmutableArray<FieldOverride> settings = [.. source.Overrides, .. other];
        ScenarioInputReading reading = ScenarioInputReading.Read(source with { Prices = prices, StandardInput = input, Overrides = settings }, profile);
        if (!Tell(reading.Problems) || reading.Input is not { } read)
            return null;
        if (_overrides.Contradiction(read.Scenario.Run, parsed) is { } contradiction)
        {
            ProblemWriter.WriteUsage(contradiction, console);
            return null;
        }
        List<Problem> problems = [];
        WantedObjective[] objectives = [.. parsed.GetRequiredValue(_objectives).Select(text => ObjectiveReader.Read(text, "--objective", problems)).OfType<WantedObjective>()];
        Model.Scenarios.Scenario scenario = read.Scenario with { Run = _overrides.Apply(read.Scenario.Run, parsed), Objectives = [.. read.Scenario.Objectives, .. objectives] };
        Preparation preparation = profile.Measure(Stage.Compile, (read with { Scenario = scenario }).Prepare);
        problems.AddRange(preparation.Problems);
        if (preparation.Prepared is { } prepared)
            problems.AddRange(ObjectiveProblems.Of(scenario.Objectives, [.. prepared.WorkloadNames], scenario.Prices is not null));
        return Tell(problems) && preparation.Prepared is { } ready ? new PreparedRun(ready, settings) : null;
    }

    // Two scenarios of the same files have the same warnings.
    private bool Tell(IReadOnlyCollection<Problem> problems) =>
        ProblemWriter.Write([.. problems.Where(problem => _told.Add(problem))], console) && problems.All(problem => problem.Severity != Severity.Error);
}

/// <summary>A scenario that is ready to run.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Settings">Fields that were set in it.</param>
internal sealed record PreparedRun(PreparedScenario Scenario, ImmutableArray<FieldOverride> Settings);
