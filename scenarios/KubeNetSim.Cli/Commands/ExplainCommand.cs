using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>explain</c>: what a field of a document of ours means, as <c>kubectl explain</c> says it of Kubernetes' objects.</summary>
internal sealed class ExplainCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string?> _field = new("FIELD")
    {
        Description = "Kind and path, for example scenario.spec.workloads.retries; the kinds there are if left out.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _recursive = new("--recursive") { Description = "All fields below it, without their descriptions." };

    public ExplainCommand(CommandConsole console) : base("explain", "Say what a field of a Scenario, Sweep, Plan or other document of ours means.")
    {
        _console = console;
        Arguments.Add(_field);
        Options.Add(_recursive);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim explain scenario.spec.workloads
          kubenetsim explain scenario.spec.workloads.retries
          kubenetsim explain plan.spec --recursive
        """;

    private int Run(ParseResult parsed)
    {
        if (parsed.GetValue(_field) is not { Length: > 0 } written)
        {
            foreach (DocumentKind one in DocumentCatalog.All)
                _console.Output.WriteLine($"{one.Name,-16}{one.About}");
            return ExitCodes.Done;
        }
        string[] path = written.Replace("[]", "", StringComparison.Ordinal).Split('.');
        if (DocumentCatalog.Find(path[0]) is not { } kind)
            return Refuse($"explain: there is no kind '{path[0]}': {Spelling.Help(path[0], [.. DocumentCatalog.All.Select(one => one.Name)])}; write KIND.spec.FIELD");
        DocumentNode node = kind.Document;
        foreach (string name in path[1..])
        {
            if (node.Find(name) is not { } below)
                return Refuse($"explain: {node.Name} has no field '{name}'" + (node.Fields.IsEmpty ? "" : $": {Help(name, node)}"));
            node = below;
        }
        FieldExplanation.Write(_console.Output, kind, node, parsed.GetValue(_recursive));
        return ExitCodes.Done;
    }

    private static string Help(string name, DocumentNode node)
    {
        string[] names = [.. node.Fields.Select(field => field.Name)];
        return Spelling.Nearest(name, names) is { } near ? $"did you mean '{near}'?" : $"it has {string.Join(", ", names)}";
    }

    private int Refuse(string why)
    {
        ProblemWriter.WriteUsage(why, _console);
        return ExitCodes.BadInput;
    }
}
