using System.CommandLine;
using System.CommandLine.Parsing;

namespace KubeNetSim.Cli.Commands;

/// <summary>The files that a command reads as one scenario, as arguments or after <c>-f</c>, and the fields that the command line sets in it.</summary>
internal sealed class ScenarioFiles
{
    private readonly FileArguments _files = new();
    private readonly SettingOptions _settings = new();

    /// <summary>Adds the argument and the options to a command.</summary>
    /// <param name="command">The command.</param>
    public void AddTo(Command command)
    {
        _files.AddTo(command);
        foreach (Option option in _settings.Options)
            command.Options.Add(option);
    }

    /// <summary>The files that were given.</summary>
    public string[] Names(ParseResult parsed) => _files.Of(parsed);

    /// <summary>Reads the files and prints every problem at once; null if one of them is an error.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="console">Where problems are told.</param>
    /// <param name="skip">So many arguments are no files.</param>
    public ScenarioInput? Read(ParseResult parsed, CommandConsole console, int skip = 0) =>
        Source(parsed, console, skip) is { } source ? ClusterInput.Read(source, console, null) : null;

    /// <summary>What is to be read; null, with a message, where the command line is wrong.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="console">Where problems are told.</param>
    /// <param name="skip">So many arguments are no files.</param>
    public ScenarioSource? Source(ParseResult parsed, CommandConsole console, int skip = 0)
    {
        List<Problem> problems = [];
        ScenarioSource source = new([.. _files.Of(parsed).Skip(skip)]) { Overrides = _settings.Read(parsed, problems) };
        return ProblemWriter.Write(problems, console) ? source : null;
    }
}

/// <summary>FILE arguments, which may also follow <c>-f</c>, as in kubectl.</summary>
internal sealed class FileArguments
{
    private readonly Argument<string[]> _files = new("FILE")
    {
        Description = "Manifests and documents: files, folders, or - for standard input.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private readonly Option<string[]> _named = new("--filename", "-f")
    {
        Description = "The same as FILE, as kubectl has it. Repeatable.",
        HelpName = "FILE",
        DefaultValueFactory = _ => [],
    };

    /// <summary>Adds them to a command, which then needs at least one file.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isOptional">Whether the command can do without.</param>
    public void AddTo(Command command, bool isOptional = false)
    {
        command.Arguments.Add(_files);
        command.Options.Add(_named);
        if (!isOptional)
            command.Validators.Add(Require);
    }

    /// <summary>The files that were given.</summary>
    public string[] Of(ParseResult parsed) => [.. parsed.GetRequiredValue(_files), .. parsed.GetRequiredValue(_named)];

    private void Require(CommandResult result)
    {
        if (result.GetResult(_files) is not { Tokens.Count: > 0 } && result.GetResult(_named) is not { Tokens.Count: > 0 })
            result.AddError($"{result.Command.Name}: give a FILE: a manifest, a folder of them, or - for standard input");
    }
}

/// <summary>A FILE argument that holds one document, which may also follow <c>-f</c>.</summary>
internal sealed class FileArgument
{
    private readonly Argument<string?> _file;
    private readonly Option<string?> _named = new("--filename", "-f") { Description = "The same as FILE, as kubectl has it.", HelpName = "FILE" };

    /// <param name="kind">Kind of the document.</param>
    public FileArgument(string kind) => _file = new Argument<string?>("FILE") { Description = $"File with a document of kind {kind}.", Arity = ArgumentArity.ZeroOrOne };

    /// <summary>Adds it to a command, which then needs the file.</summary>
    public void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        command.Options.Add(_named);
        command.Validators.Add(result =>
        {
            if (!result.Children.OfType<CommandResult>().Any() && result.GetResult(_file) is not { Tokens.Count: > 0 } && result.GetResult(_named) is not { Tokens.Count: > 0 })
                result.AddError($"{result.Command.Name}: give a FILE");
        });
    }

    /// <summary>The file that was given.</summary>
    public string Of(ParseResult parsed) => parsed.GetValue(_file) ?? parsed.GetRequiredValue(_named)!;
}
