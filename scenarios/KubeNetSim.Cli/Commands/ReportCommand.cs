using System.CommandLine;
using KubeNetSim.Analysis;

namespace KubeNetSim.Cli;

/// <summary><c>report</c>: figures and page again, from the results of a run.</summary>
internal sealed class ReportCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder with the results.json of a run." };

    private readonly Option<bool> _dark = new("--dark") { Description = "Also the figures for dark pages and slides, with names that end in -dark." };

    public ReportCommand(CommandConsole console) : base("report", "Draw figures and write report.html again, from results.")
    {
        _console = console;
        Arguments.Add(_folder);
        Options.Add(_dark);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim report results/service-types          figures and report.html again, after results.json was moved or edited
          kubenetsim report results/service-types --dark   also figures for dark slides
        """;

    private int Run(ParseResult parsed)
    {
        string folder = parsed.GetRequiredValue(_folder);
        if (ResultsFolder.Read(folder, _console) is not { } results)
            return ExitCodes.BadInput;
        folder = File.Exists(folder) ? Path.GetDirectoryName(Path.GetFullPath(folder))! : folder;
        ResultsFolder.WritePictures(results, folder);
        if (parsed.GetValue(_dark))
            RunFigures.Write(results, folder, FigureStyle.Dark);
        RunReport.Write(_console.Output, results);
        _console.Error.WriteLine($"wrote report.html and figures to {folder}");
        return ExitCodes.Done;
    }
}
