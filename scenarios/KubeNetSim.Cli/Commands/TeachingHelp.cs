using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace KubeNetSim.Cli.Commands;

/// <summary>Help that ends with examples, and fits 80 columns.</summary>
internal sealed class TeachingHelp : SynchronousCommandLineAction
{
    private const int Width = 80;

    private readonly HelpAction _help;

    /// <param name="help">The help of System.CommandLine.</param>
    public TeachingHelp(HelpAction help)
    {
        _help = help;
        _help.MaxWidth = Width;
    }

    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        int code = _help.Invoke(parseResult);
        string examples = parseResult.CommandResult.Command is TaughtCommand taught ? taught.Examples : TaughtCommand.FirstSteps;
        TextWriter output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        foreach (string line in Fitted(examples.Split('\n')))
            output.WriteLine(line);
        return code;
    }

    /// <summary>
    /// Examples are written as a command, blanks, and what it does. Where one of them is too long, what a command does stands above it, as in the help of kubectl, and long
    /// commands go on in the next line, as a shell takes them.
    /// </summary>
    internal static IEnumerable<string> Fitted(string[] lines)
    {
        bool fits = lines.Where(IsCommand).All(line => line.Length <= Width);
        foreach (string line in lines)
        {
            if (!IsCommand(line))
                foreach (string part in Wrapped(line, "", ""))
                    yield return part;
            else if (fits)
                yield return line;
            else
                foreach (string part in Above(line))
                    yield return part;
        }
    }

    private static bool IsCommand(string line) => line.StartsWith("  ", StringComparison.Ordinal);

    private static IEnumerable<string> Above(string line)
    {
        string text = line.Trim();
        int gap = text.IndexOf("   ", StringComparison.Ordinal);
        if (gap > 0)
            foreach (string part in Wrapped($"# {text[gap..].Trim()}", "  ", "  # "))
                yield return part;
        foreach (string part in Wrapped(gap > 0 ? text[..gap] : text, "  ", "      ", " \\"))
            yield return part;
    }

    private static IEnumerable<string> Wrapped(string text, string first, string next, string goesOn = "")
    {
        string line = first;
        bool isEmpty = true;
        foreach (string word in text.Split(' '))
        {
            if (!isEmpty && line.Length + 1 + word.Length + goesOn.Length > Width)
            {
                yield return line + goesOn;
                line = next;
                isEmpty = true;
            }
            line += isEmpty ? word : $" {word}";
            isEmpty = false;
        }
        yield return line;
    }
}
