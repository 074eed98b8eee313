namespace KubeNetSim.Scenarios.Reading;

/// <summary>Collects the profiles of the files, and finds the one that a Scenario names.</summary>
internal sealed class ProfileCollector(List<Problem> problems)
{
    private readonly Dictionary<string, NetworkDocument> _networks = new(StringComparer.Ordinal);
    private readonly Dictionary<string, CostProfile> _costs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PriceSheet> _prices = new(StringComparer.Ordinal);

    /// <summary>Reads a NetworkProfile, a CostProfile or a PriceSheet.</summary>
    public void Add(string kind, Fields fields)
    {
        string name = fields.Mapping("metadata") is { } metadata ? metadata.Required("name", "a name") : "";
        Fields? spec = fields.Mapping("spec");
        if (name.Length == 0 || spec is null)
        {
            fields.Error("required-field", spec is null ? "spec" : "metadata", $"A {kind} needs metadata with a name, and a spec");
            return;
        }
        bool added = kind switch
        {
            "NetworkProfile" => _networks.TryAdd(name, new NetworkDocument(ProfileReader.Network(spec, name), spec)),
            "CostProfile" => _costs.TryAdd(name, ProfileReader.Costs(spec, name)),
            _ => _prices.TryAdd(name, PriceSheetReader.Sheet(spec, name)),
        };
        if (!added)
            fields.Error("duplicate-object", "metadata", $"There are two {kind}s with the name \"{name}\"");
    }

    /// <summary>The NetworkProfile that a Scenario names; null where it names none, or none is found.</summary>
    public NetworkDocument? NetworkOf(ScenarioDocument document) => Named(_networks, document, "network", document.NetworkName);

    /// <summary>The CostProfile that a Scenario names; null where it names none, or none is found.</summary>
    public CostProfile? CostsOf(ScenarioDocument document) => Named(_costs, document, "costs", document.CostsName);

    /// <summary>The sheet that the Scenario names; else the only one among the files; else that of its cloud.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="document">The Scenario as written; null where there is none.</param>
    /// <param name="firstFile">Where to report that several sheets are given and none is named.</param>
    public PriceSheet? PricesOf(Scenario scenario, ScenarioDocument? document, string firstFile)
    {
        if (document?.PricesName is { } name)
        {
            if (_prices.TryGetValue(name, out PriceSheet? named) || (named = PriceSheetReader.BuiltIn(name)) is not null)
                return named;
            document.Spec.Error("unknown-prices", "prices", $"No document gives a PriceSheet with the name \"{name}\"", Spelling.Help(name, ["aws", "gcp", "azure", .. _prices.Keys]));
            return null;
        }
        if (_prices.Count == 1)
            return _prices.Values.First();
        if (_prices.Count > 1)
            problems.Add(new Problem(Severity.Warning, "ambiguous-prices", new SourcePosition(firstFile, 1, 1), "spec.prices",
                $"The files hold several PriceSheets, {string.Join(" and ", _prices.Keys.Order(StringComparer.Ordinal))}, and none is used", "say in the Scenario which one: prices: NAME"));
        return _prices.Count == 0 && scenario.Cluster.Cloud is { } cloud ? PriceSheetReader.BuiltIn(cloud.ToString().ToLowerInvariant()) : null;
    }

    private static T? Named<T>(Dictionary<string, T> profiles, ScenarioDocument document, string key, string? name)
        where T : class
    {
        if (name is null or "default")
            return null;
        if (profiles.TryGetValue(name, out T? profile))
            return profile;
        document.Spec.Error("unknown-profile", key, $"No document gives a profile with the name \"{name}\"", Spelling.Help(name, ["default", .. profiles.Keys]));
        return null;
    }
}
