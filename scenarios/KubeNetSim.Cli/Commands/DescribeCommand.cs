using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>describe</c>: everything about an object, with what controllers had to say of it, as <c>kubectl describe</c> prints it.</summary>
internal sealed class DescribeCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _object = new("OBJECT") { Description = "KIND/NAME, KIND/NAMESPACE/NAME, or KIND for all of them; the beginning of a name is enough.", HelpName = "OBJECT" };
    private readonly ScenarioFiles _files = new();
    private readonly Option<string?> _namespace = new("--namespace", "-n") { Description = "Only this namespace; all of them if left out.", HelpName = "NAMESPACE" };

    public DescribeCommand(CommandConsole console) : base("describe", "Show everything about an object, as `kubectl describe` prints it.")
    {
        _console = console;
        Arguments.Add(_object);
        _files.AddTo(this);
        Options.Add(_namespace);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim describe svc/web manifests/
          kubenetsim describe pod/shop/web -f manifests/
          kubenetsim describe svc web -f manifests/
          kubenetsim describe nodes samples/service-types
        """;

    private int Run(ParseResult parsed)
    {
        // kubectl also takes KIND NAME.
        string written = parsed.GetRequiredValue(_object);
        bool hasName = !written.Contains('/', StringComparison.Ordinal) && _files.Names(parsed) is [var first, ..] && first != "-" && !Path.Exists(first);
        string[] parts = (hasName ? $"{written}/{_files.Names(parsed)[0]}" : written).Split('/');
        if (ListedKind.Find(parts[0]) is not { } kind || parts.Length > 3)
            return Refuse($"'{string.Join('/', parts)}' names no object: write KIND/NAME with one of {ListedKind.AllNames}");
        if (_files.Read(parsed, _console, skip: hasName ? 1 : 0) is not { } input)
            return ExitCodes.BadInput;
        string? scope = parts.Length == 3 ? parts[1] : parsed.GetValue(_namespace);
        ListedObject[] all = [.. kind.Objects(input.Cluster, true).Where(item => !item.IsBackground && new ListingOptions(scope).IsInScope(item.Meta))
            .OrderBy(item => item.Meta.FullName, StringComparer.Ordinal)];
        ListedObject[] found = parts.Length == 1 ? all : [.. all.Where(item => item.Meta.Name == parts[^1])];
        // As kubectl does: where no object has the name, those whose names begin with it.
        if (found.Length == 0)
            found = [.. all.Where(item => item.Meta.Name.StartsWith(parts[^1], StringComparison.Ordinal))];
        if (found.Length == 0)
            return Refuse($"there is no {kind.Names[1]} '{parts[^1]}'{(all.Length > 0 ? $"; there are {string.Join(", ", all.Take(5).Select(item => $"{kind.Names[1]}/{item.Meta.FullName}"))}" : "")}");
        for (int number = 0; number < found.Length; number++)
            ObjectDescription.Write(_console.Output, found[number], input.Cluster, isFirst: number == 0);
        input.WriteDefaults(_console);
        return ExitCodes.Done;
    }

    private int Refuse(string why)
    {
        ProblemWriter.WriteUsage($"describe: {why}", _console);
        return ExitCodes.BadInput;
    }
}
