using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace KubeNetSim.Cli;

/// <summary>A share of a sweep's points.</summary>
/// <param name="Number">Which share, from 1.</param>
/// <param name="Count">How many shares there are.</param>
internal sealed record Shard(int Number, int Count)
{
    public const int Most = 100_000;

    /// <summary>The <c>--shard</c> option.</summary>
    public static Option<Shard?> Option() => new("--shard")
    {
        Description = "Run only the I-th of N shares of the points, I from 1; `sweep merge` joins the shares.",
        HelpName = "I/N",
        CustomParser = Parse,
    };

    private static Shard? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        string[] parts = text.Split('/');
        if (parts.Length == 2 && Read(parts[0]) is { } number && Read(parts[1]) is { } count && number >= 1 && number <= count && count <= Most)
            return new Shard(number, count);
        result.AddError($"--shard: '{text}' is no share such as 1/4, the first of four; there are at most {Most} shares");
        return null;
    }

    private static int? Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
