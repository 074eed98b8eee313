namespace KubeNetSim.Scenarios.Reading;

/// <summary>Sorts documents by kind, reads each, and puts them together.</summary>
internal sealed class DocumentCollector(List<Problem> problems, IReadOnlyList<FieldOverride> overrides, IReadOnlyList<string> modes)
{
    private const string OwnGroup = "kubenetsim.io/";
    private const string OwnApiVersion = "kubenetsim.io/v1alpha1";

    private readonly SchemaCheck _schema = new(problems);
    private readonly ObjectCollector _objects = new(problems);
    private readonly SharedLayouts _layouts = new();
    private readonly ProfileCollector _profiles = new(problems);
    private readonly HashSet<string> _ignored = [];
    private readonly HashSet<SourcePosition> _faulty = [];
    private readonly List<NamedManifest> _manifests = [];
    private ScenarioDocument? _scenario;
    private readonly InputDigest _digest = new();
    private string _firstFile = "-";
    private int _documents;
    private bool _isOfFolder;
    private (ManifestDocument Document, string Command, string File)? _elsewhere;
    private int _documentsElsewhere;

    /// <summary>Where Kubernetes objects begin in which an error stands.</summary>
    public IReadOnlySet<SourcePosition> Faulty => _faulty;

    /// <summary>Reads the documents of a file.</summary>
    public void Add(InputFile file)
    {
        if (_firstFile == "-")
            _firstFile = file.Name;
        _isOfFolder = file.IsOfFolder;
        ManifestParser.Parse(file, problems, node => Add(node, file.Name));
    }

    /// <summary>SHA-256 of all documents that have a part in the scenario, with the fields set as they are set, in hexadecimal.</summary>
    public string Fingerprint() => _digest.ToHex();

    /// <summary>Files that Scenarios read since the last call name.</summary>
    public List<NamedManifest> TakeManifests()
    {
        List<NamedManifest> taken = [.. _manifests];
        _manifests.Clear();
        return taken;
    }

    /// <summary>Everything put together; null where nothing was read.</summary>
    public Scenario? ToScenario(string name)
    {
        if (_elsewhere is { } other && _documents == _documentsElsewhere)
        {
            problems.RemoveAll(problem => problem.Position == other.Document.Node.Position && problem.Severity == Severity.Info);
            problems.Add(new Problem(Severity.Error, "ignored-kind", other.Document.Node.Position, "kind", $"This is a {other.Document.Kind}: run `kubenetsim {other.Command} {other.File}`"));
            return null;
        }
        if (overrides.Count > 0 && _scenario is null)
            AddScenario(name);
        if (_documents == 0)
        {
            if (problems.All(problem => problem.Severity != Severity.Error))
                problems.Add(new Problem(Severity.Error, "empty-input", new SourcePosition(_firstFile, 1, 1), "", "There is no document here"));
            return null;
        }
        Scenario scenario = new() { Name = name, Objects = WithOverrides(_objects.ToObjects()), Network = NetworkDocument.Unset.With(_objects.Dns) };
        if (_scenario is not { } document)
            return scenario with { Prices = _profiles.PricesOf(scenario, null, _firstFile) };
        scenario = scenario with
        {
            Objects = scenario.Objects with { Controllers = ReplicaOverrides.Apply(document.Replicas, scenario.Objects.Controllers, document.Spec) },
            Name = document.Name,
            Question = document.Question,
            Cluster = document.Cluster,
            IptablesBackend = document.IptablesBackend,
            Workloads = document.Workloads,
            Backends = document.Backends,
            Timeline = TimelineReader.Resolve(document.Timeline, scenario.Objects.Controllers, problems),
            Objectives = document.Objectives,
            Run = document.Run,
            Network = (document.Network ?? _profiles.NetworkOf(document) ?? NetworkDocument.Unset).With(_objects.Dns),
            Costs = document.Costs ?? _profiles.CostsOf(document) ?? scenario.Costs,
        };
        BackendTargets.Check(scenario, problems);
        return scenario with { Prices = _profiles.PricesOf(scenario, document, _firstFile) };
    }

    /// <summary>Reads a document that is there already.</summary>
    public void Add(ManifestNode node, string file)
    {
        if (node is not MappingNode mapping)
        {
            problems.Add(new Problem(Severity.Error, "no-object", node.Position, "", $"A document must be a Kubernetes object, and this is {(node is ScalarNode { Kind: ScalarKind.Text } ? "text" : node.Describe())}"));
            return;
        }
        if (_isOfFolder && mapping.Find("apiVersion") is null && mapping.Find("kind") is null)
        {
            if (_ignored.Add(file))
                problems.Add(new Problem(Severity.Info, "not-kubernetes", mapping.Position, "", "The file has neither apiVersion nor kind: it is not of Kubernetes and is skipped"));
            return;
        }
        Fields fields = new(mapping, "", problems) { Origin = FieldLayout.OriginOf(mapping.Position, _layouts.Of(mapping)) };
        string apiVersion = fields.Required("apiVersion", "apiVersion: v1");
        string kind = fields.Required("kind", "kind: Service");
        if (apiVersion.Length == 0 || kind.Length == 0)
            return;
        if (kind.EndsWith("List", StringComparison.Ordinal) && mapping.Entries.Any(entry => entry.Key.Text == "items")
            && mapping.Find("items") is null or SequenceNode)
        {
            // Go writes an empty list as null.
            AddItems(mapping.Find("items") as SequenceNode, kind, apiVersion, file);
            return;
        }
        _documents++;
        bool isOwn = apiVersion.StartsWith(OwnGroup, StringComparison.Ordinal);
        // A Scenario counts as it is when its fields are set; what only asks for scenarios does not count.
        if (!isOwn || kind is not ("Scenario" or "Sweep" or "Plan" or "NetworkTest"))
            _digest.Add(mapping);
        if (isOwn)
            AddOwn(new ManifestDocument(apiVersion, kind, mapping), fields, file);
        else if (kind == "KubeProxyConfiguration" && ManifestKinds.IsOfKubernetes(apiVersion))
            AddKubeProxy(apiVersion, fields);
        else if (DnsConfigurationReader.IsAbout(apiVersion, kind, mapping))
            _objects.Dns = DnsConfigurationReader.Read(mapping, _objects.Dns);
        else if (ManifestKinds.Known.TryGetValue(kind, out (string ApiVersion, Type Schema) known) && ManifestKinds.IsOfKubernetes(apiVersion))
            AddKubernetes(new ManifestDocument(apiVersion, kind, mapping), fields, known);
        else if (_ignored.Add($"{apiVersion}/{kind}"))
            problems.Add(new Problem(Severity.Info, "ignored-kind", mapping.Position, "kind", $"Objects of kind {kind} ({apiVersion}) have no part in the simulation and are ignored"));
    }

    // The items of a typed list (ServiceList) may leave out what the list says already.
    private void AddItems(SequenceNode? items, string kind, string apiVersion, string file)
    {
        foreach (ManifestNode item in items?.Items ?? [])
        {
            if (kind != "List" && item is MappingNode mapping && mapping.Find("kind") is null)
            {
                ScalarNode Scalar(string text) => new(item.Position, text, false);
                Add(new MappingNode(item.Position,
                [
                    KeyValuePair.Create<ScalarNode, ManifestNode>(Scalar("apiVersion"), Scalar(apiVersion)),
                    KeyValuePair.Create<ScalarNode, ManifestNode>(Scalar("kind"), Scalar(kind[..^4])),
                    .. mapping.Entries,
                ]), file);
            }
            else
            {
                Add(item, file);
            }
        }
        _documents++;
    }

    private void AddKubernetes(ManifestDocument document, Fields fields, (string ApiVersion, Type Schema) known)
    {
        if (!ManifestKinds.IsServed(document.Kind, document.ApiVersion))
        {
            fields.Error("unsupported-api-version", "apiVersion", $"{document.Kind} is not of apiVersion \"{document.ApiVersion}\"", $"apiVersion: {known.ApiVersion}");
            return;
        }
        int before = problems.Count;
        _schema.Check(document.Node, ManifestKinds.SchemaOf(document.Kind, document.ApiVersion));
        // A document of the wrong shape would be reported again by its reader.
        List<Problem> found = problems[before..];
        _objects.Add(document, fields);
        if (problems.Count == before)
            return;
        HashSet<(SourcePosition, string)> seen = [.. found.Select(problem => (problem.Position, problem.Rule))];
        for (int index = problems.Count - 1; index >= before + found.Count; index--)
            if (problems[index].Rule == "wrong-type" && seen.Contains((problems[index].Position, "wrong-type")))
                problems.RemoveAt(index);
        if (problems.Skip(before).Any(problem => problem.Severity == Severity.Error))
            _faulty.Add(document.Node.Position);
    }

    private void AddKubeProxy(string apiVersion, Fields fields)
    {
        if (apiVersion != KubeProxyReader.ApiVersion)
            fields.Error("unsupported-api-version", "apiVersion", $"KubeProxyConfiguration is not of apiVersion \"{apiVersion}\"", $"apiVersion: {KubeProxyReader.ApiVersion}");
        else
            _objects.Add(KubeProxyReader.Read(fields, modes));
    }

    private void AddOwn(ManifestDocument document, Fields fields, string file)
    {
        if (document.ApiVersion != OwnApiVersion)
            fields.Error("unsupported-api-version", "apiVersion", $"There is no apiVersion \"{document.ApiVersion}\"", $"apiVersion: {OwnApiVersion}");
        else if (document.Kind == "Scenario")
            AddScenario(document, fields, file);
        else if (document.Kind is "NetworkProfile" or "CostProfile" or "PriceSheet")
            _profiles.Add(document.Kind, fields);
        else if (DocumentCommands.Find(document.Kind) is { } command)
        {
            _elsewhere ??= (document, command, file);
            _documentsElsewhere++;
            problems.Add(new Problem(Severity.Info, "ignored-kind", document.Node.Position, "kind", $"A {document.Kind} is read by `kubenetsim {command}` and is ignored here"));
        }
        else
            fields.Error("unknown-kind", "kind", $"There is no kind \"{document.Kind}\" in {OwnApiVersion}", Spelling.Help(document.Kind, ["Scenario", "NetworkProfile", "CostProfile", "PriceSheet", .. DocumentCommands.Elsewhere]));
    }

    private void AddScenario(ManifestDocument document, Fields fields, string file)
    {
        if (_scenario is not null)
        {
            fields.Error("duplicate-object", "kind", $"There are two Scenarios; the other stands at {_scenario.Spec.Node.Position}", "give one of them only");
            return;
        }
        MappingNode set = Overridden(document.Node);
        _digest.Add(set);
        _scenario = ScenarioDocument.Read(overrides.Count == 0 ? fields : new Fields(set, "", problems), modes);
        string folder = file == "-" ? "" : Path.GetDirectoryName(file) ?? "";
        foreach ((ScalarNode manifest, string field) in _scenario.Spec.Values("manifests"))
            _manifests.Add(new NamedManifest(Path.Combine(folder, manifest.Text), manifest.Text, manifest.Position, field));
    }

    // Fields are set of a Scenario, also where the files have none.
    private void AddScenario(string name)
    {
        SourcePosition position = overrides[0].Value.Position;
        KeyValuePair<ScalarNode, ManifestNode> Entry(string key, ManifestNode value) => KeyValuePair.Create(new ScalarNode(position, key, false), value);
        MappingNode metadata = new(position, [Entry("name", new ScalarNode(position, name, false))]);
        MappingNode document = new(position,
        [
            Entry("apiVersion", new ScalarNode(position, OwnApiVersion, false)), Entry("kind", new ScalarNode(position, "Scenario", false)), Entry("metadata", metadata),
        ]);
        AddScenario(new ManifestDocument(OwnApiVersion, "Scenario", document), new Fields(document, "", problems), "-");
    }

    // A Scenario yields to Nodes and a KubeProxyConfiguration among the files; who sets a field asks for it whatever the files say.
    private ClusterObjects WithOverrides(ClusterObjects objects)
    {
        if (!objects.Nodes.IsEmpty && overrides.FirstOrDefault(item => item.Path == FieldOverride.Nodes) is { } nodes)
            problems.Add(new Problem(Severity.Error, "unknown-path", nodes.Value.Position, $"spec.{nodes.Path}", $"The field {nodes.Path} cannot be set: the files hold {objects.Nodes.Length} Nodes, and these are the cluster", "remove the Nodes from the files"));
        bool isModeSet = overrides.Any(item => item.Path == FieldOverride.ProxyMode);
        return isModeSet && objects.KubeProxy is { } proxy && _scenario?.Cluster.ProxyMode is { } mode ? objects with { KubeProxy = proxy with { Mode = mode } } : objects;
    }

    private MappingNode Overridden(MappingNode document)
    {
        foreach (FieldOverride item in overrides)
        {
            if (FieldPath.Set(document, $"spec.{item.Path}", item.Value, out string why) is { } changed)
                document = changed;
            else
                problems.Add(new Problem(Severity.Error, "unknown-path", item.Value.Position, item.Path, $"The field {item.Path} cannot be set: {why}"));
        }
        return document;
    }
}
