using System.Collections.Immutable;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

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

    private static readonly IReadOnlyDictionary<string, Protocol> Protocols = Words.Protocols;

    /// <summary>Reads all NetworkTest documents of files, folders and (<c>-</c>) standard input.</summary>
    public static NetworkTestReading Read(IReadOnlyList<string> paths, Stream? standardInput)
    {
        List<Problem> problems = [];
        ImmutableArray<NetworkTest>.Builder tests = ImmutableArray.CreateBuilder<NetworkTest>();
        InputFiles files = new(standardInput, problems);
        foreach (InputFile file in files.Read(paths))
            foreach (MappingNode document in ManifestParser.Parse(file.Name, file.Text, problems).OfType<MappingNode>())
                if (document.Find("kind") is ScalarNode { Text: "NetworkTest" })
                    tests.Add(Read(new Fields(document, "", problems), file.Name));
        if (tests.Count == 0 && problems.Count == 0)
            problems.Add(new Problem(Severity.Error, "no-test", new SourcePosition(paths.Count > 0 ? paths[0] : "-", 1, 1), "kind",
                "The files hold no document of kind NetworkTest", $"apiVersion: {ApiVersion}, kind: NetworkTest"));
        bool failed = problems.Any(problem => problem.Severity == Severity.Error);
        return new NetworkTestReading(failed ? [] : tests.ToImmutable(), [.. problems]);
    }

    private static NetworkTest Read(Fields document, string file)
    {
        if (document.Text("apiVersion") != ApiVersion)
            document.Error("unsupported-api-version", "apiVersion", "A NetworkTest is of another apiVersion", $"apiVersion: {ApiVersion}");
        string name = document.Mapping("metadata")?.Text("name") ?? Path.GetFileNameWithoutExtension(file);
        Fields? spec = document.Mapping("spec");
        if (spec is null)
            document.Error("required-field", "spec", "A NetworkTest needs a spec");
        spec ??= new Fields(new MappingNode(document.Node.Position, []), "spec", document.Problems);
        bool inline = spec.Has("objects");
        ClusterObjects objects = inline ? Inline(spec) : Manifests(spec, Path.GetDirectoryName(file) ?? "");
        NetworkTest test = new()
        {
            Name = name,
            File = file,
            Objects = objects,
            TakesObjectsAsTheyStand = inline,
            Cases = [.. spec.Mappings("cases").Select(ReadCase).OfType<NetworkTestCase>()],
        };
        if (test.Cases.IsEmpty)
            spec.Error("required-field", "cases", "A NetworkTest needs cases");
        spec.Close();
        return test;
    }

    private static ClusterObjects Inline(Fields spec)
    {
        List<Problem> found = [];
        DocumentCollector collector = new(found, []);
        foreach (ManifestNode item in spec.List("objects"))
            collector.Add(item, item.Position.File);
        spec.Problems.AddRange(found.Where(problem => problem.Severity == Severity.Error && Readable.Contains(problem.Rule)));
        return collector.ToScenario("test")?.Objects ?? new ClusterObjects();
    }

    private static ClusterObjects Manifests(Fields spec, string folder)
    {
        string[] paths = [.. spec.Texts("manifests").Select(manifest => Path.Combine(folder, manifest))];
        if (paths.Length == 0)
        {
            spec.Error("required-field", "objects", "A NetworkTest needs objects, or manifests that hold them", "manifests: [web.yaml]");
            return new ClusterObjects();
        }
        ScenarioReading reading = ScenarioReader.Read(paths, null);
        spec.Problems.AddRange(reading.Problems);
        return reading.Scenario?.Objects ?? new ClusterObjects();
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
        if (expect is null || new[] { packet, lookup, request }.Count(kind => kind is not null) != 1)
        {
            if (expect is not null)
                fields.Error("required-field", "packet", "A case must have exactly one of packet, lookup and request");
            return null;
        }
        SourcePosition position = fields.Node.Position;
        return packet is not null ? ReadPacket(name, position, packet, expect)
            : lookup is not null ? ReadLookup(name, position, lookup, expect)
            : RequestCaseReader.Read(name, position, request!, expect);
    }

    private static NetworkTestCase.PacketCase? ReadPacket(string name, SourcePosition position, Fields packet, Fields expect)
    {
        IpAddress? source = Required(packet, "source");
        IpAddress? destination = Required(packet, "destination");
        long? port = packet.Integer("port", 0, 65_535);
        NetworkTestCase.PacketCase read = new(name, position)
        {
            Node = packet.Required("node", "the name of a Node"),
            Source = source ?? default,
            Destination = destination ?? default,
            Protocol = packet.Word("protocol", Protocols) ?? Protocol.TCP,
            Port = (int)(port ?? 0),
            Verdict = Verdict(expect),
            Endpoints = expect.Has("endpoints") ? expect.Texts("endpoints") : null,
            Masquerade = expect.Has("masquerade") ? expect.Bool("masquerade", false) : null,
        };
        packet.Close();
        expect.Close();
        return source is null || destination is null ? null : read;
    }

    private static string? Verdict(Fields expect)
    {
        string[] verdicts = ["Forward", "Reject", "Drop", "Accept", "PassThrough"];
        if (expect.Text("verdict") is not { } verdict)
            return null;
        if (!verdicts.Contains(verdict))
            expect.Error("unknown-value", "verdict", $"\"{verdict}\" is no verdict", $"one of {string.Join(", ", verdicts)}");
        return verdict;
    }

    private static IpAddress? Required(Fields packet, string key)
    {
        if (!packet.Has(key))
            packet.Error("required-field", key, $"The field \"{key}\" is required", $"{key}: 10.244.0.5");
        return Words.Address(packet, key);
    }

    private static NetworkTestCase.LookupCase ReadLookup(string name, SourcePosition position, Fields lookup, Fields expect)
    {
        NetworkTestCase.LookupCase read = new(name, position)
        {
            Host = lookup.Required("name", "web.shop.svc.cluster.local"),
            Type = lookup.Text("type") ?? "A",
            Namespace = lookup.Text("namespace") ?? "default",
            ResponseCode = expect.Text("rcode"),
            Answers = expect.Has("answers") ? expect.Texts("answers") : null,
            Additional = expect.Has("additional") ? expect.Texts("additional") : null,
        };
        lookup.Close();
        expect.Close();
        return read;
    }
}
