namespace KubeNetSim.Analysis.Watching;

/// <summary>Prints what changes of endpoints send: a line for each change and API.</summary>
public static class WatchBytesTable
{
    /// <summary>Writes the rows of one Service.</summary>
    public static void Write(TextWriter writer, IReadOnlyList<WatchBytesRow> rows)
    {
        writer.Write($"{rows[0].Service}: {Count(rows[0].Endpoints, "endpoint")}, {Count(rows[0].Nodes, "node")} watching\n");
        Of(rows).Write(writer);
    }

    /// <summary>The table of one Service.</summary>
    internal static TextTable Of(IReadOnlyList<WatchBytesRow> rows)
    {
        TextTable table = new("CHANGE", "API", "WRITES>", "EVENTS>", "LARGEST OBJECT>", "EACH NODE>", "ALL NODES>");
        string change = "";
        foreach (WatchBytesRow row in rows)
        {
            table.Add(row.Change == change ? "" : row.Change, row.Api, Format.Count(row.Writes), Format.Count(row.Events),
                Format.Bytes(row.LargestObjectBytes), Format.Bytes(row.BytesPerNode), Format.Bytes(row.BytesAllNodes));
            change = row.Change;
        }
        return table;
    }

    private static string Count(int count, string what) => $"{Format.Count(count)} {what}{(count == 1 ? "" : "s")}";
}
