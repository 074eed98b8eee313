using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Schema;

/// <summary>
/// Reads the fields of one mapping, each with its path and position for messages. What it cannot read it reports, and gives the default, so
/// that all errors of a file are found at once. <see cref="Close"/> reports the fields that nobody asked for.
/// </summary>
internal sealed class Fields(MappingNode node, string path, List<Problem> problems)
{
    private readonly List<string> _asked = [];

    // A part of another mapping: its path is written out only for a problem, since most documents have none.
    private readonly Fields? _whole;
    private readonly int _item = -1;

    private Fields(Fields whole, string key, int item, MappingNode node) : this(node, key, whole.Problems) => (_whole, _item) = (whole, item);

    public MappingNode Node => node;

    /// <summary>Where it stands, for rules that look at objects later.</summary>
    public ObjectOrigin Origin { get => field ??= FieldLayout.OriginOf(node); init; }

    public string Path => _whole is null ? path : _item < 0 ? _whole.PathOf(path) : $"{_whole.PathOf(path)}[{_item}]";

    public List<Problem> Problems => problems;

    /// <summary>Where a field stands, or where the mapping begins.</summary>
    public SourcePosition PositionOf(string key) => node.Find(key)?.Position ?? node.Position;

    /// <summary>The path of a field.</summary>
    public string PathOf(string key) => Path is { Length: > 0 } whole ? $"{whole}.{key}" : key;

    /// <summary>Whether a field is written.</summary>
    public bool Has(string key) => Ask(key) is not null;

    /// <summary>A field as it stands; null where it is missing.</summary>
    public ManifestNode? Ask(string key)
    {
        _asked.Add(key);
        return node.Find(key);
    }

    /// <summary>A string; null where it is missing.</summary>
    public string? Text(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case ScalarNode scalar:
                return scalar.Text;
            case var other:
                Error("wrong-type", key, $"This must be a string, and is {other.Describe()}");
                return null;
        }
    }

    /// <summary>A string that must be there and not be empty.</summary>
    public string Required(string key, string example)
    {
        if (Text(key) is { Length: > 0 } text)
            return text;
        if (node.Find(key) is null or ScalarNode)
            Error("required-field", key, $"The field \"{key}\" is required", example);
        return "";
    }

    /// <summary>true or false.</summary>
    public bool Bool(string key, bool otherwise)
    {
        switch (Ask(key))
        {
            case null:
                return otherwise;
            case ScalarNode { Kind: ScalarKind.Bool } scalar:
                return ScalarResolution.IsTrue(scalar.Text);
            case var other:
                Error("wrong-type", key, $"This must be true or false, and is {other.Describe()}");
                return otherwise;
        }
    }

    /// <summary>A whole number in a range; null where it is missing or wrong.</summary>
    public long? Integer(string key, long least, long most)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case ScalarNode { Kind: ScalarKind.Integer } scalar when ScalarResolution.TryReadInteger(scalar.Text, out long value):
                if (value >= least && value <= most)
                    return value;
                Error("out-of-range", key, $"{value} is not between {least} and {most}");
                return null;
            case var other:
                Error("wrong-type", key, $"This must be a whole number, and is {other.Describe()}");
                return null;
        }
    }

    /// <summary>A mapping; null where it is missing or none.</summary>
    public Fields? Mapping(string key)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case MappingNode mapping:
                return new Fields(this, key, -1, mapping);
            case var other:
                Error("wrong-type", key, $"This must be a mapping, and is {other.Describe()}");
                return null;
        }
    }

    /// <summary>The items of a list; none where it is missing or no list.</summary>
    public IReadOnlyList<ManifestNode> List(string key)
    {
        switch (Ask(key))
        {
            case null:
                return [];
            case SequenceNode sequence:
                return sequence.Items;
            case var other:
                Error("wrong-type", key, $"This must be a list, and is {other.Describe()}");
                return [];
        }
    }

    /// <summary>The mappings of a list, each with its own path.</summary>
    public IEnumerable<Fields> Mappings(string key)
    {
        IReadOnlyList<ManifestNode> items = List(key);
        for (int item = 0; item < items.Count; item++)
        {
            if (items[item] is MappingNode mapping)
                yield return new Fields(this, key, item, mapping);
            else
                problems.Add(new Problem(Severity.Error, "wrong-type", items[item].Position, $"{PathOf(key)}[{item}]", $"This must be a mapping, and is {items[item].Describe()}"));
        }
    }

    /// <summary>The strings of a list.</summary>
    public ImmutableArray<string> Texts(string key) => [.. Values(key).Select(value => value.Scalar.Text)];

    /// <summary>The single values of a list, each with its path.</summary>
    public IEnumerable<(ScalarNode Scalar, string Path)> Values(string key)
    {
        IReadOnlyList<ManifestNode> items = List(key);
        for (int item = 0; item < items.Count; item++)
        {
            string itemPath = $"{PathOf(key)}[{item}]";
            if (items[item] is ScalarNode scalar)
                yield return (scalar, itemPath);
            else
                problems.Add(new Problem(Severity.Error, "wrong-type", items[item].Position, itemPath, $"This must be a string, and is {items[item].Describe()}"));
        }
    }

    /// <summary>A mapping of strings, in key order.</summary>
    public ImmutableSortedDictionary<string, string> Labels(string key)
    {
        if (Ask(key) is not MappingNode mapping)
            return ObjectMeta.NoLabels;
        ImmutableSortedDictionary<string, string>.Builder labels = ObjectMeta.NoLabels.ToBuilder();
        foreach ((ScalarNode name, ManifestNode value) in mapping.Entries)
            if (value is ScalarNode scalar)
                labels[name.Text] = scalar.Text;
        return labels.ToImmutable();
    }

    /// <summary>Reports an error at a field.</summary>
    public void Error(string rule, string key, string message, string? help = null) =>
        problems.Add(new Problem(Severity.Error, rule, PositionOf(key), PathOf(key), message, help));

    /// <summary>Reports something at a field that works, but hardly as meant.</summary>
    public void Warn(string rule, string key, string message, string? help = null) =>
        problems.Add(new Problem(Severity.Warning, rule, PositionOf(key), PathOf(key), message, help));

    /// <summary>Reports fields that nobody has asked for: they are misspelled, or stand in the wrong place.</summary>
    /// <param name="alsoKnown">Fields that are right but of no interest.</param>
    public void Close(params IEnumerable<string> alsoKnown)
    {
        string[] known = [.. _asked.Concat(alsoKnown).Distinct(StringComparer.Ordinal)];
        foreach ((ScalarNode key, _) in node.Entries)
            if (!known.Contains(key.Text, StringComparer.Ordinal))
                problems.Add(new Problem(Severity.Error, "unknown-field", key.Position, PathOf(key.Text),
                    $"There is no field \"{key.Text}\" here", Spelling.Help(key.Text, known)));
    }
}
