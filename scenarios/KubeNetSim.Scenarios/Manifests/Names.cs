using System.Globalization;
using System.Text.RegularExpressions;
using KubeNetSim.Model;

namespace KubeNetSim.Scenarios;

/// <summary>The API server's rules for names and labels (k8s.io/apimachinery pkg/util/validation).</summary>
internal static partial class Names
{
    /// <summary>Reads metadata and checks it.</summary>
    public static ObjectMeta Meta(Fields document, string kind)
    {
        ObjectOrigin origin = ManifestKinds.OriginOf(document.Node);
        if (document.Mapping("metadata") is not { } metadata)
        {
            if (!document.Node.Entries.Any(entry => entry.Key.Text == "metadata" && entry.Value is not ScalarNode { Kind: ScalarKind.Null }))
                document.Error("required-field", "metadata", $"A {kind} needs metadata with a name");
            return new ObjectMeta { Name = "", Origin = origin };
        }
        string name = metadata.Required("name", kind == "Service" ? "a name such as web" : "a name");
        // A name of the wrong type has been reported as such.
        if (metadata.Ask("name") is ScalarNode { Kind: ScalarKind.Text } && name.Length > 0 && NameProblem(kind, name) is { } problem)
            metadata.Error("invalid-name", "name", $"\"{name}\" is no name for a {kind}: {problem}");
        string space = ManifestKinds.IsClusterScoped(kind) ? "" : metadata.Text("namespace") ?? "default";
        if (space.Length > 0 && !LabelPattern().IsMatch(space))
            metadata.Error("invalid-name", "namespace", $"\"{space}\" is no name of a namespace: lower-case letters, digits and '-', beginning and ending with a letter or digit");
        CheckLabels(metadata);
        return new ObjectMeta
        {
            Name = name,
            Namespace = space,
            Labels = metadata.Labels("labels"),
            Annotations = metadata.Labels("annotations"),
            CreatedAtSeconds = CreatedAt(metadata),
            Origin = origin,
        };
    }

    private static long? CreatedAt(Fields metadata) =>
        DateTimeOffset.TryParse(metadata.Text("creationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.ToUnixTimeSeconds() : null;

    /// <summary>Checks the keys and values of <c>labels</c>.</summary>
    public static void CheckLabels(Fields holder)
    {
        if (holder.Ask("labels") is not MappingNode labels)
            return;
        foreach ((ScalarNode key, ManifestNode value) in labels.Entries)
        {
            string path = $"{holder.PathOf("labels")}.{key.Text}";
            if (!LabelKeyPattern().IsMatch(key.Text))
                holder.Problems.Add(new Problem(Severity.Error, "invalid-label", key.Position, path, $"\"{key.Text}\" is no label key", "a key such as app or example.com/app"));
            if (value is ScalarNode { Kind: ScalarKind.Text } scalar && !IsLabelValue(scalar.Text))
                holder.Problems.Add(new Problem(Severity.Error, "invalid-label", value.Position, path, $"\"{scalar.Text}\" is no label value: at most 63 letters, digits, '-', '_' or '.', beginning and ending with a letter or digit"));
        }
    }

    /// <summary>Whether a text is a DNS name (RFC 1123 subdomain).</summary>
    public static bool IsDnsName(string text) => text.Length <= 253 && SubdomainPattern().IsMatch(text);

    /// <summary>Whether a text may name a port of a Service (RFC 1123 label).</summary>
    public static bool IsLabel(string text) => LabelPattern().IsMatch(text);

    /// <summary>What the name of a container port must be like.</summary>
    public const string PortNameRule = "at most 15 lower-case letters, digits and '-', with at least one letter and no two '-' in a row";

    /// <summary>Whether a text may name a container port (RFC 6335 5.1, IsValidPortName).</summary>
    public static bool IsPortName(string text) =>
        text.Length <= 15 && LabelPattern().IsMatch(text) && !text.Contains("--", StringComparison.Ordinal) && text.Any(char.IsAsciiLetterLower);

    /// <summary>Whether a text may be the value of a label; empty may.</summary>
    public static bool IsLabelValue(string text) => text.Length == 0 || LabelValuePattern().IsMatch(text);

    private static string? NameProblem(string kind, string name) => kind switch
    {
        "Service" => ServicePattern().IsMatch(name) ? null : "lower-case letters, digits and '-', beginning with a letter, at most 63 (RFC 1035)",
        "Namespace" => LabelPattern().IsMatch(name) ? null : "lower-case letters, digits and '-', at most 63 (RFC 1123)",
        _ => IsDnsName(name) ? null : "lower-case letters, digits, '-' and '.', at most 253 (RFC 1123)",
    };

    [GeneratedRegex(@"^[a-z]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex ServicePattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?\z")]
    private static partial Regex LabelPattern();

    [GeneratedRegex(@"^[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*\z")]
    private static partial Regex SubdomainPattern();

    [GeneratedRegex(@"^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelKeyPattern();

    [GeneratedRegex(@"^[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?\z")]
    private static partial Regex LabelValuePattern();
}
