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
        if (!ClusterNames.TryFindNode(input.Cluster, parsed.GetRequiredValue(_node), out Node? node, out string why))
            return Refuse($"--node: {why}");
        string? service = null;
        if (parsed.GetValue(_service) is { } wanted)
        {
            if (!ClusterNames.TryFindService(input.Cluster, wanted, out Service? found, out why))
                return Refuse($"--service: {why}");
            service = found.Meta.FullName;
        }
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
