using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>compare</c>: two results side by side.</summary>
internal sealed class CompareCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _first = new("A") { Description = "Folder with the results.json of a run." };
    private readonly Argument<string> _second = new("B") { Description = "Folder with the results.json of another." };

    public CompareCommand(CommandConsole console) : base("compare", "Show two results side by side, differences with their intervals.")
    {
        _console = console;
        Arguments.Add(_first);
        Arguments.Add(_second);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples => "  kubenetsim compare results/before results/after";

    private int Run(ParseResult parsed)
    {
        string firstName = parsed.GetRequiredValue(_first);
        string secondName = parsed.GetRequiredValue(_second);
        RunResults? first = ResultsInput.Read(firstName, _console);
        RunResults? second = ResultsInput.Read(secondName, _console);
        if (first is null || second is null)
            return ExitCodes.BadInput;
        try
        {
            StoredResults.Show($"{firstName}, {secondName}", () => ComparisonReport.Write(_console.Output, first, second, firstName, secondName));
        }
        catch (InvalidDataException error)
        {
            _console.Error.WriteLine(error.Message);
            return ExitCodes.BadInput;
        }
        return ExitCodes.Done;
    }
}
