namespace KubeNetSim.Analysis.Reports;

/// <summary>
/// The results of a run as one page that needs nothing else: no network, no fonts, and scripts only for comfort. The same results give the
/// same bytes.
/// </summary>
public static class HtmlReport
{
    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter writer, RunResults results)
    {
        string title = results.Question.Length > 0 ? results.Question : results.Scenario;
        Html.Open(writer, title);
        writer.Write(HtmlAnswer.Of(results, title));
        writer.Write(Html.Contents(
            ("pictures", "In pictures"), ("ways", "The way of a request"), ("costs", "What it costs"), ("numbers", "All numbers"), ("settings", "Settings"), ("sure", "How sure this is")));
        Pictures(writer, results);
        Ways(writer, results);
        Costs(writer, results);
        Numbers(writer, results);
        writer.Write(Html.Heading("settings", "Settings, and how to run it again") + HtmlSettings.Of(results));
        writer.Write(Html.Heading("sure", "How sure these figures are") + HtmlSureness.Of(results));
        Html.Close(writer);
    }

    private static void Pictures(TextWriter writer, RunResults results)
    {
        writer.Write(Html.Heading("pictures", "In pictures"));
        Figure[] figures = [.. RunFigures.Of(results).Where(figure => figure.Name != CostFigure.Name)];
        foreach (Figure figure in figures)
            writer.Write(HtmlFigure.Of(figure));
        if (figures.Length == 0)
            writer.Write("<p>No request was answered, so there is nothing to draw.</p>\n");
    }

    private static void Ways(TextWriter writer, RunResults results)
    {
        writer.Write(Html.Heading("ways", "The way of a request, step by step"));
        writer.Write("<p>Each box is a place where something happens to a request, with the mean time it took; the bar below shows all of the time to scale, in the colors of the first picture. " +
            "<span class=\"hint\" hidden>Point at a box to read what happens there; click the path, or use the arrow keys, to follow a request.</span></p>\n");
        for (int number = 0; number < results.Workloads.Length; number++)
            writer.Write(HtmlPath.Of(results.Workloads[number], number + 1, results.ProxyMode));
    }

    private static void Costs(TextWriter writer, RunResults results)
    {
        writer.Write(Html.Heading("costs", "What it costs"));
        if (CostFigure.Of(results) is { } figure)
            writer.Write(HtmlFigure.Of(figure));
        TextTable table = RunTables.Costs(results);
        writer.Write(table.IsEmpty ? "<p>Nobody charges for this: no cloud with a price list was simulated.</p>\n" : Html.Table(table));
    }

    private static void Numbers(TextWriter writer, RunResults results)
    {
        writer.Write(Html.Heading("numbers", "All numbers"));
        Section(writer, "Requests and their latency", Latencies(results));
        Section(writer, "Failures", RunTables.Failures(results));
        Section(writer, "Where the time of a request went, on average", RunTables.Breakdown(results));
        Section(writer, "The load on each backend", RunTables.Backends(results));
        Section(writer, "Busy nodes", RunTables.BusyNodes(results));
        TextTable timeline = new("AT>", "THE TIMELINE DID");
        foreach (TimelineMark mark in results.Series?.Events ?? [])
            timeline.Add($"{Format.Plain(mark.AtSeconds)} s", mark.What);
        Section(writer, "What happened when", timeline);
    }

    private static TextTable Latencies(RunResults results)
    {
        TextTable table = new("WORKLOAD", "REQUESTS>", "MEAN>", "P50>", "P90>", "P99>", "P99.9>", "MOST>", "HOPS>", "CROSS-NODE>", "CROSS-ZONE>", "CONNECTIONS>", "DNS QUERIES>");
        foreach (WorkloadResult workload in results.Workloads)
        {
            string Time(Func<LatencyResult, double> of) => workload.LatencyMs is { } latency ? Format.Duration(of(latency)) : "-";
            table.Add(
                workload.Name, Format.Count(workload.Requests), Time(times => times.Mean), Time(times => times.P50), Time(times => times.P90), Time(times => times.P99),
                Time(times => times.P999), Time(times => times.Max), Format.Digits(workload.HopsMean), Format.Share(workload.CrossNodeShare), Format.Share(workload.CrossZoneShare),
                Format.Count(workload.Connections), Format.Count(workload.DnsQueries));
        }
        return table;
    }

    private static void Section(TextWriter writer, string heading, TextTable table)
    {
        if (!table.IsEmpty)
            writer.Write($"<h3>{Html.Text(heading)}</h3>\n{Html.Table(table)}");
    }
}
