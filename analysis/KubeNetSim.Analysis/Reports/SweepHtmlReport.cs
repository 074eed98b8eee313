namespace KubeNetSim.Analysis.Reports;

/// <summary>
/// The results of a sweep as one page that needs nothing else: no network, no fonts, and scripts only for comfort. The same results give the same bytes.
/// </summary>
public static class SweepHtmlReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="table">The results.</param>
    /// <param name="description">What the sweep is.</param>
    public static void Write(TextWriter writer, SweepTable table, SweepDescription description)
    {
        Html.Open(writer, description.Title);
        writer.Write($"<header>\n<p class=\"kind\">KubeNetSim · sweep {Html.Text(description.Name)}</p>\n<h1>{Html.Text(description.Title)}</h1>\n");
        foreach (string sentence in SweepConclusion.Sentences(table, description))
            writer.Write($"<p class=\"answer\">{Html.Text(sentence)}</p>\n");
        writer.Write("</header>\n");
        writer.Write(Html.Contents(("pictures", "In pictures"), ("points", "Every point"), ("settings", "Settings"), ("sure", "How sure this is"), ("columns", "The columns")));
        writer.Write(Html.Heading("pictures", "In pictures"));
        foreach (Figure figure in SweepFigures.Of(table, description))
            writer.Write(HtmlFigure.Of(figure));
        Section(writer, "points", "Every point", SweepReport.Table(table, description));
        Section(writer, "settings", "Settings, to run it again", Settings(table, description));
        writer.Write(Html.Heading("sure", "How sure these figures are") + Sureness(table));
        Section(writer, "columns", "The columns of table.csv and table.parquet", Columns(table));
        Html.Close(writer);
    }

    private static void Section(TextWriter writer, string id, string heading, TextTable table) => writer.Write(Html.Heading(id, heading) + Html.Table(table));

    private static string Sureness(SweepTable table) => table.Replications.Fewest < 2
            ? "<p>There are points of a single replication: nothing is known of how another one would differ. Run at least five.</p>\n"
            : $"<p>Each point is {table.ReplicationsInWords} with random numbers of their own. The bands and the columns ±95% are 95% confidence intervals by " +
                "Student's t, with one value a replication, for means as for percentiles. Points share a seed, and with it the random numbers that their settings leave " +
                "alone, so that differences between points are mostly surer than the intervals say.</p>\n";

    private static TextTable Settings(SweepTable table, SweepDescription description)
    {
        TextTable settings = new("SETTING", "VALUE");
        settings.Add("KubeNetSim", description.Version);
        foreach (SweepSetting setting in description.Settings)
            settings.Add(setting.Name, setting.Value);
        for (int axis = 0; axis < table.Axes.Length; axis++)
            settings.Add($"{table.Axes[axis]} (varied)", Values(table, axis));
        return settings;
    }

    private static string Values(SweepTable table, int axis)
    {
        const int Most = 30;
        string[] values = [.. table.Points.Select(point => point.Values[axis]).Distinct()];
        return string.Join(", ", values.Take(Most)) + (values.Length > Most ? $" and {values.Length - Most} more" : "");
    }

    private static TextTable Columns(SweepTable table)
    {
        TextTable columns = new("COLUMN", "MEANING");
        columns.Add("point", "number of the point, from 0");
        foreach (string axis in table.Columns.Skip(1).Take(table.Axes.Length))
            columns.Add(axis, "the setting, as the Sweep writes it");
        columns.Add("workload", "name of the workload");
        columns.Add("replication", "number of the replication, from 0");
        foreach (SweepMetric metric in SweepMetric.All)
            columns.Add(metric.Name, metric.Meaning);
        return columns;
    }
}
