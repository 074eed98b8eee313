using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Differences;

/// <summary>An object that two sets of manifests do not have alike.</summary>
/// <param name="Object">Kind, namespace and name, for example <c>Service shop/web</c>.</param>
/// <param name="Change"><c>added</c>, <c>removed</c> or <c>changed</c>.</param>
/// <param name="Fields">Fields that differ; none where the whole object does.</param>
public sealed record ObjectChange(string Object, string Change, ImmutableArray<FieldChange> Fields);

/// <summary>A field that differs.</summary>
/// <param name="Field">Its path, for example <c>spec.externalTrafficPolicy</c>.</param>
/// <param name="Old">Its old value; null where it was not there.</param>
/// <param name="New">Its new value; null where it is gone.</param>
public sealed record FieldChange(string Field, string? Old, string? New);

/// <summary>Compares two sets of manifests object by object and field by field, as written. The order of files, documents and fields does not count.</summary>
public static class ManifestDifference
{
    /// <summary>The objects that differ, by kind, namespace and name. What cannot be read is left out: reading the scenario says why.</summary>
    /// <param name="old">Files and folders of the old set.</param>
    /// <param name="other">Those of the new one.</param>
    public static ImmutableArray<ObjectChange> Of(IReadOnlyList<string> old, IReadOnlyList<string> other)
    {
        SortedDictionary<string, MappingNode> before = Objects(old), after = Objects(other);
        return
        [
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal).Select(name => (before.GetValueOrDefault(name), after.GetValueOrDefault(name)) switch
            {
                (null, _) => new ObjectChange(name, "added", []),
                (_, null) => new ObjectChange(name, "removed", []),
                var (one, two) => new ObjectChange(name, "changed", Fields(one, two)),
            }).Where(change => change.Change != "changed" || !change.Fields.IsEmpty),
        ];
    }

    private static SortedDictionary<string, MappingNode> Objects(IReadOnlyList<string> paths)
    {
        List<Problem> ignored = [];
        SortedDictionary<string, MappingNode> objects = new(StringComparer.Ordinal);
        foreach (InputFile file in new InputFiles(null, ignored).Read(paths.Where(path => path != "-")))
            foreach (MappingNode document in ManifestParser.Parse(file, ignored).OfType<MappingNode>())
                if (NameOf(document) is { } name)
                    objects[name] = document;
        return objects;
    }

    private static string? NameOf(MappingNode document)
    {
        if (document.Find("kind") is not ScalarNode kind || document.Find("metadata") is not MappingNode metadata || metadata.Find("name") is not ScalarNode name)
            return null;
        string scope = metadata.Find("namespace") is ScalarNode { Text.Length: > 0 } given ? $"{given.Text}/" : "";
        return $"{kind.Text} {scope}{name.Text}";
    }

    private static ImmutableArray<FieldChange> Fields(MappingNode one, MappingNode two)
    {
        SortedDictionary<string, string> before = new(StringComparer.Ordinal), after = new(StringComparer.Ordinal);
        Flatten(one, "", before);
        Flatten(two, "", after);
        return
        [
            .. before.Keys.Union(after.Keys).Order(StringComparer.Ordinal)
                .Select(field => new FieldChange(field, before.GetValueOrDefault(field), after.GetValueOrDefault(field))).Where(change => change.Old != change.New),
        ];
    }

    // Items of a list that have names are compared by name, others by place; a list of single values is one value.
    private static void Flatten(ManifestNode node, string path, SortedDictionary<string, string> fields)
    {
        switch (node)
        {
            case MappingNode { Entries.Count: > 0 } mapping:
                foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
                    Flatten(value, path.Length == 0 ? key.Text : $"{path}.{key.Text}", fields);
                break;
            case SequenceNode list when list.Items.Any(item => item is MappingNode):
                for (int place = 0; place < list.Items.Count; place++)
                    Flatten(list.Items[place], $"{path}[{(list.Items[place] is MappingNode item && item.Find("name") is ScalarNode name ? name.Text : $"{place}")}]", fields);
                break;
            default:
                fields[path] = NodeText.Of(node);
                break;
        }
    }
}
