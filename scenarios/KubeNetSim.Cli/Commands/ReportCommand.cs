using System.Collections.Immutable;
using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>report</c>: figures and page again, from the results of a run, a sweep or a plan.</summary>
internal sealed class ReportCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder with the results of a run, a sweep or a plan." };

    private readonly Option<bool> _dark = new("--dark") { Description = "Also the figures for dark pages and slides, with names that end in -dark." };

    public ReportCommand(CommandConsole console) : base("report", "Draw figures and write report.html again, from results.")
    {
        _console = console;
        Arguments.Add(_folder);
        Options.Add(_dark);
        SetAction((parsed, cancellation) => Task.Run(() => RunAsync(parsed, cancellation), cancellation));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim report results/service-types          figures and report.html again, after results.json was moved or edited
          kubenetsim report results/service-types --dark   also figures for dark slides
          kubenetsim report results/rule-cost --dark       the same of a sweep, when all its points are there
        """;

    private async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        string folder = parsed.GetRequiredValue(_folder);
        bool isDark = parsed.GetValue(_dark);
        bool Holds(string file) => File.Exists(Path.Combine(folder, file));
        try
        {
            int code = ExitCodes.Done;
            if (!Holds(ResultsFolder.ResultsFile) && Holds(SweepDescription.FileName))
                return await SweepAsync(folder, isDark, cancellation).ConfigureAwait(false);
            StoredResults.Show(folder, () => code = !Holds(ResultsFolder.ResultsFile) && Holds(PlanStore.FileName) ? Plan(folder, isDark) : Run(folder, isDark));
            return code;
        }
        catch (InvalidDataException error)
        {
            _console.Error.WriteLine(ForeignText.InOneLine(error.Message));
            return ExitCodes.BadInput;
        }
    }

    private async Task<int> SweepAsync(string path, bool isDark, CancellationToken cancellation)
    {
        SweepFolder folder = new(path);
        SweepDescription description = SweepDescription.Read(path);
        (SweepTable? table, ImmutableArray<SweepDescribedPoint> missing) = description.Collect(folder.Store);
        if (table is null)
        {
            ProblemWriter.WriteUsage($"{path}: {missing.Length} of {description.Points.Length} points are not there yet; `kubenetsim sweep FILE --out {path}` goes on", _console);
            return ExitCodes.BadInput;
        }
        await SweepCommand.WriteAsync(folder, description, table, _console, cancellation).ConfigureAwait(false);
        if (isDark)
            SweepFigures.Write(table, description, path, FigureStyle.Dark);
        return ExitCodes.Done;
    }

    private int Plan(string folder, bool isDark)
    {
        PlanResult result = PlanStore.Read(folder);
        PlanCommand.WritePictures(result, folder, isDark ? [FigureStyle.Light, FigureStyle.Dark] : [FigureStyle.Light]);
        PlanReport.Write(_console.Output, result);
        _console.Error.WriteLine($"wrote report.html, plan.png and plan.svg to {folder}");
        return ExitCodes.Done;
    }

    private int Run(string folder, bool isDark)
    {
        if (ResultsInput.Read(folder, _console) is not { } results)
            return ExitCodes.BadInput;
        folder = File.Exists(folder) ? Path.GetDirectoryName(Path.GetFullPath(folder))! : folder;
        ResultsFolder.WritePictures(results, folder);
        if (isDark)
            RunFigures.Write(results, folder, FigureStyle.Dark);
        RunReport.Write(_console.Output, results);
        _console.Error.WriteLine($"wrote report.html and figures to {folder}");
        return ExitCodes.Done;
    }
}
