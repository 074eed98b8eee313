namespace KubeNetSim.Scenarios.Validation;

/// <summary>Checks labels and annotations as the API server does (k8s.io/apimachinery pkg/apis/meta/v1/validation, pkg/api/validation).</summary>
internal static class LabelRules
{
    /// <summary>Keys and values of all annotations together [characters] (TotalAnnotationSizeLimitB).</summary>
    private const int MostAnnotationCharacters = 256 << 10;

    /// <summary>Checks the keys and values of a mapping of labels: of <c>labels</c> itself, or of a Service's selector.</summary>
    public static void Check(Fields holder, string field)
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

    /// <summary>Checks the keys and the total size of <c>annotations</c>.</summary>
    public static void CheckAnnotations(Fields metadata)
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
