using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Tests;

/// <summary>What reading test documents gave.</summary>
/// <param name="Tests">The documents; empty where an error stands.</param>
/// <param name="Problems">What their author should know.</param>
public sealed record NetworkTestReading(ImmutableArray<NetworkTest> Tests, ImmutableArray<Problem> Problems);

/// <summary>Reads NetworkTest documents.</summary>
public static class NetworkTestReader
{
    private const string ApiVersion = "kubenetsim.io/v1alpha1";

    /// <summary>
    /// What must hold for an object to be read at all. What the API server would refuse besides does not hold here: objects of a test are
    /// taken as a proxy sees them.
    /// </summary>
    private static readonly HashSet<string> Readable =
        ["yaml-syntax", "duplicate-key", "unknown-field", "wrong-type", "unsupported-api-version", "unknown-kind", "no-object", "invalid-address", "invalid-cidr"];

    /// <summary>Reads all NetworkTest documents of files, folders and (<c>-</c>) standard input.</summary>
    /// <param name="paths">Files and folders.</param>
    /// <param name="standardInput">Where <c>-</c> reads from; null for nowhere.</param>
    /// <param name="proxyModes">The names of the proxy modes that are known; null for those of kube-proxy.</param>
    public static NetworkTestReading Read(IReadOnlyList<string> paths, Stream? standardInput, IReadOnlyList<string>? proxyModes = null)
    {
        IReadOnlyList<string> modes = proxyModes ?? ProxyModeNames.All;
        List<Problem> problems = [];
        ImmutableArray<NetworkTest>.Builder tests = ImmutableArray.CreateBuilder<NetworkTest>();
        InputFiles files = new(standardInput, problems);
        List<MappingNode> others = [];
        foreach (InputFile file in files.Read(paths))
            foreach (MappingNode document in ManifestParser.Parse(file, problems).OfType<MappingNode>())
                if (document.Find("kind") is ScalarNode { Text: "NetworkTest" })
                    tests.Add(Read(new Fields(document, "", problems), file.Name, modes));
                else
                    others.Add(document);
        if (tests.Count == 0 && problems.Count == 0)
            problems.Add(new Problem(Severity.Error, "no-test", new SourcePosition(paths.Count > 0 ? paths[0] : "-", 1, 1), "kind",
                "The files hold no document of kind NetworkTest", DocumentCommands.Help(others, paths.Count > 0 ? paths[0] : "-") ?? $"apiVersion: {ApiVersion}, kind: NetworkTest"));
        bool failed = problems.Any(problem => problem.Severity == Severity.Error);
        return new NetworkTestReading(failed ? [] : tests.ToImmutable(), [.. problems]);
    }

    private static NetworkTest Read(Fields document, string file, IReadOnlyList<string> modes)
    {
        if (document.Text("apiVersion") != ApiVersion)
            document.Error("unsupported-api-version", "apiVersion", "A NetworkTest is of another apiVersion", $"apiVersion: {ApiVersion}");
        string name = document.Mapping("metadata")?.Text("name") ?? Path.GetFileNameWithoutExtension(file);
        Fields? spec = document.Mapping("spec");
        if (spec is null)
            document.Error("required-field", "spec", "A NetworkTest needs a spec");
        spec ??= new Fields(new MappingNode(document.Node.Position, []), "spec", document.Problems);
        bool inline = spec.Has("objects");
        if (inline && spec.Has("manifests"))
            spec.Error("contradiction", "manifests", "A NetworkTest has objects, which it takes as they stand, or manifests, from which controllers make a cluster; not both");
        (ClusterObjects objects, ClusterSettings settings) = inline ? (Inline(spec, modes), new ClusterSettings { SystemServices = false }) : Manifests(spec, file, modes);
        NetworkTest test = new()
        {
            Name = name,
            File = file,
            Objects = objects,
            Settings = settings,
            TakesObjectsAsTheyStand = inline,
            Cases = [.. spec.Mappings("cases").Select(ReadCase).OfType<NetworkTestCase>()],
        };
        if (test.Cases.IsEmpty)
            spec.Error("required-field", "cases", "A NetworkTest needs cases");
        spec.Close();
        return test;
    }

    private static ClusterObjects Inline(Fields spec, IReadOnlyList<string> modes)
    {
        List<Problem> found = [];
        DocumentCollector collector = new(found, [], modes);
        foreach (ManifestNode item in spec.List("objects"))
            collector.Add(item, item.Position.File);
        spec.Problems.AddRange(found.Where(problem => problem.Severity == Severity.Error && (Readable.Contains(problem.Rule) || IsProxyMode(problem))));
        return collector.ToScenario("test")?.Objects ?? new ClusterObjects();
    }

    // A proxy of a mode that is not known cannot be put in the place of a known one.
    private static bool IsProxyMode(Problem problem) => problem is { Rule: "unknown-value", Field: "mode" };

    private static (ClusterObjects Objects, ClusterSettings Settings) Manifests(Fields spec, string file, IReadOnlyList<string> modes)
    {
        string folder = Path.GetDirectoryName(file) ?? "";
        string[] paths = [.. spec.Texts("manifests").Select(manifest => Path.Combine(folder, manifest))];
        if (paths.Length == 0)
        {
            spec.Error("required-field", "objects", "A NetworkTest needs objects, or manifests that hold them", "manifests: [web.yaml]");
            return (new ClusterObjects(), new ClusterSettings());
        }
        ScenarioReading reading = ScenarioReader.Read(paths, null, proxyModes: modes);
        // Several documents may be about the same manifests: what is wrong with these is said once.
        spec.Problems.AddRange(reading.Problems.Except(spec.Problems));
        if (reading.Scenario is not { } scenario)
            return (new ClusterObjects(), new ClusterSettings());
        spec.Problems.AddRange(ControlPlane.Reconcile(scenario.Objects, scenario.Cluster).Problems.Except(spec.Problems));
        return (scenario.Objects, scenario.Cluster);
    }

    private static NetworkTestCase? ReadCase(Fields fields)
    {
        string name = fields.Required("name", "name: external client keeps its address");
        Fields? packet = fields.Mapping("packet");
        Fields? lookup = fields.Mapping("lookup");
        Fields? request = fields.Mapping("request");
        Fields? expect = fields.Mapping("expect");
        fields.Close();
        if (expect is null)
            fields.Error("required-field", "expect", "A case must say what it expects", "expect: {verdict: Forward}");
        else if (expect.Node.Entries.Count == 0)
            fields.Error("required-field", "expect", "A case that expects nothing tests nothing", "expect: {verdict: Forward}");
        if (expect is null || new[] { packet, lookup, request }.Count(kind => kind is not null) != 1)
        {
            if (expect is not null)
                fields.Error("required-field", "packet", "A case must have exactly one of packet, lookup and request");
            return null;
        }
        SourcePosition position = fields.Node.Position;
        return packet is not null ? PacketCaseReader.Read(name, position, packet, expect)
            : lookup is not null ? LookupCaseReader.Read(name, position, lookup, expect)
            : RequestCaseReader.Read(name, position, request!, expect);
    }
}
