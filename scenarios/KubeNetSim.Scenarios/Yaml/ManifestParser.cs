using System.Runtime.InteropServices;
using System.Text;
using YamlDotNet.Core;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Turns a file into documents, one for each YAML document; JSON is YAML too. The objects of a List are given one by one, so that the objects of a
/// whole cluster are never in memory at the same time.
/// </summary>
internal static class ManifestParser
{
    /// <summary>The documents of a text; those before the first syntax error where there is one.</summary>
    public static List<ManifestNode> Parse(string file, string text, List<Problem> problems) =>
        Parse(new InputFile(file, Encoding.UTF8.GetBytes(text)), problems);

    /// <inheritdoc cref="Parse(string, string, List{Problem})"/>
    public static List<ManifestNode> Parse(InputFile file, List<Problem> problems)
    {
        List<ManifestNode> documents = [];
        Parse(file, problems, documents.Add);
        return documents;
    }

    /// <summary>Gives the documents of a file one after the other, and the objects of its Lists before the Lists.</summary>
    /// <param name="file">The file.</param>
    /// <param name="problems">Gets what is wrong with it.</param>
    /// <param name="take">Gets each document as soon as it is read.</param>
    public static void Parse(InputFile file, List<Problem> problems, Action<ManifestNode> take)
    {
        bool isJson = JsonReader.IsJson(file.Bytes.Span);
        if (isJson && JsonReader.TryRead(file, problems, take))
            return;
        try
        {
            ParseYaml(file, isJson, problems, take);
        }
        catch (ManifestSyntaxException error)
        {
            problems.Add(new Problem(Severity.Error, error.Rule, error.Position, error.Field, error.Message));
        }
        catch (YamlException error)
        {
            problems.Add(new Problem(Severity.Error, "yaml-syntax", PositionOf(error, file), "", $"This is not YAML: {Clean(error)}"));
        }
    }

    private static MemoryStream StreamOf(InputFile file) => MemoryMarshal.TryGetArray(file.Bytes, out ArraySegment<byte> segment)
        ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false) : new MemoryStream(file.Bytes.ToArray());

    private static void ParseYaml(InputFile file, bool isJson, List<Problem> problems, Action<ManifestNode> take)
    {
        int taken = 0;
        try
        {
            using StreamReader text = new(StreamOf(file), Encoding.UTF8);
            // Tabs may indent JSON, which YAML does not allow; within its strings they must be written as \t anyway.
            using TextReader read = isJson ? new StringReader(text.ReadToEnd().Replace('\t', ' ')) : text;
            new NodeParser(file.Name, read, problems, node =>
            {
                taken++;
                take(node);
            }).ParseStream();
        }
        catch (YamlException error) when (BlockScalars.IsOfLeadingBlanks(error))
        {
            using StreamReader text = new(StreamOf(file), Encoding.UTF8);
            using StringReader read = new(BlockScalars.TrimLeadingBlanks(text.ReadToEnd()));
            int skip = taken;
            List<Problem> found = [];
            new NodeParser(file.Name, read, found, node =>
            {
                if (skip-- > 0)
                    return;
                problems.AddRange(found.Except(problems));
                found.Clear();
                take(node);
            }).ParseStream();
            problems.AddRange(found.Except(problems));
        }
    }

    /// <summary>kubectl converts YAML to JSON with sigs.k8s.io/yaml, which keeps the last of two equal keys.</summary>
    internal static Problem DuplicateKey(ScalarNode name, ScalarNode other, List<string> path) => new(
        Severity.Warning, "duplicate-key", name.Position, string.Concat(path),
        $"The key \"{name.Text}\" is written twice in one mapping, first at {other.Position}; the last value is used, as kubectl does",
        "delete one of the two");

    /// <summary>Whether a node says itself what it is. The items of a typed list (ServiceList) may leave that to the list.</summary>
    internal static bool IsObject(ManifestNode node) => node is MappingNode mapping && mapping.Find("kind") is not null && mapping.Find("apiVersion") is not null;

    private static SourcePosition PositionOf(YamlException error, InputFile file)
    {
        int line = (int)Math.Max(1, error.Start.Line);
        // The library places a tab that indents at the beginning of what it indents.
        if (error.Message.Contains("tab as indentation", StringComparison.Ordinal))
        {
            string[] lines = Encoding.UTF8.GetString(file.Bytes.Span).Split('\n');
            if (Array.FindIndex(lines, line - 1, IsIndentedByTab) is var found and >= 0)
                return new SourcePosition(file.Name, found + 1, lines[found].IndexOf('\t') + 1);
        }
        return new SourcePosition(file.Name, line, (int)Math.Max(1, error.Start.Column));
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
}
