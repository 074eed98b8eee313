using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>schema</c>: the JSON Schema of our documents, for editors.</summary>
internal sealed class SchemaCommand : TaughtCommand
{
    public SchemaCommand(CommandConsole console) : base("schema", "Print the JSON Schema of Scenarios and the other documents, for editors.")
    {
        Argument<string?> kind = new("KIND") { Description = "Only this kind; all of them, told apart by their kind, if left out.", Arity = ArgumentArity.ZeroOrOne, HelpName = "KIND" };
        kind.CompletionSources.Add([.. DocumentCatalog.All.Select(one => one.Name)]);
        kind.Validators.Add(result =>
        {
            string name = result.Tokens.Count > 0 ? result.Tokens[0].Value : "";
            if (name.Length > 0 && DocumentCatalog.Find(name) is null)
                result.AddError($"there is no kind '{name}': {Spelling.Help(name, [.. DocumentCatalog.All.Select(one => one.Name)])}");
        });
        Arguments.Add(kind);
        SetAction(parsed => console.Output.Write(DocumentSchema.Text(parsed.GetValue(kind) is { } name ? DocumentCatalog.Find(name) : null)));
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim schema > kubenetsim.schema.json
          kubenetsim schema Scenario | jq '."$defs".Scenario.properties.spec.properties | keys'

        The first line of a document makes editors with the YAML language server complete its fields:

          # yaml-language-server: $schema=kubenetsim.schema.json
        """;
}
