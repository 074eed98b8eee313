using System.CommandLine;

namespace KubeNetSim.Cli.Commands;

/// <summary><c>get</c>: what the cluster would hold, as <c>kubectl get</c> prints it.</summary>
internal sealed class GetCommand : TaughtCommand
{
    private readonly CommandConsole _console;
    private readonly Argument<string> _kind = new("KIND") { Description = $"One of {ListedKind.AllNames}; kubectl's short names too.", HelpName = "KIND" };
    private readonly ScenarioFiles _files = new();
    private readonly Option<string> _format = Format("table", "wide", "yaml", "json");

    private readonly Option<string?> _namespace =
        new("--namespace", "-n") { Description = "Only this namespace; all of them if left out.", HelpName = "NAMESPACE" };

    private readonly Option<bool> _allNamespaces =
        new("--all-namespaces", "-A") { Description = "All namespaces, with a NAMESPACE column even where there is only one." };

    private readonly Option<string?> _selector = new("--selector", "-l")
    {
        Description = "Only objects with these labels, for example app=web,tier!=cache.",
        HelpName = "LABELS",
    };

    private readonly Option<bool> _background =
        new("--background") { Description = "Also the Services that only fill the rule tables (backgroundServices)." };

    public GetCommand(CommandConsole console) : base("get", "Show what the cluster would hold, as `kubectl get` prints it.")
    {
        _console = console;
        _kind.Validators.Add(result =>
        {
            string name = result.Tokens[0].Value;
            if (ListedKind.Find(name) is null)
                result.AddError($"'{name}' is not a kind that get shows; it shows {ListedKind.AllNames}");
        });
        _kind.CompletionSources.Add([.. ListedKind.All.Select(kind => kind.Names[0])]);
        Arguments.Add(_kind);
        _files.AddTo(this);
        foreach (Option option in new Option[] { _namespace, _allNamespaces, _selector, _background, _format })
            Options.Add(option);
        SetAction(Run);
    }

    /// <inheritdoc/>
    public override string Examples =>
        """
          kubenetsim get services samples/service-types             cluster IPs and node ports as they would be allocated
          kubenetsim get pods samples/service-types -o wide         where the pods would be placed
          kubenetsim get deployments -f manifests/ -l app=web       as kubectl has it: -f, -l, -n, -A
          kubenetsim get svc manifests/ -n shop -o yaml             official objects, to read back or to compare
          kubectl get deploy,svc -o yaml | kubenetsim get eps -     what a live cluster's objects would become
          kubenetsim get events manifests/                          what controllers had to say: why there are no topology hints
        """;

    private int Run(ParseResult parsed)
    {
        LabelSelector? selector = null;
        if (parsed.GetValue(_selector) is { } labels && !SelectorText.TryParse(labels, out selector))
        {
            ProblemWriter.WriteUsage($"--selector: '{labels}' is no selector: write app=web, tier!=cache, env in (a,b) or !legacy, with commas between", _console);
            return ExitCodes.BadInput;
        }
        if (_files.Read(parsed, _console) is not { } input)
            return ExitCodes.BadInput;
        string format = parsed.GetRequiredValue(_format);
        string? scope = parsed.GetValue(_allNamespaces) ? null : parsed.GetValue(_namespace);
        ListingOptions options = new(scope, format == "wide", parsed.GetValue(_background), selector);
        Listing listing = new(ListedKind.Find(parsed.GetRequiredValue(_kind))!, input.Cluster, options);
        if (format is "json" or "yaml")
            WriteObjects(listing, format);
        else
            WriteTable(listing, parsed.GetValue(_allNamespaces) || listing.SpansNamespaces);
        if (listing.HiddenCount > 0)
            _console.Error.WriteLine($"{listing.HiddenCount} background objects are not shown; --background shows them");
        input.WriteDefaults(_console);
        return ExitCodes.Done;
    }

    private void WriteObjects(Listing listing, string format)
    {
        string json = ObjectText.ListAsJson(listing.Export());
        if (format == "json")
            _console.Output.WriteLine(json);
        else
            _console.Output.Write(YamlText.FromJson(json));
    }

    private void WriteTable(Listing listing, bool withNamespace)
    {
        if (listing.IsEmpty)
            _console.Error.WriteLine("No resources found");
        else
            listing.Table(withNamespace).Write(_console.Output);
    }
}
