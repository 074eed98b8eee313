using System.Globalization;

namespace KubeNetSim.Scenarios.Manifests;

/// <summary>Reads metadata, and checks it as the API server does (k8s.io/apimachinery pkg/api/validation ValidateObjectMeta).</summary>
internal static class Metadata
{
    /// <summary>Reads the metadata of a document. A namespace that is left out is <c>default</c>, as for every command line tool.</summary>
    public static ObjectMeta Read(Fields document, string kind)
    {
        ObjectOrigin origin = document.Origin;
        if (document.Mapping("metadata") is not { } metadata)
        {
            if (!document.Node.Entries.Any(entry => entry.Key.Text == "metadata" && entry.Value is not ScalarNode { Kind: ScalarKind.Null }))
                document.Error("required-field", "metadata", $"A {kind} needs metadata with a name");
            return new ObjectMeta { Name = "", Origin = origin };
        }
        string space = ManifestKinds.IsClusterScoped(kind) ? "" : metadata.Text("namespace") ?? "default";
        if (space.Length > 0 && !Names.IsLabel(space))
            metadata.Error("invalid-name", "namespace", $"\"{space}\" is no name of a namespace: lower-case letters, digits and '-', beginning and ending with a letter or digit");
        string name = Name(metadata, kind);
        LabelRules.Check(metadata, "labels");
        LabelRules.CheckAnnotations(metadata);
        return new ObjectMeta
        {
            Name = name,
            Namespace = space,
            Labels = metadata.Labels("labels"),
            Annotations = metadata.Labels("annotations"),
            CreatedAtSeconds = CreatedAt(metadata),
            Generation = metadata.Integer("generation", 0, long.MaxValue) is { } generation and > 0 ? generation : 1,
            Origin = origin,
        };
    }

    private static long? CreatedAt(Fields metadata) =>
        DateTimeOffset.TryParse(metadata.Text("creationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToUnixTimeSeconds() : null;

    // Where only generateName is written, the API server makes up the rest; two such objects are two.
    private static string Name(Fields metadata, string kind)
    {
        string? prefix = metadata.Text("generateName");
        if (prefix is { Length: > 0 } && Names.ProblemOf(kind, Completed(prefix)) is { } wrong)
            metadata.Error("invalid-name", "generateName", $"\"{prefix}\" cannot begin the name of a {kind}: {wrong}");
        if (prefix is { Length: > 0 } && metadata.Text("name") is null or "")
            return prefix + metadata.Node.Position.Line.ToString(CultureInfo.InvariantCulture);
        string name = metadata.Required("name", kind == "Service" ? "a name such as web" : "a name");
        // A name of the wrong type has been reported as such.
        if (metadata.Ask("name") is ScalarNode { Kind: ScalarKind.Text } && name.Length > 0 && Names.ProblemOf(kind, name) is { } problem)
            metadata.Error("invalid-name", "name", $"\"{name}\" is no name for a {kind}: {problem}");
        return name;
    }

    // A prefix may end in a dash, since letters follow (maskTrailingDash).
    private static string Completed(string prefix) => prefix.Length > 1 && prefix[^1] == '-' ? $"{prefix[..^1]}a" : prefix;
}
