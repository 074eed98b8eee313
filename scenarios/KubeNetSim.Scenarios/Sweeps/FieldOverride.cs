namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>A field of a Scenario's spec that gets another value.</summary>
public sealed record FieldOverride
{
    internal const string ProxyMode = "cluster.kubeProxy.mode";
    internal const string Nodes = "cluster.nodes";

    private const string Spec = "spec.";
    private const string Example = "--set spec.cluster.kubeProxy.mode=nftables";

    internal FieldOverride(string path, ManifestNode value)
    {
        Path = path;
        Value = value;
    }

    /// <summary>Which field, below <c>spec</c>.</summary>
    public string Path { get; }

    internal ManifestNode Value { get; }

    /// <summary>Its value in one line.</summary>
    public string ValueText => NodeText.Of(Value);

    /// <summary>Reads <c>spec.cluster.kubeProxy.mode=nftables</c>, as the command line has it; the value is YAML, and <c>spec.</c> may be left out.</summary>
    /// <param name="text">Field and value.</param>
    /// <param name="option">The option, for messages, for example <c>--set</c>.</param>
    /// <param name="problems">What is wrong with it is added here.</param>
    /// <returns>The field and its value; null where the text is none.</returns>
    public static FieldOverride? Parse(string text, string option, ICollection<Problem> problems)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        if (equals > 0)
            return Parse(text[..equals].Trim(), text[(equals + 1)..], $"{option} {text}", problems);
        problems.Add(new Problem(Severity.Error, "unknown-path", SourcePosition.Of($"{option} {text}"), "", "This must be a field and its value", Example));
        return null;
    }

    /// <summary>A field that an option of its own sets.</summary>
    /// <param name="path">The field.</param>
    /// <param name="value">Its value, as YAML.</param>
    /// <param name="written">The option as written, for messages.</param>
    /// <param name="problems">What is wrong with it is added here.</param>
    public static FieldOverride? Parse(string path, string value, string written, ICollection<Problem> problems)
    {
        SourcePosition position = SourcePosition.Of(written);
        List<Problem> found = [];
        if (ManifestParser.Parse(written, value, found) is [var node] && found.Count == 0)
            return new FieldOverride(path.StartsWith(Spec, StringComparison.Ordinal) ? path[Spec.Length..] : path, At(node, position));
        problems.Add(new Problem(Severity.Error, "unknown-path", position, "", $"The value must be YAML{(found.Count > 0 ? $": {found[0].Message}" : ", and there is none")}", Example));
        return null;
    }

    /// <summary>The field and its value in one line.</summary>
    public override string ToString() => $"{Path}={ValueText}";

    // Whatever is wrong with any part of the value is wrong with the option.
    private static ManifestNode At(ManifestNode node, SourcePosition position) => node switch
    {
        MappingNode mapping => new MappingNode(position, [.. mapping.Entries.Select(entry => KeyValuePair.Create(At(entry.Key, position), At(entry.Value, position)))]),
        SequenceNode list => new SequenceNode(position, [.. list.Items.Select(item => At(item, position))]),
        _ => At((ScalarNode)node, position),
    };

    private static ScalarNode At(ScalarNode scalar, SourcePosition position) => new(position, scalar.Text, isPlain: scalar.Kind != ScalarKind.Text);
}
