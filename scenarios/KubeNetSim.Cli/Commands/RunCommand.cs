using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>run</c>: simulates what the files say, and prints and keeps what it measured.</summary>
internal sealed class RunCommand : TaughtCommand
{
    private const ulong MostThreads = 1_024;

    private readonly CommandConsole _console;
    private readonly RunInput _input;
    private readonly RunRival _rival = new();
    private readonly Option<string> _format = Format("table", "json", "yaml");

    private readonly Option<string?> _folder = new("--out")
    {
        Description = "Folder for results.json, report.html and figures; results/SCENARIO if left out, or none at all with -o json and -o yaml.",
        HelpName = "DIR",
    };

    private readonly Option<ulong?> _threads = WholeNumber.Option(
        "--threads", "Replications simulated at a time; a core each if left out. The results are the same with any number.", 1, MostThreads);

    private readonly Option<bool> _profile = new("--profile") { Description = "Say where wall time went, stage by stage, on standard error." };

    public RunCommand(CommandConsole console) : base("run", "Simulate, and print what requests met on their way.")
    {
        _console = console;
        _input = new RunInput(console);
        _input.AddTo(this);
        foreach (Option option in new Option[] { _rival.Option, _format, _folder, _threads, _profile })
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
          kubenetsim run shop.yaml --set spec.run.seed=7 --nodes 12  with other values than the files have
          kubenetsim run shop.yaml --mode nftables --compare-with mode=iptables
          kubenetsim run shop.yaml --objective 'errors < 0.1%'       exit code 1 where that is missed
          kubenetsim run scenario.yaml -o json | jq .workloads       results.json on standard output
          kubenetsim run scenario.yaml --profile                     where wall time went

        Ctrl-C ends a run early: results.json has what there is, marked as incomplete (`report` draws it), and it exits 130.
        """;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        Profile profile = new(_console.Clock);
        // Nothing is lost where it is interrupted before it simulates, so nobody waits for that to end.
        if (await Task.Run(() => Prepare(parsed, profile), cancellation).WaitAsync(cancellation).ConfigureAwait(false) is not { } runs)
            return ExitCodes.BadInput;
        // Before hours are spent on what cannot be kept.
        string? folder = FolderOf(runs.Asked.Scenario.Scenario, parsed);
        if (folder is not null)
            ResultsFolder.Make(folder);
        int threads = (int?)parsed.GetValue(_threads) ?? Environment.ProcessorCount;
        RunResults results = Simulate(runs.Asked.Scenario, threads, profile, cancellation);
        profile.Measure(Stage.Render, () => Write(results, folder, parsed));
        if (!results.Incomplete && runs.Other is { } other)
            foreach (string line in RunRival.Compare(runs.Asked.Settings, results, runs.Fields, Simulate(other.Scenario, threads, profile, cancellation)))
                (parsed.GetRequiredValue(_format) == "table" ? _console.Output : _console.Error).WriteLine(line);
        if (parsed.GetValue(_profile))
            profile.Write(_console.Error, results.Requests, results.Events);
        return results.Incomplete ? ExitCodes.Interrupted : results.Objectives.Any(outcome => outcome.Met == false) ? ExitCodes.Failed : ExitCodes.Done;
    }

    // Null where an error stands; it has been told of then.
    private (PreparedRun Asked, PreparedRun? Other, ImmutableArray<FieldOverride> Fields)? Prepare(ParseResult parsed, Profile profile)
    {
        List<Problem> problems = [];
        ImmutableArray<FieldOverride> other = _rival.Read(parsed, problems);
        if (!ProblemWriter.Write(problems, _console))
            return null;
        if (other.IsEmpty)
            return _input.Prepare(parsed, _console.Input, [], profile) is { } only ? (only, null, other) : null;
        // Standard input can be read once.
        using MemoryStream kept = new();
        if (_input.ReadsStandardInput(parsed))
            _console.Input.CopyTo(kept);
        kept.Position = 0;
        if (_input.Prepare(parsed, kept, [], profile) is not { } asked)
            return null;
        kept.Position = 0;
        return _input.Prepare(parsed, kept, other, profile) is { } rival ? (asked, rival, other) : null;
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
