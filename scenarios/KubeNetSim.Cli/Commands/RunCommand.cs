using System.CommandLine;
using System.Globalization;
using KubeNetSim.Analysis;
using KubeNetSim.Measurements;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>run</c>: simulates what the files say, and prints and keeps what it measured.</summary>
internal sealed class RunCommand : TaughtCommand
{
    private const ulong MostThreads = 1_024;

    private readonly CommandConsole _console;
    private readonly Argument<string[]> _files = Files();
    private readonly Option<string> _format = Format("table", "json", "yaml");
    private readonly RunOverrides _overrides = new();

    private readonly Option<string?> _folder = new("--out")
    {
        Description = "Folder for results.json, report.html and figures; results/SCENARIO if left out, or none at all with -o json and -o yaml.",
        HelpName = "DIR",
    };

    private readonly Option<string[]> _objectives = new("--objective")
    {
        Description = "What must hold, for example 'latency.p99 < 50ms', besides the objectives of the scenario; exit code 1 where it is missed. Repeatable.",
        HelpName = "OBJECTIVE",
        DefaultValueFactory = _ => [],
    };

    private readonly PricesOption _prices = new();

    private readonly Option<ulong?> _threads = WholeNumber.Option(
        "--threads", "Replications simulated at a time; a core each if left out. The results are the same with any number.", 1, MostThreads);

    private readonly Option<bool> _profile = new("--profile") { Description = "Say where wall time went, stage by stage, on standard error." };

    public RunCommand(CommandConsole console) : base("run", "Simulate, and print what requests met on their way.")
    {
        _console = console;
        Arguments.Add(_files);
        foreach (Option option in new Option[] { _format, _folder, _objectives, _prices, _threads, _profile }.Concat(_overrides.Options))
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim run samples/service-types                       what each Service type costs a request
          kubenetsim run manifests/                                  your own YAML, 100 requests/s to each Service
          kubenetsim run scenario.yaml --duration 10s --seed 7       shorter, and with other random numbers
          kubenetsim run scenario.yaml --precision 1%                as many replications as it takes
          kubenetsim run shop.yaml --objective 'errors < 0.1%'       exit code 1 where that is missed
          kubenetsim run scenario.yaml -o json | jq .workloads       results.json on standard output
          kubenetsim run scenario.yaml --profile                     where wall time went

        Ctrl-C ends a run early: results.json has what there is, marked as incomplete (`report` draws it), and it exits 130.
        """;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Profile profile = new(_console.Clock);
        // Nothing is lost where it is interrupted before it simulates, so nobody waits for that to end.
        if (await Task.Run(() => Prepare(parsed, profile), cancellation).WaitAsync(cancellation).ConfigureAwait(false) is not { } prepared)
            return ExitCodes.BadInput;
        // Before hours are spent on what cannot be kept.
        string? folder = FolderOf(prepared.Scenario, parsed);
        if (folder is not null)
            ResultsFolder.Make(folder);
        int threads = (int?)parsed.GetValue(_threads) ?? Environment.ProcessorCount;
        RunResults results = Simulate(prepared, threads, profile, cancellation);
        profile.Measure(Stage.Render, () => Write(results, folder, parsed));
        if (parsed.GetValue(_profile))
            profile.Write(_console.Error, results.Requests, results.Events);
        return results.Incomplete ? ExitCodes.Interrupted : results.Objectives.Any(outcome => outcome.Met == false) ? ExitCodes.Failed : ExitCodes.Done;
    }

    // Null where an error stands; it has been told of then.
    private PreparedScenario? Prepare(ParseResult parsed, Profile profile)
    {
        if (!_prices.TryRead(parsed, _console, out PriceSheetReading? prices)
            || ClusterInput.Read(new ScenarioSource(parsed.GetRequiredValue(_files)) { Prices = prices }, _console, profile) is not { } input)
            return null;
        if (_overrides.Contradiction(input.Scenario.Run, parsed) is { } contradiction)
        {
            ProblemWriter.WriteUsage(contradiction, _console);
            return null;
        }
        List<Problem> problems = [];
        WantedObjective[] objectives = [.. parsed.GetRequiredValue(_objectives).Select(text => ObjectiveReader.Read(text, "--objective", problems)).OfType<WantedObjective>()];
        Model.Scenarios.Scenario scenario = input.Scenario with { Run = _overrides.Apply(input.Scenario.Run, parsed), Objectives = [.. input.Scenario.Objectives, .. objectives] };
        Preparation preparation = profile.Measure(Stage.Compile, (input with { Scenario = scenario }).Prepare);
        if (preparation.Prepared is { } prepared)
            problems.AddRange(ObjectiveProblems.Of(scenario.Objectives, [.. prepared.WorkloadNames], scenario.Prices is not null));
        return ProblemWriter.Write([.. preparation.Problems, .. problems], _console) ? preparation.Prepared : null;
    }

    private RunResults Simulate(PreparedScenario prepared, int threads, Profile profile, CancellationToken cancellation)
    {
        long start = _console.Clock.GetTimestamp();
        using ProgressLine progress = new(_console, "simulating");
        RunResults results = Experiment.Run(prepared, threads, progress, profile, cancellation);
        return results with { WallSeconds = _console.Clock.GetElapsedTime(start).TotalSeconds };
    }

    private string? FolderOf(Model.Scenarios.Scenario scenario, ParseResult parsed) =>
        parsed.GetValue(_folder) ?? (parsed.GetRequiredValue(_format) == "table" ? Path.Combine("results", ResultsFolder.FileName(scenario.Name)) : null);

    // Results are saved before they are printed, and printed even where they cannot be saved.
    private bool Write(RunResults results, string? folder, ParseResult parsed)
    {
        string format = parsed.GetRequiredValue(_format);
        string json = RunResultsFile.ToJson(results);
        string? file = null;
        try
        {
            file = folder is null ? null : ResultsFolder.Write(results, folder);
        }
        finally
        {
            if (format == "json")
                _console.Output.Write(json);
            else if (format == "yaml")
                _console.Output.Write(YamlText.FromJson(json));
            else
                RunReport.Write(_console.Output, results);
        }
        string speed = string.Create(
            CultureInfo.InvariantCulture,
            $"simulated {results.Requests:N0} requests in {results.WallSeconds:0.0} s: {results.Requests / results.WallSeconds:N0} requests/s");
        string kept = file is not null && Path.GetFileName(file) == ResultsFolder.PartialFile ? $"{ResultsFolder.PartialFile} to {folder}; the finished {ResultsFolder.ResultsFile} stays as it is"
            : results.Incomplete ? $"results.json to {folder}; `kubenetsim report {folder}` draws it" : $"results.json, report.html and figures to {folder}";
        _console.Error.WriteLine(folder is null ? speed : $"{speed}; wrote {kept}");
        if (results.Incomplete)
            _console.Error.WriteLine("kubenetsim: interrupted; these results are incomplete");
        return results.Incomplete;
    }
}
