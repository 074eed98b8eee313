namespace KubeNetSim.Cli;

/// <summary>
/// A table as kubectl prints it: upper-case headers, three spaces between columns, no borders, nothing after the last column,
/// never wrapped.
/// </summary>
/// <param name="headers">One a column.</param>
internal sealed class TextTable(params IReadOnlyList<string> headers)
{
    private const string Gap = "   ";

    private readonly List<IReadOnlyList<string>> _rows = [];

    /// <summary>Adds a row of as many cells as there are headers.</summary>
    /// <exception cref="ArgumentException">It has more cells or fewer.</exception>
    public void Add(params IReadOnlyList<string> cells)
    {
        if (cells.Count != headers.Count)
            throw new ArgumentException($"{cells.Count} cells in a table of {headers.Count} columns", nameof(cells));
        _rows.Add(cells);
    }

    /// <summary>Writes headers and rows.</summary>
    public void Write(TextWriter output)
    {
        int[] widths = [.. headers.Select((header, column) => _rows.Select(row => row[column].Length).Append(header.Length).Max())];
        foreach (IReadOnlyList<string> row in _rows.Prepend(headers))
        {
            IEnumerable<string> cells = row.Select((cell, column) => column == row.Count - 1 ? cell : cell.PadRight(widths[column]));
            output.WriteLine(string.Join(Gap, cells));
        }
    }
}
