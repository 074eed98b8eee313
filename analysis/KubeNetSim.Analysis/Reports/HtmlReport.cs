using System.Globalization;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

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
        writer.Write($"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>{Html.Text(title)}</title>\n");
        // Whatever a name in the results holds, this page asks nobody for anything.
        writer.Write("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:\">\n");
        writer.Write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<link rel=\"icon\" href=\"data:,\">\n");
        writer.Write($"<style>\n{Resource("report.css")}</style>\n</head>\n<body>\n<main>\n");
        Answer(writer, results, title);
        foreach (Figure figure in RunFigures.Of(results))
            writer.Write($"<figure>\n{RunFigures.Sheet(figure, results, FigureStyle.Inline).InlineSvg()}\n</figure>\n");
        Ways(writer, results);
        Details(writer, results);
        Sureness(writer, results);
        Settings(writer, results);
        writer.Write($"</main>\n<script>\n{Resource("report.js")}</script>\n</body>\n</html>\n");
    }

    private static void Answer(TextWriter writer, RunResults results, string title)
    {
        writer.Write($"<header>\n<p class=\"kind\">KubeNetSim · {Html.Text(results.Scenario)}</p>\n<h1>{Html.Text(title)}</h1>\n");
        foreach (string sentence in Conclusion.Sentences(results))
            writer.Write($"<p class=\"answer\">{Html.Text(sentence)}</p>\n");
        writer.Write($"</header>\n{Html.Table(RunTables.Workloads(results))}");
    }

    private static void Ways(TextWriter writer, RunResults results)
    {
        writer.Write("<h2>The way of a request, hop by hop</h2>\n");
        writer.Write("<p>Point at a hop, or reach it with the tab key, to read what happens there. The bar below each way shows its time to scale.</p>\n");
        foreach (WorkloadResult workload in results.Workloads)
            writer.Write(HtmlPath.Of(workload));
    }

    private static void Details(TextWriter writer, RunResults results)
    {
        Section(writer, "What it costs", RunTables.Costs(results));
        Section(writer, "Failures", RunTables.Failures(results));
        Section(writer, "Where the time of a request went, on average", RunTables.Breakdown(results));
        Section(writer, "The load on each backend", RunTables.Backends(results));
        Section(writer, "Busy nodes", RunTables.BusyNodes(results));
    }

    private static void Section(TextWriter writer, string heading, TextTable table)
    {
        if (!table.IsEmpty)
            writer.Write($"<h2>{Html.Text(heading)}</h2>\n{Html.Table(table)}");
    }

    private static void Sureness(TextWriter writer, RunResults results)
    {
        writer.Write("<h2>How sure these figures are</h2>\n");
        if (results.Replications < 2)
        {
            writer.Write("<p>This is one replication: nothing is known of how another one would differ. Run at least five.</p>\n");
            return;
        }
        writer.Write($"<p>Each figure comes from {results.Replications} replications with random numbers of their own. The intervals are 95% " +
            "confidence intervals by Student's t, with one value a replication, for the mean as for the 99th percentile.</p>\n");
        TextTable table = new("WORKLOAD", "MEAN>", "FROM>", "TO>", "P99>", "P99 FROM>", "P99 TO>", "WIDTH OF THE MEAN'S INTERVAL>");
        foreach (WorkloadResult workload in results.Workloads)
            if (workload is { LatencyMs: { } latency, LatencyIntervalsMs: { } intervals })
                table.Add(
                    workload.Name, Format.Duration(latency.Mean), Format.Duration(intervals.Mean[0]), Format.Duration(intervals.Mean[1]),
                    Format.Duration(latency.P99), Format.Duration(intervals.P99[0]), Format.Duration(intervals.P99[1]),
                    "±" + Format.Share((intervals.Mean[1] - intervals.Mean[0]) / 2 / latency.Mean));
        if (!table.IsEmpty)
            writer.Write(Html.Table(table));
    }

    private static void Settings(TextWriter writer, RunResults results)
    {
        CultureInfo culture = CultureInfo.InvariantCulture;
        TextTable table = new("SETTING", "VALUE");
        table.Add("KubeNetSim", results.Version);
        table.Add("seed", results.Seed.ToString(culture));
        table.Add("replications", string.Create(culture, $"{results.Replications} of {results.SimulatedSeconds:0.###} s, the first {results.WarmupSeconds:0.###} s not measured"));
        table.Add("cluster", string.Create(culture,
            $"{results.Cluster.Nodes:N0} nodes, {results.Cluster.Pods:N0} pods, {results.Cluster.Services:N0} Services, {results.Cluster.Endpoints:N0} endpoints"));
        table.Add("kube-proxy", results.ProxyMode);
        table.Add("cloud", results.Cloud);
        table.Add("cost profile", results.CostProfile);
        table.Add("network profile", results.NetworkProfile);
        foreach (AssumptionResult taken in results.Defaults)
            table.Add($"{taken.What} (assumed)", taken.Value);
        Section(writer, "Settings, to run it again", table);
        if (results.ClusterEvents.IsEmpty)
            return;
        writer.Write("<h2>Events of the cluster</h2>\n<ul>\n");
        foreach (string item in results.ClusterEvents)
            writer.Write($"<li>{Html.Text(item)}</li>\n");
        writer.Write("</ul>\n");
    }

    private static string Resource(string name)
    {
        using Stream stream = typeof(HtmlReport).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not in the assembly.");
        return new StreamReader(stream).ReadToEnd();
    }
}
