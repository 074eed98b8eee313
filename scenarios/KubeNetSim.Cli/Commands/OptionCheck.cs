using System.CommandLine;
using System.CommandLine.Parsing;

namespace KubeNetSim.Cli.Commands;

/// <summary>Finds options that a command does not have. Without it they would be taken for files.</summary>
internal static class OptionCheck
{
    /// <summary>What is wrong with the first unknown option, and which one may be meant; null where all are known.</summary>
    /// <param name="parsed">The command line.</param>
    public static string? Unknown(ParseResult parsed)
    {
        // What follows -- is a file, whatever it looks like.
        IEnumerable<Token> written = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash);
        HashSet<Token> values = [.. OptionsOf(parsed.CommandResult).SelectMany(option => option.Tokens)];
        Token? unknown = written.FirstOrDefault(token => token.Type == TokenType.Argument && token.Value is ['-', _, ..] && !values.Contains(token));
        if (unknown is null)
            return null;
        Command command = parsed.CommandResult.Command;
        string name = unknown.Value.Split('=')[0];
        string[] known = [.. Known(parsed.CommandResult).SelectMany(option => option.Aliases.Prepend(option.Name)).Where(alias => alias.StartsWith("--", StringComparison.Ordinal))];
        string help = Spelling.Nearest(name, known) is { } near ? $"did you mean {near}?" : $"`{PathOf(parsed.CommandResult)} --help` lists its options";
        return $"{(command is RootCommand ? "there" : command.Name)} {(command is RootCommand ? "is" : "has")} no option {name}; {help}";
    }

    private static IEnumerable<OptionResult> OptionsOf(CommandResult? result)
    {
        for (; result is not null; result = result.Parent as CommandResult)
            foreach (OptionResult option in result.Children.OfType<OptionResult>())
                yield return option;
    }

    private static IEnumerable<Option> Known(CommandResult result)
    {
        foreach (Option option in result.Command.Options)
            yield return option;
        for (CommandResult? parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
            foreach (Option option in parent.Command.Options.Where(option => option.Recursive))
                yield return option;
    }

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{PathOf(parent)} {result.Command.Name}" : "kubenetsim";
}
