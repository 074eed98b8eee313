using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace KubeNetSim.Analysis;

/// <summary>Pieces of a page.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Text that no tag can hide in.</summary>
    public static string Text(string text) => Encoder.Encode(text);

    /// <summary>Everything before a page's own content: whatever its names hold, it asks nobody for anything.</summary>
    public static void Begin(TextWriter writer, string title)
    {
        writer.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{Text(title)}</title>\n");
        writer.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
        writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        using var style = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream("report.css")!);
        writer.Write($"<style>\n{style.ReadToEnd()}</style>\n</head>\n<body>\n<main>\n");
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
        column == 0 ? $"<th scope=\"row\">{Text(cell)}</th>" : $"<td{Align(isRight)}>{Text(cell)}</td>";

    private static string Align(bool isRight) => isRight ? " class=\"number\"" : "";
}
