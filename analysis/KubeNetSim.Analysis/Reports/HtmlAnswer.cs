using System.Globalization;
using System.Text;

namespace KubeNetSim.Analysis.Reports;

/// <summary>The top of a report: the question, the answer in a sentence, what was simulated, and a table.</summary>
internal static class HtmlAnswer
{
    public static string Of(RunResults results, string title)
    {
        var html = new StringBuilder($"<header>\n<p class=\"kind\">KubeNetSim · {Html.Text(results.Scenario)}</p>\n<h1>{Html.Text(title)}</h1>\n");
        if (Incompleteness.Of(results) is { } incomplete)
            html.Append($"<p class=\"answer\"><strong>Incomplete:</strong> {Html.Text(incomplete)}</p>\n");
        foreach (string sentence in Conclusion.Sentences(results))
            html.Append($"<p class=\"answer\">{Html.Text(sentence)}</p>\n");
        foreach (ObjectiveOutcome outcome in results.Objectives)
            html.Append($"<p class=\"answer\"><strong>{Html.Text(RunObjectives.State(outcome))}:</strong> {Html.Text(outcome.Objective)}: {Html.Text(RunObjectives.Measured(results, outcome))}</p>\n");
        return html.Append($"<p class=\"about\">{Html.Text(About(results))}</p>\n</header>\n").Append(Table(results)).ToString();
    }

    private static string About(RunResults results)
    {
        ClusterSize size = results.Cluster;
        int count = results.Workloads.Length;
        return string.Create(CultureInfo.InvariantCulture,
            $"KubeNetSim simulated the network of a Kubernetes cluster with {Count(size.Nodes, "node")}, {Count(size.Pods, "Pod")} and {Count(size.Services, "Service")}. " +
            $"{(count == 1 ? "One workload, a stream of requests of one kind," : $"{Count(count, "workload")}, each a stream of requests of one kind,")} sent {results.Requests:N0} requests " +
            $"in {Count(results.Replications, "replication")} of {results.SimulatedSeconds:0.###} s. This page says what they met on their way, how long that took, and why.");
    }

    private static string Count(int count, string noun) => $"{Format.Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Table(RunResults results)
    {
        var html = new StringBuilder("<div class=\"scroll\"><table class=\"summary\">\n<caption>Hops: steps from one machine to the next, on average. " +
            "±: half of the 95% confidence interval. Client's address: whether the Pod that answers sees who asked.</caption>\n<thead><tr><th scope=\"col\">Workload</th>");
        foreach (string title in (string[])["Mean time", "Half within", "99% within", "Failed", "Hops", "To another node"])
            html.Append($"<th scope=\"col\" class=\"number\">{title}</th>");
        html.Append("<th scope=\"col\">Client's address</th></tr></thead>\n<tbody>\n");
        double longest = results.Workloads.Select(workload => workload.LatencyMs?.Mean ?? 0).DefaultIfEmpty().Max();
        foreach (WorkloadResult workload in results.Workloads)
            html.Append(Row(workload, longest));
        return html.Append("</tbody></table></div>\n").ToString();
    }

    private static string Row(WorkloadResult workload, double longest)
    {
        LatencyResult? latency = workload.LatencyMs;
        bool isAnswered = workload.Succeeded > 0;
        string mean = latency is null ? isAnswered ? "grows" : "–"
            : Format.Duration(latency.Mean) + (workload.LatencyIntervalsMs is { } interval ? $" <small>±{Format.Duration((interval.Mean[1] - interval.Mean[0]) / 2)}</small>" : "") + Bar(latency.Mean / longest);
        string failed = workload.Failed.Total == 0 ? "none" : $"<strong>{Format.Share((double)workload.Failed.Total / workload.Requests)}</strong>";
        string[] numbers =
        [
            mean, latency is null ? "–" : Format.Duration(latency.P50), latency is null ? "–" : Format.Duration(latency.P99), failed,
            isAnswered ? Format.Digits(workload.HopsMean) : "–", isAnswered ? Format.Share(workload.CrossNodeShare) : "–",
        ];
        string address = !isAnswered ? "–" : workload.ClientIPPreserved switch { true => "kept", false => "lost", null => "kept by some" };
        return $"<tr><th scope=\"row\">{Html.Text(workload.Name)}{Between(workload)}</th>" +
            $"{string.Concat(numbers.Select(number => $"<td class=\"number\">{number}</td>"))}<td>{address}</td></tr>\n";
    }

    /// <summary>Who asks whom.</summary>
    public static string Between(WorkloadResult workload) =>
        $"<small class=\"who\"><span>from {Html.Text(workload.From == "internet" ? "the internet" : workload.From)}</span> <span>to {Html.Text(workload.To)}</span></small>";

    private static string Bar(double share) => double.IsNaN(share) ? "" :
        string.Create(CultureInfo.InvariantCulture, $"<span class=\"bar\" style=\"width:{100 * share:0.#}%\" aria-hidden=\"true\"></span>");
}
