namespace KubeNetSim.Scenarios;

/// <summary>The entries of a mapping that is being read. Keys are unique; a few are compared one by one, more are indexed.</summary>
internal sealed class MappingEntries
{
    private const int FewEntries = 16;

    private readonly List<KeyValuePair<ScalarNode, ManifestNode>> _entries = [];
    private Dictionary<string, ScalarNode>? _byKey;

    /// <summary>Adds an entry, unless its key is there already.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value.</param>
    /// <param name="other">The same key, where it is there already; else the key.</param>
    public bool TryAdd(ScalarNode key, ManifestNode value, out ScalarNode other)
    {
        other = Find(key.Text) ?? key;
        if (!ReferenceEquals(other, key))
            return false;
        _entries.Add(KeyValuePair.Create(key, value));
        _byKey?.Add(key.Text, key);
        return true;
    }

    public KeyValuePair<ScalarNode, ManifestNode>[] ToArray() => [.. _entries];

    private ScalarNode? Find(string key)
    {
        if (_entries.Count > FewEntries)
            return (_byKey ??= _entries.ToDictionary(entry => entry.Key.Text, entry => entry.Key, StringComparer.Ordinal)).GetValueOrDefault(key);
        foreach ((ScalarNode known, _) in _entries)
            if (known.Text == key)
                return known;
        return null;
    }
}
