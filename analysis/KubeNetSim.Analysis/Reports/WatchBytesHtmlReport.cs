namespace KubeNetSim.Analysis.Reports;

/// <summary>What every node receives when endpoints change, as one page that needs nothing else.</summary>
public static class WatchBytesHtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="now">The Service as it is.</param>
    /// <param name="sizes">The same Service with other numbers of endpoints.</param>
    /// <param name="source">How sizes are counted.</param>
    public static void Write(TextWriter writer, IReadOnlyList<WatchBytesRow> now, IReadOnlyList<WatchBytesRow> sizes, string source)
    {
        string title = $"What do {Format.Count(now[0].Nodes)} nodes receive when endpoints of {now[0].Service} change?";
        Html.Open(writer, title);
        writer.Write($"<header>\n<p class=\"kind\">KubeNetSim · watch-bytes</p>\n<h1>{Html.Text(title)}</h1>\n");
        foreach (IGrouping<string, WatchBytesRow> change in now.GroupBy(row => row.Change))
            writer.Write($"<p class=\"answer\">{Html.Text($"{change.Key}: {string.Join(", ", change.Select(row => $"{Format.Bytes(row.BytesAllNodes)} as {row.Api}"))}.")}</p>\n");
        writer.Write($"<p class=\"about\">{Html.Text(source)}</p>\n</header>\n");
        writer.Write(Html.Contents(("now", "With the endpoints that there are"), ("pictures", "In pictures")));
        writer.Write(Html.Heading("now", "With the endpoints that there are") + Html.Table(WatchBytesTable.Of(now)));
        writer.Write(Html.Heading("pictures", "In pictures"));
        foreach (IGrouping<string, WatchBytesRow> change in sizes.GroupBy(row => row.Change))
            writer.Write(HtmlFigure.Of(WatchBytesFigures.Of([.. change])));
        Html.Close(writer);
    }
}
