using System.Globalization;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Turns YAML events into nodes. An alias shares the node of its anchor, so that nothing is copied, and a document that would be huge with all
/// aliases written out is refused.
/// </summary>
internal sealed class NodeParser
{
    /// <summary>Nesting that no manifest needs.</summary>
    private const int MostDepth = 100;

    /// <summary>Nodes of a document that uses aliases, each alias written out.</summary>
    private const long MostAliasedNodes = 1_000_000;

    /// <summary>Nodes of a document, or of an object in a List: no object needs a hundredth.</summary>
    private const long MostNodes = 5_000_000;

    private readonly string _file;
    private readonly List<Problem> _problems;
    private readonly Action<ManifestNode> _take;
    private readonly Dictionary<AnchorName, ManifestNode?> _anchors = [];
    private readonly SharedStrings _strings = new();
    private readonly SafeParser _parser;
    private readonly List<string> _path = [];
    private bool _usesAliases;
    private long _mergedEntries;
    private long _aliasedNodes;
    private long _nodes;

    public NodeParser(string file, TextReader text, List<Problem> problems, Action<ManifestNode> take)
    {
        _file = file;
        _problems = problems;
        _take = take;
        _parser = new SafeParser(text);
    }

    /// <summary>Reads to the end of the file. Gives the objects of a List before the List.</summary>
    public void ParseStream()
    {
        _parser.Consume<StreamStart>();
        while (!_parser.Accept<StreamEnd>(out _))
        {
            _parser.Consume<DocumentStart>();
            _anchors.Clear();
            _usesAliases = false;
            _mergedEntries = _aliasedNodes = _nodes = 0;
            ManifestNode document = ParseNode(0);
            _parser.Consume<DocumentEnd>();
            Give(document);
        }
    }

    private void Give(ManifestNode document)
    {
        _aliasedNodes += document.Size;
        if (_usesAliases && _aliasedNodes > MostAliasedNodes)
            throw Refuse("alias-bomb", document.Position, $"The document has more than {Number(MostAliasedNodes)} nodes when its aliases are written out");
        if (document is not ScalarNode { Kind: ScalarKind.Null })
            _take(document);
    }

    private ManifestNode ParseNode(int depth)
    {
        ParsingEvent next = _parser.Current ?? throw new YamlException("the file ends in the middle of a document");
        SourcePosition position = PositionOf(next);
        if (depth > MostDepth)
            // The whole path would be as long as the document is deep.
            throw new ManifestSyntaxException("too-deep", position, _path[0], $"The document is nested more than {MostDepth} levels deep");
        if (++_nodes > MostNodes)
            throw Refuse("too-many-nodes", position, $"The document has more than {Number(MostNodes)} values, which no manifest has");
        switch (next)
        {
            case Scalar scalar:
                _parser.MoveNext();
                ScalarNode value = new(position, _strings.Share(scalar.Value), scalar.IsPlainImplicit && scalar.Style == ScalarStyle.Plain);
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
        MappingEntries entries = new();
        List<MappingNode>? merged = null;
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ManifestNode key = ParseNode(depth + 1);
            if (key is not ScalarNode name)
                throw Refuse("yaml-syntax", key.Position, $"A key must be a plain value, not {key.Describe()}");
            _path.Add(_path.Count == 0 ? name.Text : $".{name.Text}");
            ManifestNode value = ParseNode(depth + 1);
            if (name.Text == "<<")
                (merged ??= []).AddRange(MergedBy(value));
            else if (entries.Set(name, value) is { } other)
                _problems.Add(ManifestParser.DuplicateKey(name, other, _path));
            _path.RemoveAt(_path.Count - 1);
        }
        if (merged is not null)
            Merge(merged, entries);
        MappingNode node = new(position, entries.ToArray());
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
    private void Merge(List<MappingNode> merged, MappingEntries entries)
    {
        foreach (MappingNode mapping in merged)
        {
            _mergedEntries += mapping.Entries.Count;
            if (_mergedEntries > MostAliasedNodes)
                throw Refuse("alias-bomb", mapping.Position, $"The document has more than {Number(MostAliasedNodes)} nodes when its aliases are written out");
            foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
                entries.TryAdd(key, value);
        }
    }

    private SequenceNode ParseSequence(SequenceStart start, SourcePosition position, int depth)
    {
        _parser.MoveNext();
        Open(start.Anchor);
        bool isOfList = depth == 1 && start.Anchor.IsEmpty && _path is ["items"];
        List<ManifestNode> items = [];
        int given = 0;
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            long before = _nodes;
            _path.Add($"[{items.Count + given}]");
            ManifestNode item = ParseNode(depth + 1);
            _path.RemoveAt(_path.Count - 1);
            if (!isOfList || !ManifestParser.IsObject(item))
            {
                items.Add(item);
                continue;
            }
            Give(item);
            given++;
            _nodes = before;
        }
        SequenceNode node = new(position, items.ToArray());
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
}
