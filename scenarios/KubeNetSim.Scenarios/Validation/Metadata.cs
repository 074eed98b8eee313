using System.Globalization;

namespace KubeNetSim.Scenarios;

/// <summary>Reads metadata, and checks it as the API server does (k8s.io/apimachinery pkg/api/validation ValidateObjectMeta).</summary>
internal static class Metadata
{
    /// <summary>Keys and values of all annotations together [characters] (TotalAnnotationSizeLimitB).</summary>
    private const int MostAnnotationCharacters = 256 << 10;

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
        CheckLabels(metadata, "labels");
        CheckAnnotations(metadata);
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

    /// <summary>Checks the keys and values of a mapping of labels: of <c>labels</c> itself, or of a Service's selector.</summary>
    public static void CheckLabels(Fields holder, string field)
    {
        if (holder.Ask(field) is not MappingNode labels)
            return;
        foreach ((ScalarNode key, ManifestNode value) in labels.Entries)
        {
            if (!Names.IsQualifiedName(key.Text))
                Report(holder, field, key.Position, $"\"{key.Text}\" is no label key", "a key such as app or example.com/app");
            if (value is ScalarNode { Kind: ScalarKind.Text } scalar && !Names.IsLabelValue(scalar.Text))
                Report(holder, field, value.Position, $"\"{scalar.Text}\" is no label value: at most 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit");
        }
    }

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

    private static void CheckAnnotations(Fields metadata)
    {
        if (metadata.Ask("annotations") is not MappingNode annotations)
            return;
        int characters = 0;
        foreach ((ScalarNode key, ManifestNode value) in annotations.Entries)
        {
            characters += key.Text.Length + (value is ScalarNode scalar ? scalar.Text.Length : 0);
            if (!Names.IsQualifiedName(key.Text.ToLowerInvariant()))
                metadata.Problems.Add(new Problem(Severity.Error, "invalid-annotation", key.Position, metadata.PathOf("annotations"),
                    $"\"{key.Text}\" is no annotation key: {Names.QualifiedNameRule}", "a key such as example.com/owner"));
        }
        if (characters > MostAnnotationCharacters)
            metadata.Error("invalid-annotation", "annotations", $"The annotations are longer than {MostAnnotationCharacters >> 10} KiB together");
    }

    private static void Report(Fields holder, string field, SourcePosition position, string message, string? help = null) =>
        holder.Problems.Add(new Problem(Severity.Error, "invalid-label", position, holder.PathOf(field), message, help));
}
