using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary>The <c>--prices</c> option: a PriceSheet that replaces whatever the scenario would be charged at.</summary>
internal sealed class PricesOption : Option<string?>
{
    public PricesOption() : base("--prices")
    {
        Description = "A PriceSheet to make the bill of a month by, instead of the list prices of the cloud.";
        HelpName = "FILE";
    }

    /// <summary>Reads the sheet where one was given; says what is wrong with it where it cannot be used.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="console">Where problems are told.</param>
    /// <param name="prices">The sheet; null where none was given.</param>
    /// <returns>Whether there is nothing wrong.</returns>
    public bool TryRead(ParseResult parsed, CommandConsole console, out PriceSheetReading? prices)
    {
        prices = parsed.GetValue(this) is { } file ? PriceSheetReader.Read(file) : null;
        return prices is null || ProblemWriter.Write(prices.Problems, console);
    }
}
