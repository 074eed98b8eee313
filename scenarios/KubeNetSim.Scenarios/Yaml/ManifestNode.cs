namespace KubeNetSim.Scenarios.Yaml;

/// <summary>A node of a document as written. Immutable, and it knows where it stands.</summary>
internal abstract class ManifestNode(SourcePosition position)
{
    public SourcePosition Position { get; } = position;

    /// <summary>How many nodes it has with every alias written out, at most a trillion.</summary>
    public abstract long Size { get; }

    /// <summary>What it is called in a message: <c>a mapping</c>, <c>the number 3</c>.</summary>
    public abstract string Describe();
}

/// <summary>What a scalar without quotes means.</summary>
internal enum ScalarKind
{
    Null,
    Bool,
    Integer,
    Float,
    Text,
}

/// <summary>A single value.</summary>
internal sealed class ScalarNode(SourcePosition position, string text, bool isPlain) : ManifestNode(position)
{
    public string Text { get; } = text;

    public ScalarKind Kind { get; } = isPlain ? ScalarResolution.KindOf(text) : ScalarKind.Text;

    public override long Size => 1;

    public override string Describe() => Kind switch
    {
        ScalarKind.Null => "nothing",
        ScalarKind.Bool => $"the boolean {Text}",
        ScalarKind.Integer or ScalarKind.Float => $"the number {Text}",
        _ => $"\"{(Text.Length > 60 ? Text[..60] + "..." : Text)}\"",
    };
}

/// <summary>Keys and values in their order. Keys are unique.</summary>
internal sealed class MappingNode(SourcePosition position, IReadOnlyList<KeyValuePair<ScalarNode, ManifestNode>> entries) : ManifestNode(position)
{
    /// <summary>Up to here looking at every key is faster than an index, and takes no memory.</summary>
    private const int FewEntries = 16;

    private Dictionary<string, ManifestNode>? _byKey;

    public IReadOnlyList<KeyValuePair<ScalarNode, ManifestNode>> Entries { get; } = entries;

    public override long Size { get; } = NodeSize.Of(entries);

    /// <summary>The value of a key; null where it is missing or written as null, which Kubernetes does not tell apart.</summary>
    public ManifestNode? Find(string key) => Lookup(key) is { } value and not ScalarNode { Kind: ScalarKind.Null } ? value : null;

    public override string Describe() => "a mapping";

    private ManifestNode? Lookup(string key)
    {
        if (Entries.Count > FewEntries)
            return (_byKey ??= ByKey()).GetValueOrDefault(key);
        for (int number = 0; number < Entries.Count; number++)
            if (Entries[number].Key.Text == key)
                return Entries[number].Value;
        return null;
    }

    private Dictionary<string, ManifestNode> ByKey()
    {
        Dictionary<string, ManifestNode> byKey = new(Entries.Count, StringComparer.Ordinal);
        foreach ((ScalarNode key, ManifestNode value) in Entries)
            byKey.TryAdd(key.Text, value);
        return byKey;
    }
}

/// <summary>Values in their order.</summary>
internal sealed class SequenceNode(SourcePosition position, IReadOnlyList<ManifestNode> items) : ManifestNode(position)
{
    public IReadOnlyList<ManifestNode> Items { get; } = items;

    public override long Size { get; } = NodeSize.Of(items);

    public override string Describe() => "a list";
}

internal static class NodeSize
{
    private const long Most = 1_000_000_000_000;

    public static long Of(IReadOnlyList<ManifestNode> nodes)
    {
        long size = 1;
        for (int number = 0; number < nodes.Count; number++)
            size = Math.Min(Most, size + nodes[number].Size);
        return size;
    }

    public static long Of(IReadOnlyList<KeyValuePair<ScalarNode, ManifestNode>> entries)
    {
        long size = 1;
        for (int number = 0; number < entries.Count; number++)
            size = Math.Min(Most, size + entries[number].Value.Size);
        return size;
    }
}
