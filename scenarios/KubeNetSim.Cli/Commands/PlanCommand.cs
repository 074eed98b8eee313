using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>plan</c>: looks for the smallest or cheapest setting that meets objectives.</summary>
internal sealed class PlanCommand : TaughtCommand
{
    private const ulong MostThreads = 1_024;

    private readonly CommandConsole _console;
    private readonly FileArgument _file = new("Plan");
    private readonly Option<string> _format = Format("table", "json", "yaml");
    private readonly Option<string?> _folder = new("--out")
    {
        Description = "Folder for plan.json, its figure and finished settings; results/PLAN if left out, or none at all with -o json and -o yaml.",
        HelpName = "DIR",
    };

    private readonly PricesOption _prices = new();
    private readonly SettingOptions _settings = new();
    private readonly Option<ulong?> _threads = WholeNumber.Option(
        "--threads", "Replications simulated at a time; a core each if left out. The answer is the same with any number.", 1, MostThreads);

    public PlanCommand(CommandConsole console) : base("plan", "Find the smallest or cheapest setting that meets objectives.")
    {
        _console = console;
        _file.AddTo(this);
        foreach (Option option in (Option[])[_format, _folder, _prices, .. _settings.Options, _threads])
            Options.Add(option);
        SetAction((parsed, cancellation) => Task.Run(() => Run(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim plan samples/replica-plan/plan.yaml             how many replicas does this load need?
          kubenetsim plan plan.yaml --out night                      stop it at any time; the same command goes on
          kubenetsim plan plan.yaml -o json | jq .best               the answer alone; exit code 1 where nothing meets the objectives
        """;

    private int Run(ParseResult parsed, CancellationToken cancellation)
    {
        PlanReading reading = PlanReader.Read(_file.Of(parsed));
        if (!ProblemWriter.Write(reading.Problems, _console) || reading.Plan is not { } plan || !_prices.TryRead(parsed, _console, out PriceSheetReading? prices))
            return ExitCodes.BadInput;
        List<Problem> problems = [];
        ImmutableArray<FieldOverride> settings = _settings.Read(parsed, problems);
        if (!ProblemWriter.Write(problems, _console))
            return ExitCodes.BadInput;
        PlanRun run = new(plan.With(settings), prices, (int?)parsed.GetValue(_threads) ?? Environment.ProcessorCount);
        PlanCheck check = run.Check(cancellation);
        if (!ProblemWriter.Write(check.Problems, _console))
            return ExitCodes.BadInput;
        string format = parsed.GetRequiredValue(_format);
        string? folder = parsed.GetValue(_folder) ?? (format == "table" ? SweepFolder.Default(plan.Name) : null);
        PlanStore? store = folder is null ? null : new PlanStore(folder);
        using FolderLock? folderLock = folder is null ? null : FolderLock.Take(folder);
        PlanOutcome outcome = Search(run, check.Monotone, store, cancellation);
        Write(run.ResultOf(outcome, check), format, store);
        return outcome.Best is null ? ExitCodes.Failed : ExitCodes.Done;
    }

    private PlanOutcome Search(PlanRun run, ImmutableArray<int> monotone, PlanStore? store, CancellationToken cancellation)
    {
        using ProgressLine progress = new(_console, $"planning among {run.Settings} settings");
        try
        {
            PlanOutcome outcome = run.Search(monotone, store, progress, cancellation);
            progress.Dispose();
            ProblemWriter.WriteDamaged(store?.Damaged ?? [], _console);
            return outcome;
        }
        catch (OperationCanceledException) when (store is not null)
        {
            progress.Dispose();
            _console.Error.WriteLine($"finished settings are kept in {store.Folder}; the same command goes on");
            throw;
        }
    }

    private void Write(PlanResult result, string format, PlanStore? store)
    {
        string json = PlanResult.ToJson(result);
        try
        {
            store?.Save(result);
            if (store is not null)
                WritePictures(result, store.Folder, [FigureStyle.Light]);
        }
        finally
        {
            if (format == "table")
                PlanReport.Write(_console.Output, result);
            else
                _console.Output.Write(format == "json" ? json : YamlText.FromJson(json));
        }
        if (store is not null)
            _console.Error.WriteLine($"wrote plan.json, report.html, plan.png and plan.svg to {store.Folder}");
    }

    /// <summary>Draws the answer of a plan, and makes its page.</summary>
    internal static void WritePictures(PlanResult result, string folder, IEnumerable<FigureStyle> styles)
    {
        foreach (FigureStyle style in styles)
            PlanFigure.Write(result, ProgramVersion.Text, folder, style);
        using StringWriter page = new() { NewLine = "\n" };
        PlanHtmlReport.Write(page, result);
        WholeFile.Write(Path.Combine(folder, PlanHtmlReport.FileName), page.ToString());
    }
}
