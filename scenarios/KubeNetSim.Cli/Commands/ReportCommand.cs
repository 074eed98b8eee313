using System.CommandLine;
using KubeNetSim.Analysis;

namespace KubeNetSim.Cli;

/// <summary><c>report</c>: figures and page again, from the results of a run.</summary>
internal sealed class ReportCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _folder = new("DIR") { Description = "Folder with the results.json of a run." };

    public ReportCommand(CommandConsole console) : base("report", "Draw figures and write report.html again, from results.")
    {
        _console = console;
        Arguments.Add(_folder);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples => "  kubenetsim report results/service-types";

    private int Run(ParseResult parsed)
    {
        string folder = parsed.GetRequiredValue(_folder);
        if (ResultsFolder.Read(folder, _console) is not { } results)
            return ExitCodes.BadInput;
        ResultsFolder.WritePictures(results, folder);
        RunReport.Write(_console.Output, results);
        _console.Error.WriteLine($"wrote report.html and figures to {folder}");
        return ExitCodes.Done;
    }
}
