using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>A Scenario as written, before the objects that it is about are known.</summary>
internal sealed record ScenarioDocument
{
    private const double MostRunNs = 30 * 86_400e9;

    /// <summary>Nobody waits for more: every further digit takes a hundred times as many replications.</summary>
    private const double LeastPrecision = 1e-6;

    public required string Name { get; init; }

    public required string Question { get; init; }

    public required ClusterSettings Cluster { get; init; }

    public required IptablesBackend IptablesBackend { get; init; }

    public required ImmutableArray<Workload> Workloads { get; init; }

    public required ImmutableArray<Backend> Backends { get; init; }

    public required ImmutableArray<TimelineEvent> Timeline { get; init; }

    public required ImmutableArray<WantedObjective> Objectives { get; init; }

    public required RunSettings Run { get; init; }

    /// <summary>The network by the name of a NetworkProfile document; null where it is inline or the default.</summary>
    public string? NetworkName { get; init; }

    public NetworkDocument? Network { get; init; }

    /// <summary>The costs by the name of a CostProfile document; null where they are inline or the default.</summary>
    public string? CostsName { get; init; }

    public CostProfile? Costs { get; init; }

    /// <summary>The prices by the name of a PriceSheet; null where those of the cloud hold.</summary>
    public string? PricesName { get; init; }

    /// <summary>Replicas stated here instead of in the manifests.</summary>
    public ImmutableArray<(string Name, int Replicas)> Replicas { get; init; } = [];

    /// <summary>Its spec, for messages.</summary>
    public required Fields Spec { get; init; }

    /// <param name="document">The document.</param>
    /// <param name="modes">The names of the proxy modes that are known.</param>
    public static ScenarioDocument Read(Fields document, IReadOnlyList<string> modes)
    {
        string name = document.Mapping("metadata") is { } metadata ? metadata.Required("name", "name: my-scenario") : "";
        if (!document.Has("metadata"))
            document.Error("required-field", "metadata", "A Scenario needs metadata with a name");
        Fields? spec = document.Mapping("spec");
        if (spec is null)
            document.Error("required-field", "spec", "A Scenario needs a spec");
        spec ??= new Fields(new MappingNode(document.Node.Position, []), "spec", document.Problems);
        IptablesBackend backend = IptablesBackend.Nft;
        Fields? network = spec.Ask("network") is MappingNode ? spec.Mapping("network") : null;
        Fields? costs = spec.Ask("costs") is MappingNode ? spec.Mapping("costs") : null;
        ScenarioDocument scenario = new()
        {
            Name = name,
            Question = spec.Text("question") ?? "",
            Cluster = spec.Mapping("cluster") is { } cluster ? ClusterSettingsReader.Read(cluster, modes, out backend) : new ClusterSettings(),
            IptablesBackend = backend,
            Workloads = [.. spec.Mappings("workloads").Select(WorkloadReader.Read).OfType<Workload>()],
            Backends = [.. spec.Mappings("backends").Select(ReadBackend).OfType<Backend>()],
            Timeline = TimelineReader.Read(spec, MostRunNs),
            Objectives = ObjectiveReader.Read(spec),
            Run = spec.Mapping("run") is { } run ? ReadRun(run) : new RunSettings(),
            Network = network is null ? null : new NetworkDocument(ProfileReader.Network(network, "inline"), network),
            NetworkName = network is null ? spec.Text("network") : null,
            Costs = costs is null ? null : ProfileReader.Costs(costs, "inline"),
            CostsName = costs is null ? spec.Text("costs") : null,
            PricesName = spec.Text("prices"),
            Replicas = ReplicaOverrides.Read(spec.Mapping("replicas")),
            Spec = spec,
        };
        spec.Ask("manifests");
        spec.Close();
        CheckNames(scenario);
        return scenario;
    }

    private static void CheckNames(ScenarioDocument scenario)
    {
        HashSet<string> names = [];
        foreach (Workload workload in scenario.Workloads)
            if (workload.Name.Length > 0 && !names.Add(workload.Name))
                scenario.Spec.Problems.Add(new Problem(Severity.Error, "duplicate-workload", workload.Origin.Of("name"), "name", $"Two workloads have the name \"{workload.Name}\""));
    }

    private static Backend? ReadBackend(Fields fields)
    {
        DistributionSpec? serviceTime = DistributionReader.Read(fields, "serviceTime");
        if (!fields.Has("serviceTime"))
            fields.Error("required-field", "serviceTime", "The field \"serviceTime\" is required", "serviceTime: {lognormal: {mean: 4ms, cv: 0.5}}");
        LabelSelector selector = WorkloadReader.SelectorOf(fields);
        Backend common = Backend.Default;
        Backend backend = common with
        {
            Namespace = fields.Text("namespace"),
            Selector = selector,
            Ports = [.. fields.Texts("ports").Select(text => PortOf(fields, text)).OfType<int>()],
            Concurrency = (int)(fields.Integer("concurrency", 1, 100_000) ?? common.Concurrency),
            QueueBound = (int?)fields.Integer("queue", 0, int.MaxValue),
            StartupTime = DistributionReader.Read(fields, "startup") ?? common.StartupTime,
            Origin = FieldLayout.OriginOf(fields.Node),
        };
        fields.Close();
        return serviceTime is null ? null : backend with { ServiceTime = serviceTime };
    }

    private static int? PortOf(Fields fields, string text)
    {
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int port) && port is >= 1 and <= 65_535)
            return port;
        fields.Error("out-of-range", "ports", $"\"{text}\" is no TCP port", "numbers from 1 to 65535, for example ports: [8080]");
        return null;
    }

    private static RunSettings ReadRun(Fields run)
    {
        RunSettings common = new();
        double? duration = run.Duration("duration", 1_000_000, MostRunNs);
        double? warmup = run.Duration("warmup", 0, MostRunNs);
        RunSettings settings = new()
        {
            DurationNs = (long)(duration ?? common.DurationNs),
            WarmupNs = (long?)warmup,
            Replications = (int)(run.Integer("replications", 1, 10_000) ?? common.Replications),
            Precision = run.Share("precision", LeastPrecision),
            MaxReplications = (int)(run.Integer("maxReplications", 2, 10_000) ?? common.MaxReplications),
            IntervalNs = (long?)run.Duration("interval", 1, MostRunNs),
            Seed = (ulong)(run.Integer("seed", 0, long.MaxValue) ?? (long)common.Seed),
        };
        if (settings.WarmupNs >= settings.DurationNs)
            run.Error("out-of-range", "warmup", "The warm-up must be shorter than the run, or nothing is measured");
        run.Close();
        return settings;
    }
}
