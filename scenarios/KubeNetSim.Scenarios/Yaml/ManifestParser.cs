using System.Globalization;
using KubeNetSim.Model;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeNetSim.Scenarios;

/// <summary>
/// Turns the text of a file into documents, one YAML document each; JSON is YAML too. Aliases share the node they mean, so that nothing is
/// copied, and a document that would be huge with all of them written out is refused.
/// </summary>
internal sealed class ManifestParser
{
    /// <summary>Nesting that no manifest needs.</summary>
    private const int MostDepth = 100;

    /// <summary>Nodes of a document that uses aliases, each alias written out.</summary>
    private const long MostAliasedNodes = 1_000_000;

    /// <summary>Nodes of a file: the largest clusters need a tenth, and more would not fit into memory.</summary>
    private const long MostNodes = 5_000_000;

    private readonly string _file;
    private readonly List<Problem> _problems;
    private readonly Dictionary<AnchorName, ManifestNode?> _anchors = [];
    private readonly SafeParser _parser;
    private readonly List<string> _path = [];
    private bool _usesAliases;
    private long _mergedEntries;
    private long _nodes;

    private ManifestParser(string file, string text, List<Problem> problems)
    {
        _file = file;
        _problems = problems;
        _parser = new SafeParser(new StringReader(text));
    }

    /// <summary>The documents of a file; those before the first syntax error where there is one.</summary>
    public static List<ManifestNode> Parse(string file, string text, List<Problem> problems)
    {
        ManifestParser parser = new(file, text, problems);
        List<ManifestNode> documents = [];
        try
        {
            parser.ParseStream(documents);
        }
        catch (ManifestSyntaxException error)
        {
            problems.Add(new Problem(Severity.Error, error.Rule, error.Position, error.Field, error.Message));
        }
        catch (YamlException error)
        {
            problems.Add(new Problem(Severity.Error, "yaml-syntax", PositionOf(error, file, text), "", $"This is not YAML: {Clean(error)}"));
        }
        return documents;
    }

    private void ParseStream(List<ManifestNode> documents)
    {
        _parser.Consume<StreamStart>();
        while (!_parser.Accept<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            _anchors.Clear();
            _usesAliases = false;
            _mergedEntries = 0;
            ManifestNode document = ParseNode(0);
            _parser.Consume<DocumentEnd>();
            if (_usesAliases && document.Size > MostAliasedNodes)
                throw Refuse("alias-bomb", document.Position,
                    $"The document has more than {Number(MostAliasedNodes)} nodes when its aliases are written out");
            if (document is not ScalarNode { Kind: ScalarKind.Null })
                documents.Add(document);
        }
    }

    private ManifestNode ParseNode(int depth)
    {
        ParsingEvent next = _parser.Current ?? throw new YamlException("the file ends in the middle of a document");
        SourcePosition position = PositionOf(next);
        if (depth > MostDepth)
            // The whole path would be as long as the document is deep.
            throw new ManifestSyntaxException("too-deep", position, _path[0], $"The document is nested more than {MostDepth} levels deep");
        if (++_nodes > MostNodes)
            throw Refuse("too-many-nodes", position, $"The file has more than {Number(MostNodes)} values, which no manifest has");
        switch (next)
        {
            case Scalar scalar:
                _parser.MoveNext();
                ScalarNode value = new(position, scalar.Value, scalar.IsPlainImplicit && scalar.Style == ScalarStyle.Plain);
                Remember(scalar.Anchor, value);
                return value;
            case AnchorAlias alias:
                _parser.MoveNext();
                _usesAliases = true;
                if (!_anchors.TryGetValue(alias.Value, out ManifestNode? meant))
                    throw Refuse("unknown-anchor", position, $"The alias *{alias.Value} refers to an anchor that does not stand before it");
                return meant ?? throw Refuse("cyclic-anchor", position, $"The alias *{alias.Value} refers to a node that it is a part of");
            case MappingStart mapping:
                return ParseMapping(mapping, position, depth);
            case SequenceStart sequence:
                return ParseSequence(sequence, position, depth);
            default:
                throw new YamlException(next.Start, next.End, $"a value was expected, not {next.GetType().Name}");
        }
    }

    private MappingNode ParseMapping(MappingStart start, SourcePosition position, int depth)
    {
        _parser.MoveNext();
        Open(start.Anchor);
        List<KeyValuePair<ScalarNode, ManifestNode>> entries = [];
        List<MappingNode> merged = [];
        Dictionary<string, SourcePosition> keys = new(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ManifestNode key = ParseNode(depth + 1);
            if (key is not ScalarNode name)
                throw Refuse("yaml-syntax", key.Position, $"A key must be a plain value, not {key.Describe()}");
            _path.Add(_path.Count == 0 ? name.Text : $".{name.Text}");
            ManifestNode value = ParseNode(depth + 1);
            if (name.Text == "<<")
                merged.AddRange(MergedBy(value));
            else if (keys.TryAdd(name.Text, name.Position))
                entries.Add(KeyValuePair.Create(name, value));
            else
                _problems.Add(new Problem(Severity.Error, "duplicate-key", name.Position, string.Concat(_path),
                    $"The key \"{name.Text}\" stands twice in one mapping; the other stands at {keys[name.Text]}"));
            _path.RemoveAt(_path.Count - 1);
        }
        Merge(merged, entries, keys);
        MappingNode node = new(position, entries);
        Remember(start.Anchor, node);
        return node;
    }

    // A merge key (yaml.org/type/merge) names a mapping, or a list of them of which the first counts most.
    private IEnumerable<MappingNode> MergedBy(ManifestNode value)
    {
        foreach (ManifestNode node in value is SequenceNode list ? list.Items : [value])
            yield return node as MappingNode
                ?? throw Refuse("yaml-syntax", node.Position, $"What is merged must be a mapping, and is {node.Describe()}");
    }

    // What is written outranks what is merged, wherever it stands. Entries are copied, which aliases alone are not.
    private void Merge(List<MappingNode> merged, List<KeyValuePair<ScalarNode, ManifestNode>> entries, Dictionary<string, SourcePosition> keys)
    {
        foreach (MappingNode mapping in merged)
        {
            _mergedEntries += mapping.Entries.Count;
            if (_mergedEntries > MostAliasedNodes)
                throw Refuse("alias-bomb", mapping.Position, $"The document has more than {Number(MostAliasedNodes)} nodes when its aliases are written out");
            entries.AddRange(mapping.Entries.Where(entry => keys.TryAdd(entry.Key.Text, entry.Key.Position)));
        }
    }

    private SequenceNode ParseSequence(SequenceStart start, SourcePosition position, int depth)
    {
        _parser.MoveNext();
        Open(start.Anchor);
        List<ManifestNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            _path.Add($"[{items.Count}]");
            items.Add(ParseNode(depth + 1));
            _path.RemoveAt(_path.Count - 1);
        }
        SequenceNode node = new(position, items);
        Remember(start.Anchor, node);
        return node;
    }

    // An anchor whose node is not finished yet can only be met from inside.
    private void Open(AnchorName anchor) => Remember(anchor, null);

    private void Remember(AnchorName anchor, ManifestNode? node)
    {
        if (!anchor.IsEmpty)
            _anchors[anchor] = node;
    }

    private ManifestSyntaxException Refuse(string rule, SourcePosition position, string message) =>
        new(rule, position, string.Concat(_path), message);

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private SourcePosition PositionOf(ParsingEvent item) => new(_file, (int)item.Start.Line, (int)item.Start.Column);

    private static SourcePosition PositionOf(YamlException error, string file, string text)
    {
        int line = (int)Math.Max(1, error.Start.Line);
        // The library places a tab that indents at the beginning of what it indents.
        if (error.Message.Contains("tab as indentation", StringComparison.Ordinal)
            && Array.FindIndex(text.Split('\n'), line - 1, IsIndentedByTab) is var found and >= 0)
            return new SourcePosition(file, found + 1, text.Split('\n')[found].IndexOf('\t') + 1);
        return new SourcePosition(file, line, (int)Math.Max(1, error.Start.Column));
    }

    private static bool IsIndentedByTab(string line) => line.TrimStart(' ').StartsWith('\t');

    private static string Clean(YamlException error)
    {
        string message = error.Message;
        // The library puts the position in front, which stands in front of ours already.
        int end = message.StartsWith('(') ? message.IndexOf("): ", StringComparison.Ordinal) : -1;
        message = (end < 0 ? message : message[(end + 3)..]).TrimEnd('.');
        return message.Length == 0 ? "syntax error" : char.ToLowerInvariant(message[0]) + message[1..];
    }

    private sealed class ManifestSyntaxException(string rule, SourcePosition position, string field, string message) : Exception(message)
    {
        public string Rule { get; } = rule;

        public SourcePosition Position { get; } = position;

        public string Field { get; } = field;
    }
}
