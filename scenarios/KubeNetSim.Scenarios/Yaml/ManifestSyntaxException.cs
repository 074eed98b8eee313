namespace KubeNetSim.Scenarios.Yaml;

/// <summary>A text that the YAML library reads, and that no manifest may hold.</summary>
internal sealed class ManifestSyntaxException(string rule, SourcePosition position, string field, string message) : Exception(message)
{
    public string Rule { get; } = rule;

    public SourcePosition Position { get; } = position;

    public string Field { get; } = field;
}
