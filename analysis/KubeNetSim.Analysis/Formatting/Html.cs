using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace KubeNetSim.Analysis.Formatting;

/// <summary>Pieces of a page that needs nothing but itself: no network, no fonts, and scripts only for comfort.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Begins a page, up to its content.</summary>
    public static void Open(TextWriter writer, string title)
    {
        writer.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{Text(title)}</title>\n");
        // Whatever a name in the results holds, this page asks nobody for anything.
        writer.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n");
        writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        writer.Write($"<style>\n{Resource("report.css")}</style>\n</head>\n<body>\n<main>\n");
    }

    /// <summary>Ends a page.</summary>
    public static void Close(TextWriter writer) => writer.Write($"</main>\n<script>\n{Resource("report.js")}</script>\n</body>\n</html>\n");

    /// <summary>Text that no tag can hide in.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>A heading that the list of contents leads to.</summary>
    public static string Heading(string id, string text) => $"<h2 id=\"{id}\">{Text(text)}</h2>\n";

    /// <summary>The list of contents: the name and the text of each heading.</summary>
    public static string Contents(params ReadOnlySpan<(string Id, string Text)> headings)
    {
        var html = new StringBuilder("<nav aria-label=\"Contents\"><ul>\n");
        foreach ((string id, string text) in headings)
            html.Append($"<li><a href=\"#{id}\">{Text(text)}</a></li>\n");
        return html.Append("</ul></nav>\n").ToString();
    }

    /// <summary>A table, with its note as a caption.</summary>
    public static string Table(TextTable table)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table>");
        if (table.Note.Length > 0)
            html.Append($"<caption>{Text(table.Note)}</caption>");
        html.Append("<thead><tr>");
        foreach ((string title, bool isRight) in table.Columns)
            html.Append($"<th scope=\"col\"{Align(isRight)}>{Text(title)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
            html.Append($"<tr>{string.Concat(row.Select((cell, column) => Cell(cell, column, table.Columns[column].IsRight)))}</tr>\n");
        return html.Append("</tbody></table></div>\n").ToString();
    }

    private static string Cell(string cell, int column, bool isRight) =>
        column == 0 ? $"<th scope=\"row\"{Align(isRight)}>{Text(cell)}</th>" : $"<td{Align(isRight)}>{(IsBar(cell) ? Bar(cell.Length) : Text(cell))}</td>";

    // Text draws bars of number signs; a page has better ones.
    private static bool IsBar(string cell) => cell.Length > 0 && cell.All(sign => sign == '#');

    private static string Bar(int length) => $"<span class=\"bar\" style=\"width:{length * 0.4:0.#}rem\" aria-hidden=\"true\"></span>";

    private static string Align(bool isRight) => isRight ? " class=\"number\"" : "";

    private static string Resource(string name)
    {
        using Stream stream = typeof(Html).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return new StreamReader(stream).ReadToEnd();
    }
}
