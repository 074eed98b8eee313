using System.Globalization;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Where the fields of an object stand, counted from its beginning: all that is kept of a document once its object is read. Objects of one
/// kind are mostly written alike, and those share a layout.
/// </summary>
internal sealed class FieldLayout : IEquatable<FieldLayout>
{
    private readonly Entry[] _entries;
    private readonly int _hash;

    private FieldLayout(Entry[] entries)
    {
        _entries = entries;
        HashCode hash = new();
        foreach (Entry entry in entries)
            hash.Add(entry);
        _hash = hash.ToHashCode();
    }

    /// <summary>The layout of an object.</summary>
    public static FieldLayout Of(MappingNode node)
    {
        List<Entry> entries = [];
        Add(node, node.Position.Line, 0, entries);
        return new FieldLayout([.. entries]);
    }

    /// <summary>Where an object and its fields are written.</summary>
    public static ObjectOrigin OriginOf(MappingNode node) => OriginOf(node.Position, Of(node));

    /// <inheritdoc cref="OriginOf(MappingNode)"/>
    public static ObjectOrigin OriginOf(SourcePosition start, FieldLayout layout) => new(start, path => layout.Find(path, start));

    /// <summary>Where a field such as <c>spec.ports[0].nodePort</c> or <c>metadata.annotations[example.com/owner]</c> stands; null where it is not written.</summary>
    /// <param name="path">The field.</param>
    /// <param name="start">Where the object begins.</param>
    public SourcePosition? Find(string path, SourcePosition start)
    {
        int entry = -1;
        int at = 0;
        while (at < path.Length)
        {
            bool isBracket = path[at] == '[';
            int end = isBracket ? path.IndexOf(']', at) : path.AsSpan(at).IndexOfAny('.', '[') is >= 0 and int length ? at + length : path.Length;
            entry = Child(entry, path[(isBracket ? at + 1 : at)..end]);
            if (entry < 0)
                return null;
            at = isBracket ? end + 1 : end;
            if (at < path.Length && path[at] == '.')
                at++;
        }
        return entry < 0 ? start : new SourcePosition(start.File, start.Line + _entries[entry].Line, _entries[entry].Column);
    }

    /// <inheritdoc/>
    public bool Equals(FieldLayout? other) => other is not null && _hash == other._hash && _entries.AsSpan().SequenceEqual(other._entries);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as FieldLayout);

    /// <inheritdoc/>
    public override int GetHashCode() => _hash;

    private static void Add(ManifestNode node, int firstLine, int depth, List<Entry> entries)
    {
        void AddPart(string name, ManifestNode part)
        {
            // What is written as null counts as not written.
            if (part is ScalarNode { Kind: ScalarKind.Null })
                return;
            entries.Add(new Entry(name, depth, part.Position.Line - firstLine, part.Position.Column));
            Add(part, firstLine, depth + 1, entries);
        }
        if (node is MappingNode mapping)
            foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
                AddPart(key.Text, value);
        else if (node is SequenceNode sequence)
            for (int item = 0; item < sequence.Items.Count; item++)
                AddPart(item.ToString(CultureInfo.InvariantCulture), sequence.Items[item]);
    }

    // What belongs to an entry follows it, one level deeper.
    private int Child(int entry, string name)
    {
        int depth = entry < 0 ? 0 : _entries[entry].Depth + 1;
        for (int next = entry + 1; next < _entries.Length && _entries[next].Depth >= depth; next++)
            if (_entries[next].Depth == depth && _entries[next].Name == name)
                return next;
        return -1;
    }

    private readonly record struct Entry(string Name, int Depth, int Line, int Column);
}
