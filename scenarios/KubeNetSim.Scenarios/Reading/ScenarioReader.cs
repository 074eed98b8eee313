using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Reading;

/// <summary>What was read.</summary>
/// <param name="Scenario">The scenario; null where an error stands.</param>
/// <param name="Problems">What its author should know, in the order of the files.</param>
public sealed record ScenarioReading(Scenario? Scenario, ImmutableArray<Problem> Problems)
{
    /// <summary>
    /// SHA-256 of every document that has a part in the scenario, in hexadecimal: equal text means equal input. Comments, layout and where the files lie do not count.
    /// </summary>
    public string Fingerprint { get; init; } = "";

    /// <summary>The files that were read, in their order.</summary>
    public ImmutableArray<string> Files { get; init; } = [];
}

/// <summary>What could be read, errors or not: for those who look for every mistake.</summary>
/// <param name="Scenario">Everything that could be read, but for <paramref name="LeftOut"/>; null where nothing could.</param>
/// <param name="Problems">What its author should know, in the order of the files.</param>
/// <param name="LeftOut">Services, endpoints and nodes in which an error stands: nothing more is to be said of them.</param>
public sealed record ManifestReading(Scenario? Scenario, ImmutableArray<Problem> Problems, ImmutableArray<ObjectMeta> LeftOut);

/// <summary>Reads manifests and Scenario documents.</summary>
public static class ScenarioReader
{
    /// <summary>Reads files, folders and (<c>-</c>) standard input as one scenario. A plain manifest is enough.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="standardInput">Where <c>-</c> reads from; null for nowhere.</param>
    /// <param name="overrides">Fields of the Scenario's spec that get another value; null for none.</param>
    /// <param name="proxyModes">The names of the proxy modes that are known; null for those of kube-proxy.</param>
    public static ScenarioReading Read(
        IReadOnlyList<string> paths, Stream? standardInput, IReadOnlyList<FieldOverride>? overrides = null, IReadOnlyList<string>? proxyModes = null)
    {
        List<Problem> problems = [];
        (DocumentCollector collector, ImmutableArray<string> files) = Collect(paths, standardInput, overrides ?? [], proxyModes ?? ProxyModeNames.All, problems);
        Scenario? scenario = collector.ToScenario(NameOf(paths));
        bool failed = problems.Any(problem => problem.Severity == Severity.Error);
        return new ScenarioReading(failed ? null : scenario, InOrder(problems)) { Fingerprint = collector.Fingerprint(), Files = files };
    }

    /// <summary>Reads the same, and goes on where errors stand.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="standardInput">Where <c>-</c> reads from; null for nowhere.</param>
    /// <param name="overrides">Fields of the Scenario's spec that get another value; null for none.</param>
    public static ManifestReading ReadWithErrors(IReadOnlyList<string> paths, Stream? standardInput, IReadOnlyList<FieldOverride>? overrides = null)
    {
        List<Problem> problems = [];
        (DocumentCollector collector, _) = Collect(paths, standardInput, overrides ?? [], ProxyModeNames.All, problems);
        Scenario? scenario = collector.ToScenario(NameOf(paths));
        (Scenario? usable, ImmutableArray<ObjectMeta> leftOut) = Usable(scenario, collector.Faulty);
        return new ManifestReading(usable, InOrder(problems), leftOut);
    }

    private static (DocumentCollector Collector, ImmutableArray<string> Files) Collect(
        IReadOnlyList<string> paths, Stream? standardInput, IReadOnlyList<FieldOverride> overrides, IReadOnlyList<string> proxyModes, List<Problem> problems)
    {
        DocumentCollector collector = new(problems, overrides, proxyModes);
        InputFiles files = new(standardInput, problems);
        ImmutableArray<string>.Builder names = ImmutableArray.CreateBuilder<string>();
        void Add(InputFile file)
        {
            names.Add(file.Name);
            collector.Add(file);
        }
        // In the order of their names, so that the order in which files are named changes nothing.
        foreach (InputFile file in files.Read(paths.Order(StringComparer.Ordinal)))
        {
            Add(file);
            foreach (NamedManifest manifest in collector.TakeManifests().OrderBy(manifest => manifest.Path, StringComparer.Ordinal))
            {
                int before = problems.Count;
                // An empty name would be the folder of the Scenario itself.
                foreach (InputFile named in files.Read([manifest.Written.Length == 0 ? "" : manifest.Path]))
                    Add(named);
                // A file that a Scenario names and that is not there is an error of the Scenario.
                if (problems.Count > before && problems[before] is { Rule: "no-such-file" } missing)
                    problems[before] = missing with
                    {
                        Position = manifest.Position,
                        Field = manifest.Field,
                        Message = $"There is no file or folder \"{manifest.Written}\" beside the Scenario",
                    };
            }
        }
        return (collector, names.ToImmutable());
    }

    // What others refer to stays even where it is wrong, or its users would be told of a mistake that is not theirs.
    private static (Scenario? Scenario, ImmutableArray<ObjectMeta> LeftOut) Usable(Scenario? scenario, IReadOnlySet<SourcePosition> faulty)
    {
        if (scenario is null || faulty.Count == 0)
            return (scenario, []);
        bool IsRight(ObjectMeta meta) => !faulty.Contains(meta.Origin.Start);

        ClusterObjects all = scenario.Objects;
        ClusterObjects right = all with
        {
            Nodes = [.. all.Nodes.Where(node => IsRight(node.Meta))],
            Services = [.. all.Services.Where(service => IsRight(service.Meta))],
            EndpointSlices = [.. all.EndpointSlices.Where(slice => IsRight(slice.Meta))],
            Endpoints = [.. all.Endpoints.Where(endpoints => IsRight(endpoints.Meta))],
        };
        IEnumerable<ObjectMeta> metas = all.Nodes.Select(node => node.Meta).Concat(all.Services.Select(service => service.Meta))
            .Concat(all.EndpointSlices.Select(slice => slice.Meta)).Concat(all.Endpoints.Select(endpoints => endpoints.Meta));
        return (scenario with { Objects = right }, [.. metas.Where(meta => !IsRight(meta))]);
    }

    // Files in the order they were read, and each from top to bottom.
    private static ImmutableArray<Problem> InOrder(List<Problem> problems) =>
    [
        .. problems.GroupBy(problem => problem.Position.File)
            .SelectMany(file => file.OrderBy(problem => problem.Position.Line).ThenBy(problem => problem.Position.Column)),
    ];

    private static string NameOf(IReadOnlyList<string> paths)
    {
        string path = paths.Order(StringComparer.Ordinal).FirstOrDefault("-");
        string first = path == "-" ? "" : Path.GetFileNameWithoutExtension(Path.TrimEndingDirectorySeparator(path));
        return first.Length == 0 ? "scenario" : first;
    }
}
