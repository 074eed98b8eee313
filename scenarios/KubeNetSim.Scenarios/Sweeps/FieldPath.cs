using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>
/// A field of a Scenario's spec: <c>cluster.backgroundServices</c>, <c>workloads[0].arrivals.poisson.rate</c>, or an item of a list by its
/// name, <c>workloads[checkout].arrivals.poisson.rate</c>; <c>replicas.echo-server</c>.
/// </summary>
internal static partial class FieldPath
{
    // As deep as a document may be nested.
    private const int MostParts = 100;

    /// <summary>The same mapping with another value at a path. Mappings that are missing are made; items of lists must be there.</summary>
    /// <param name="mapping">What to change; itself it stays as it is.</param>
    /// <param name="path">Where.</param>
    /// <param name="value">The new value.</param>
    /// <param name="why">Why there is no such place; empty where there is.</param>
    public static MappingNode? Set(MappingNode mapping, string path, ManifestNode value, out string why)
    {
        why = "";
        string[] parts = path.Split('.', MostParts + 1);
        if (parts.Length > MostParts)
        {
            why = $"a path has at most {MostParts} parts";
            return null;
        }
        if (parts.All(part => PartPattern().IsMatch(part)))
            return Set(mapping, parts, value, ref why);
        why = $"\"{path}\" is no path such as cluster.backgroundServices or workloads[0].arrivals.poisson.rate";
        return null;
    }

    private static MappingNode? Set(MappingNode mapping, ReadOnlySpan<string> parts, ManifestNode value, ref string why)
    {
        Match match = PartPattern().Match(parts[0]);
        string key = match.Groups["key"].Value;
        ManifestNode? old = mapping.Find(key);
        ManifestNode? changed = match.Groups["item"].Success
            ? SetItem(old, match.Groups["item"].Value, parts, value, ref why)
            : SetField(old, mapping.Position, parts, value, ref why);
        return changed is null ? null : With(mapping, key, changed);
    }

    private static ManifestNode? SetField(ManifestNode? old, SourcePosition position, ReadOnlySpan<string> parts, ManifestNode value, ref string why)
    {
        if (parts.Length == 1)
            return value;
        if (old is MappingNode or null)
            return Set(old as MappingNode ?? new MappingNode(position, []), parts[1..], value, ref why);
        why = $"\"{parts[0]}\" is {old.Describe()} and has no fields";
        return null;
    }

    private static SequenceNode? SetItem(ManifestNode? old, string item, ReadOnlySpan<string> parts, ManifestNode value, ref string why)
    {
        if (old is not SequenceNode list)
        {
            why = $"there is no list \"{parts[0][..parts[0].IndexOf('[')]}\"";
            return null;
        }
        int place = int.TryParse(item, System.Globalization.CultureInfo.InvariantCulture, out int number) ? number
            : list.Items.ToList().FindIndex(node => node is MappingNode named && named.Find("name") is ScalarNode name && name.Text == item);
        if (place < 0 || place >= list.Items.Count)
        {
            why = $"the list has no item \"{item}\"";
            return null;
        }
        ManifestNode? changed = SetField(list.Items[place], list.Items[place].Position, parts, value, ref why);
        return changed is null ? null : new SequenceNode(list.Position, [.. list.Items.Select((node, index) => index == place ? changed : node)]);
    }

    private static MappingNode With(MappingNode mapping, string key, ManifestNode value)
    {
        List<KeyValuePair<ScalarNode, ManifestNode>> entries = [.. mapping.Entries];
        int place = entries.FindIndex(entry => entry.Key.Text == key);
        KeyValuePair<ScalarNode, ManifestNode> entry = KeyValuePair.Create(new ScalarNode(value.Position, key, false), value);
        if (place < 0)
            entries.Add(entry);
        else
            entries[place] = entry;
        return new MappingNode(mapping.Position, entries);
    }

    [GeneratedRegex(@"^(?<key>[A-Za-z][-A-Za-z0-9]*)(\[(?<item>[-A-Za-z0-9_.]+)\])?$")]
    private static partial Regex PartPattern();
}
