using System.Text;
using System.Text.Json;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Reads JSON as <c>kubectl get -o json</c> prints it: the same nodes at the same positions that the YAML parser gives, many times as fast. What is
/// not strict JSON it leaves to that parser, which also says what is wrong.
/// </summary>
internal ref struct JsonReader
{
    /// <summary>As deep as YAML may be nested.</summary>
    private const int MostDepth = 100;

    /// <summary>Nodes of an object: none needs a hundredth.</summary>
    private const long MostNodes = 5_000_000;

    private readonly InputFile _file;
    private readonly List<Problem> _problems;
    private readonly Action<ManifestNode> _take;
    private readonly SharedStrings _strings = new();
    private readonly List<string> _path = [];
    private readonly ReadOnlySpan<byte> _bytes;
    private Utf8JsonReader _reader;
    private char[] _text = new char[256];
    private int _at;
    private int _line = 1;
    private int _column = 1;

    private JsonReader(InputFile file, List<Problem> problems, Action<ManifestNode> take)
    {
        _file = file;
        _problems = problems;
        _take = take;
        _bytes = file.Bytes.Span;
        _reader = NewReader(_bytes);
    }

    /// <summary>Whether a text looks like JSON.</summary>
    public static bool IsJson(ReadOnlySpan<byte> bytes) => bytes.TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)'[', ..];

    /// <summary>Gives the document of a file, and the objects of a List before it; false, and nothing is given, where it is not strict JSON.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problems">Gets keys that stand twice.</param>
    /// <param name="take">Gets each document as soon as it is read.</param>
    public static bool TryRead(InputFile file, List<Problem> problems, Action<ManifestNode> take)
    {
        if (!IsStrict(file.Bytes.Span))
            return false;
        JsonReader reader = new(file, problems, take);
        reader._reader.Read();
        take(reader.ReadNode());
        return true;
    }

    private static Utf8JsonReader NewReader(ReadOnlySpan<byte> bytes) => new(bytes, new JsonReaderOptions { MaxDepth = MostDepth });

    // Nothing is given of a text that turns out to be something else.
    private static bool IsStrict(ReadOnlySpan<byte> bytes)
    {
        Utf8JsonReader reader = NewReader(bytes);
        long nodes = 0;
        try
        {
            while (reader.Read())
            {
                // A merge key means something to the YAML parser; a text with half a surrogate pair is none.
                if (reader.TokenType == JsonTokenType.PropertyName && reader.ValueTextEquals("<<"u8))
                    return false;
                if (reader.ValueIsEscaped)
                    _ = reader.GetString();
                nodes = reader.CurrentDepth <= 2 ? 0 : nodes + 1;
                if (nodes > MostNodes)
                    return false;
            }
            return true;
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private ManifestNode ReadNode() => _reader.TokenType switch
    {
        JsonTokenType.StartObject => ReadMapping(),
        JsonTokenType.StartArray => ReadSequence(),
        JsonTokenType.String => new ScalarNode(Position(), Text(), isPlain: false),
        _ => new ScalarNode(Position(), Text(), isPlain: true),
    };

    private MappingNode ReadMapping()
    {
        SourcePosition position = Position();
        MappingEntries entries = new();
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndObject; _reader.Read())
        {
            ScalarNode key = new(Position(), Text(), isPlain: false);
            _path.Add(_path.Count == 0 ? key.Text : $".{key.Text}");
            _reader.Read();
            if (entries.Set(key, ReadNode()) is { } other)
                _problems.Add(ManifestParser.DuplicateKey(key, other, _path));
            _path.RemoveAt(_path.Count - 1);
        }
        return new MappingNode(position, entries.ToArray());
    }

    private SequenceNode ReadSequence()
    {
        SourcePosition position = Position();
        bool isOfList = _reader.CurrentDepth == 1 && _path is ["items"];
        List<ManifestNode> items = [];
        int number = 0;
        for (_reader.Read(); _reader.TokenType != JsonTokenType.EndArray; _reader.Read())
        {
            _path.Add($"[{number++}]");
            ManifestNode item = ReadNode();
            _path.RemoveAt(_path.Count - 1);
            if (isOfList && ManifestParser.IsObject(item))
                _take(item);
            else
                items.Add(item);
        }
        return new SequenceNode(position, items.ToArray());
    }

    private string Text()
    {
        int most = _reader.ValueSpan.Length;
        if (_text.Length < most)
            _text = new char[most];
        int length = _reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName
            ? _reader.CopyString(_text) : Encoding.UTF8.GetChars(_reader.ValueSpan, _text);
        return _strings.Share(_text.AsSpan(0, length));
    }

    // Lines and columns are counted on from the token before.
    private SourcePosition Position()
    {
        int token = (int)_reader.TokenStartIndex;
        ReadOnlySpan<byte> between = _bytes[_at..token];
        int lines = between.Count((byte)'\n');
        if (lines > 0)
        {
            _line += lines;
            _column = 1;
            between = between[(between.LastIndexOf((byte)'\n') + 1)..];
        }
        _column += Encoding.UTF8.GetCharCount(between);
        _at = token;
        return new SourcePosition(_file.Name, _line, _column);
    }
}
