using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Scenarios;

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
    public ObjectOrigin Origin { get => field ??= ManifestKinds.OriginOf(node); init; }

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

    /// <summary>A number in a range; null where it is missing or wrong.</summary>
    public double? Number(string key, double least, double most) =>
        Amount(key, least, most, "a number", (string text, out double value) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value));

    /// <summary>A duration [ns]; null where it is missing or wrong.</summary>
    public double? Duration(string key, double least, double most) =>
        Amount(key, least, most, "a duration such as 4ms, 1.5s or 1h30m", Quantities.TryParseDuration, FormatDuration);

    /// <summary>A rate [1/s]; null where it is missing or wrong.</summary>
    public double? Rate(string key, double least, double most) =>
        Amount(key, least, most, "a rate such as 500/s or 30/m", Quantities.TryParseRate, value => $"{value.ToString("0.#########", CultureInfo.InvariantCulture)}/s");

    /// <summary>A resource quantity; null where it is missing or wrong.</summary>
    public double? Quantity(string key, double least, double most) =>
        Amount(key, least, most, "a quantity such as 500m, 2 or 512Mi", Quantities.TryParse);

    /// <summary>A bandwidth [bit/s]; null where it is missing or wrong.</summary>
    public double? Bandwidth(string key) => Amount(key, 0, 1e15, "a bandwidth such as 10Gbps", Quantities.TryParseBandwidth);

    /// <summary>A share up to 1; null where it is missing or wrong.</summary>
    public double? Share(string key, double least) =>
        Amount(key, least, 1, "a share such as 2% or 0.02", Quantities.TryParseShare, value => $"{(100 * value).ToString("0.######", CultureInfo.InvariantCulture)}%");

    /// <summary>One of some words; null where it is missing or wrong.</summary>
    public T? Word<T>(string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (Text(key) is not { } text)
            return null;
        if (words.TryGetValue(text, out T value))
            return value;
        UnknownWord((ScalarNode)node.Find(key)!, PathOf(key), words.Keys);
        return null;
    }

    /// <summary>One of some words as it stands; null where it is missing or wrong.</summary>
    public string? Word(string key, params string[] words)
    {
        if (Text(key) is not { } text || words.Contains(text, StringComparer.Ordinal))
            return node.Find(key) is ScalarNode scalar ? scalar.Text : null;
        UnknownWord((ScalarNode)node.Find(key)!, PathOf(key), words);
        return null;
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

    /// <summary>Some of some words.</summary>
    public ImmutableArray<T> WordList<T>(string key, IReadOnlyDictionary<string, T> words)
    {
        ImmutableArray<T>.Builder list = ImmutableArray.CreateBuilder<T>();
        foreach ((ScalarNode scalar, string itemPath) in Values(key))
        {
            if (words.TryGetValue(scalar.Text, out T? value))
                list.Add(value);
            else
                UnknownWord(scalar, itemPath, words.Keys);
        }
        return list.ToImmutable();
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

    private void UnknownWord(ScalarNode scalar, string wordPath, IEnumerable<string> words) =>
        problems.Add(new Problem(Severity.Error, "unknown-value", scalar.Position, wordPath, $"\"{scalar.Text}\" is not one of {string.Join(", ", words)}",
            Spelling.Nearest(scalar.Text, words) is { } near ? $"did you mean \"{near}\"?" : null));

    private delegate bool TryRead(string text, out double value);

    private double? Amount(string key, double least, double most, string what, TryRead read, Func<double, string>? format = null)
    {
        switch (Ask(key))
        {
            case null:
                return null;
            case ScalarNode scalar when read(scalar.Text, out double value):
                if (value >= least && value <= most)
                    return value;
                format ??= number => number.ToString(CultureInfo.InvariantCulture);
                Error("out-of-range", key, $"{scalar.Text} is not between {format(least)} and {format(most)}");
                return null;
            case var other:
                Error("wrong-type", key, $"This must be {what}, and is {other.Describe()}");
                return null;
        }
    }

    private static string FormatDuration(double nanoseconds) =>
        nanoseconds == 0 ? "0"
        : nanoseconds % 86_400e9 == 0 ? $"{nanoseconds / 86_400e9}d"
        : nanoseconds % 1e9 == 0 ? $"{nanoseconds / 1e9}s"
        : nanoseconds % 1e6 == 0 ? $"{nanoseconds / 1e6}ms"
        : $"{nanoseconds}ns";
}
