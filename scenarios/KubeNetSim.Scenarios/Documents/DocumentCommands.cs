namespace KubeNetSim.Scenarios.Documents;

/// <summary>Which command reads which kind of document.</summary>
internal static class DocumentCommands
{
    private static readonly Dictionary<string, string> Commands = new(StringComparer.Ordinal)
    {
        ["NetworkTest"] = "test",
        ["Sweep"] = "sweep",
        ["Plan"] = "plan",
    };

    /// <summary>Kinds that no command reads as a scenario.</summary>
    public static IEnumerable<string> Elsewhere => Commands.Keys;

    /// <summary>The command that reads a kind; null for what every command reads.</summary>
    public static string? Find(string kind) => Commands.GetValueOrDefault(kind);

    /// <summary>Where the one kind of document that a command reads is missing: what is there, and which command reads it.</summary>
    /// <param name="documents">The documents of the file.</param>
    /// <param name="file">The file.</param>
    public static string? Help(IEnumerable<MappingNode> documents, string file)
    {
        string? kind = documents.Select(document => (document.Find("kind") as ScalarNode)?.Text).FirstOrDefault(text => text is "Scenario" or "Sweep" or "Plan" or "NetworkTest");
        return kind is null ? null : $"this is a {kind}: run `kubenetsim {Find(kind) ?? "run"} {file}`";
    }
}
