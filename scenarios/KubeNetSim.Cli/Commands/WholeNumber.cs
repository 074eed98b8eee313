using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KubeNetSim.Cli.Commands;

/// <summary>Options that take a whole number, and say so in words where they get something else.</summary>
internal static class WholeNumber
{
    /// <summary>An option whose value is null where it is left out.</summary>
    /// <param name="name">Name, with its dashes.</param>
    /// <param name="description">What it is for.</param>
    /// <param name="minimum">The smallest number it takes.</param>
    /// <param name="maximum">The largest.</param>
    public static Option<ulong?> Option(string name, string description, ulong minimum, ulong maximum) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = result => Parse(result, name, minimum, maximum),
    };

    private static ulong? Parse(ArgumentResult result, string name, ulong minimum, ulong maximum)
    {
        string text = result.Tokens[0].Value;
        if (ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number >= minimum && number <= maximum)
            return number;
        result.AddError($"{name}: '{text}' is not a whole number from {minimum} to {maximum}");
        return null;
    }
}
