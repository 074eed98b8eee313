using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>rules</c>: what kube-proxy would program on a node, in the format of the mode's own tool.</summary>
internal sealed class RulesCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly ScenarioFiles _files = new();
    private readonly Option<string> _node = new("--node") { Description = "Name of the node.", HelpName = "NAME", Required = true };
    private readonly Option<string?> _service = new("--service") { Description = "Only what one Service adds.", HelpName = "NS/NAME" };

    public RulesCommand(CommandConsole console) : base("rules", "Print what kube-proxy would program on a node.")
    {
        _console = console;
        _files.AddTo(this);
        Options.Add(_node);
        Options.Add(_service);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim rules samples/service-types --node node-1                        as iptables-save prints it
          kubenetsim rules . --node node-1 --service shop/web | iptables-restore -t   does a kernel take it?
        """;

    private int Run(ParseResult parsed)
    {
        if (_files.Read(parsed, _console) is not { } input)
            return ExitCodes.BadInput;
        string name = parsed.GetRequiredValue(_node);
        Node? node = input.Cluster.Nodes.FirstOrDefault(item => item.Meta.Name == name);
        if (node is null)
            return Refuse($"--node: there is no node '{name}'; there are {string.Join(", ", input.Cluster.Nodes.Take(5).Select(item => item.Meta.Name))}");
        string? service = parsed.GetValue(_service);
        if (service is not null && input.Cluster.Services.All(item => item.Meta.FullName != service))
            return Refuse($"--service: there is no Service '{service}'; write NAMESPACE/NAME");
        foreach (string line in RuleListing.Of(Snapshots.AtStart(input.Scenario, input.Cluster, node), service))
            _console.Output.WriteLine(line);
        return ExitCodes.Done;
    }

    private int Refuse(string why)
    {
        ProblemWriter.WriteUsage(why, _console);
        return ExitCodes.BadInput;
    }
}
