using System.Text;
using YamlDotNet.Core;

namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// A block scalar may begin with blank lines that hold spaces, at most as many as its first line of text (YAML 1.2.2, 8.1.1.1). YamlDotNet
/// refuses them; without these spaces it reads the same value.
/// </summary>
internal static class BlockScalars
{
    /// <summary>Whether the library refused a block scalar for the spaces of its first lines.</summary>
    public static bool IsOfLeadingBlanks(YamlException error) =>
        error.Message.Contains("found extra spaces in first line", StringComparison.Ordinal);

    /// <summary>The same text without the spaces of blank lines that begin a block scalar. Lines and columns of all else stay.</summary>
    public static string TrimLeadingBlanks(string text)
    {
        string[] lines = text.Split('\n');
        StringBuilder result = new(text.Length);
        int line = 0;
        while (line < lines.Length)
        {
            result.Append(lines[line]).Append('\n');
            int parent = HeaderIndent(lines[line++]);
            if (parent == NoHeader)
                continue;
            int first = line;
            while (first < lines.Length && IsBlank(lines[first]))
                first++;
            int indent = first < lines.Length ? Indent(lines[first]) : 0;
            for (; line < first; line++)
                result.Append(indent > parent && Indent(lines[line]) <= indent ? "" : lines[line]).Append('\n');
            // What looks like a header in the text of a scalar is none.
            for (; line < lines.Length && (IsBlank(lines[line]) || Indent(lines[line]) > parent); line++)
                result.Append(lines[line]).Append('\n');
        }
        return result.ToString(0, result.Length - 1);
    }

    private const int NoHeader = int.MinValue;

    // The column of the node that holds the scalar, where a line ends in | or > without a number for the indentation.
    private static int HeaderIndent(string line)
    {
        string head = line.TrimEnd();
        if (head.IndexOf(" #", StringComparison.Ordinal) is > 0 and int comment)
            head = head[..comment].TrimEnd();
        head = head.TrimEnd('+', '-');
        if (head.Length == 0 || head[^1] is not ('|' or '>'))
            return NoHeader;
        string before = WithoutProperties(head[..^1].TrimEnd());
        if (before == "---")
            return -1;
        bool isItem = before.EndsWith('-');
        if (!isItem && !before.EndsWith(':'))
            return NoHeader;
        int column = Indent(line);
        int dash = column;
        while (column < before.Length && before[column] == '-' && (column + 1 == before.Length || before[column + 1] == ' '))
        {
            dash = column++;
            while (column < before.Length && before[column] == ' ')
                column++;
        }
        return isItem ? dash : column;
    }

    // A tag (!!str) and an anchor (&name) may be written before the header.
    private static string WithoutProperties(string before)
    {
        while (before.LastIndexOf(' ') is >= 0 and int space && before[space + 1] is ('!' or '&'))
            before = before[..space].TrimEnd();
        return before;
    }

    private static bool IsBlank(string line) => line.AsSpan().Trim(" \r").IsEmpty;

    private static int Indent(string line) => line.Length - line.TrimStart(' ').Length;
}
