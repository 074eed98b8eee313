namespace KubeNetSim.Analysis.Formatting;

/// <summary>A table as kubectl prints it: headers in capitals, columns three spaces apart, never wrapped.</summary>
/// <param name="headers">Headers; a header that ends in <c>&gt;</c> makes its column right-aligned, and is printed without it.</param>
public sealed class TextTable(params string[] headers)
{
    private const string Gap = "   ";

    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, a cell for each header.</summary>
    /// <exception cref="ArgumentException">There are more or fewer cells than headers.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != headers.Length)
            throw new ArgumentException($"A row of this table has {headers.Length} cells, not {cells.Length}.", nameof(cells));
        _rows.Add([.. cells.Select(KubeNetSim.Model.Problems.ForeignText.InOneLine)]);
    }

    /// <summary>A remark that stands below it, without a full stop; empty where there is none.</summary>
    public string Note { get; set; } = "";

    /// <summary>Whether it has no rows.</summary>
    public bool IsEmpty => _rows.Count == 0;

    /// <summary>Writes it.</summary>
    public void Write(TextWriter writer)
    {
        string[] titles = [.. headers.Select(header => header.TrimEnd('>'))];
        int[] widths = [.. titles.Select((title, column) => Math.Max(title.Length, _rows.Count == 0 ? 0 : _rows.Max(row => row[column].Length)))];
        Write(writer, titles, widths);
        foreach (string[] row in _rows)
            Write(writer, row, widths);
        if (Note.Length > 0)
            writer.Write($"({Note})\n");
    }

    /// <summary>Its columns: title, and whether they are right-aligned.</summary>
    internal IReadOnlyList<(string Title, bool IsRight)> Columns => [.. headers.Select(header => (header.TrimEnd('>'), header.EndsWith('>')))];

    /// <summary>Its rows.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    private void Write(TextWriter writer, string[] cells, int[] widths)
    {
        IEnumerable<string> padded = cells.Select((cell, column) =>
            headers[column].EndsWith('>') ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column]));
        writer.Write(string.Join(Gap, padded).TrimEnd() + "\n");
    }
}
