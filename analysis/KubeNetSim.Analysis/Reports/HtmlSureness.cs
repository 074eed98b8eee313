using System.Text;

namespace KubeNetSim.Analysis.Reports;

/// <summary>How sure the figures are: what chance did to them, and what the model itself rests on.</summary>
internal static class HtmlSureness
{
    public static string Of(RunResults results)
    {
        var html = new StringBuilder();
        if (results.Replications < 2)
            html.Append("<p>This is one replication: nothing is known of how another one would differ. Run at least five.</p>\n");
        else
            html.Append(Intervals(results));
        if (results.Replications > 1 && RunReport.Replications(results) is { } few)
            html.Append($"<p>{Html.Text(few)}</p>\n");
        html.Append("<p>Intervals tell what chance does to a simulation, not whether the simulation is right. What a rule, a connection and a look-up cost was measured on one kernel and one kind of machine " +
            $"({Html.Text(results.CostProfile.Split(':')[0])}), and what the network adds is a documented assumption (profile {Html.Text(results.NetworkProfile)}): " +
            "take shapes and comparisons as firm, absolute figures to about a quarter, and put your own measurements in their place where you have them.</p>\n");
        return html.ToString();
    }

    private static string Intervals(RunResults results)
    {
        TextTable table = new("Workload", "Mean>", "from>", "to>", "Half of it>", "99% within>", "from>", "to>");
        double widest = 0;
        foreach (WorkloadResult workload in results.Workloads)
            if (workload is { LatencyMs: { } latency, LatencyIntervalsMs: { } intervals })
            {
                double half = latency.Mean > 0 ? (intervals.Mean[1] - intervals.Mean[0]) / 2 / latency.Mean : 0;
                widest = Math.Max(widest, half);
                table.Add(
                    workload.Name, Format.Duration(latency.Mean), Format.Duration(intervals.Mean[0]), Format.Duration(intervals.Mean[1]), "±" + Format.Share(half),
                    Format.Duration(latency.P99), Format.Duration(intervals.P99[0]), Format.Duration(intervals.P99[1]));
            }
        string said = $"<p>Each figure comes from {results.Replications} replications with random numbers of their own. The intervals are 95% confidence intervals by Student's t, " +
            "with one value a replication, for the mean as for the 99th percentile: were the whole run made again with other seeds, 19 of 20 such intervals would hold the true value.";
        return table.IsEmpty ? said + "</p>\n" : $"{said} The widest interval of a mean here is ±{Format.Share(widest)}.</p>\n{Html.Table(table)}";
    }
}
