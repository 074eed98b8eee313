namespace KubeNetSim.Scenarios.Yaml;

/// <summary>The entries of a mapping that is being read. Keys are unique; a few are compared one by one, more are indexed.</summary>
internal sealed class MappingEntries
{
    private const int FewEntries = 16;

    private readonly List<KeyValuePair<ScalarNode, ManifestNode>> _entries = [];
    private Dictionary<string, int>? _byKey;

    /// <summary>Adds an entry, unless its key is there already.</summary>
    public void TryAdd(ScalarNode key, ManifestNode value)
    {
        if (IndexOf(key.Text) < 0)
            Add(key, value);
    }

    /// <summary>Adds an entry, or replaces the value of its key.</summary>
    /// <returns>The same key, where it was there already; else null.</returns>
    public ScalarNode? Set(ScalarNode key, ManifestNode value)
    {
        int index = IndexOf(key.Text);
        if (index < 0)
        {
            Add(key, value);
            return null;
        }
        ScalarNode other = _entries[index].Key;
        _entries[index] = KeyValuePair.Create(key, value);
        return other;
    }

    public KeyValuePair<ScalarNode, ManifestNode>[] ToArray() => [.. _entries];

    private void Add(ScalarNode key, ManifestNode value)
    {
        _byKey?.Add(key.Text, _entries.Count);
        _entries.Add(KeyValuePair.Create(key, value));
    }

    private int IndexOf(string key)
    {
        if (_entries.Count <= FewEntries)
            return _entries.FindIndex(entry => entry.Key.Text == key);
        if (_byKey is null)
        {
            _byKey = new Dictionary<string, int>(StringComparer.Ordinal);
            for (int index = 0; index < _entries.Count; index++)
                _byKey.Add(_entries[index].Key.Text, index);
        }
        return _byKey.GetValueOrDefault(key, -1);
    }
}
