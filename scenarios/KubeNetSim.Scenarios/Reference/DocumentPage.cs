using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace KubeNetSim.Scenarios.Reference;

/// <summary>A page of docs/, with the rows of its tables of fields.</summary>
internal sealed partial class DocumentPage
{
    private readonly string _text;

    public DocumentPage(string name)
    {
        using Stream stream = typeof(DocumentCatalog).Assembly.GetManifestResourceStream($"docs/{name}.md")!;
        using StreamReader reader = new(stream);
        _text = reader.ReadToEnd();
    }

    public IEnumerable<(string Path, DocumentField Field)> Rows => RowPattern().Matches(_text).Select(row => (
        row.Groups["path"].Value,
        new DocumentField(Plain(row, "unit"), Plain(row, "default"), Plain(row, "range"), Plain(row, "meaning"))));

    public IEnumerable<(string Path, DocumentField Field)> Below(string field) =>
        Rows.Where(row => row.Path.StartsWith($"{field}.", StringComparison.Ordinal)).Select(row => (row.Path[(field.Length + 1)..], row.Field));

    public DocumentNode Spec(ImmutableArray<(string Path, DocumentField Field)> rows) =>
        Node("spec", isList: false, [.. rows.Select(row => (row.Path.Split('.'), row.Field))], "") with { Field = new DocumentField("mapping", "required", "", "What it says.") };

    private DocumentNode Node(string name, bool isList, ImmutableArray<(string[] Path, DocumentField Field)> below, string path) => new(name)
    {
        IsList = isList,
        About = SectionOf(path),
        Fields =
        [
            .. below.GroupBy(row => row.Path[0].Replace("[]", "", StringComparison.Ordinal)).Select(rows => Node(
                rows.Key, rows.Any(row => row.Path[0].EndsWith("[]", StringComparison.Ordinal)), [.. rows.Where(row => row.Path.Length > 1).Select(row => (row.Path[1..], row.Field))],
                path.Length == 0 ? rows.Key : $"{path}.{rows.Key}") with
            { Field = rows.FirstOrDefault(row => row.Path.Length == 1).Field }),
        ],
    };

    // What has no row may have a section, ## spec.workloads, whose first paragraph says what it is.
    private string SectionOf(string path)
    {
        Match section = SectionPattern().Matches(_text).FirstOrDefault(match => match.Groups["path"].Value == path) ?? Match.Empty;
        return section.Success ? Plain(section, "about").ReplaceLineEndings(" ") : "";
    }

    private static string Plain(Match match, string group) => LinkPattern().Replace(match.Groups[group].Value.Trim(), "${text}");

    [GeneratedRegex(@"^\| `(?<path>[A-Za-z*][^`]*)` \| (?<unit>[^|]*)\| (?<default>[^|]*)\| (?<range>[^|]*)\| (?<meaning>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"^## spec\.(?<path>\S+)\n\n(?<about>[^|#\n](?:.|\n(?!\n))*)", RegexOptions.Multiline)]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkPattern();
}
