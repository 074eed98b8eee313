using System.CommandLine;
using System.CommandLine.Parsing;

namespace KubeNetSim.Cli.Commands;

/// <summary>The <c>--shard</c> option of <c>sweep</c>.</summary>
internal static class ShardOption
{
    public static Option<Shard?> Create() => new("--shard")
    {
        Description = "Run only the I-th of N shares of the points, I from 1; `sweep merge` joins the shares.",
        HelpName = "I/N",
        CustomParser = Parse,
    };

    private static Shard? Parse(ArgumentResult result)
    {
        string text = result.Tokens[0].Value;
        if (Shard.Parse(text) is { } shard)
            return shard;
        result.AddError($"--shard: '{text}' is no share such as 1/4, the first of four; there are at most {Shard.Most} shares");
        return null;
    }
}
