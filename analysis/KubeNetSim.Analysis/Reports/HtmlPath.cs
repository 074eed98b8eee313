using System.Globalization;
using System.Text;

namespace KubeNetSim.Analysis.Reports;

/// <summary>
/// Draws the path of a workload's requests: a box a hop with the time it took and what happens there, and below it all of the time to scale.
/// A script makes boxes of it that explain themselves when pointed at; without one, the explanations stand below the boxes.
/// </summary>
internal static class HtmlPath
{
    /// <summary>The path of a workload.</summary>
    /// <param name="workload">The workload.</param>
    /// <param name="number">Its number on the page, for names within it.</param>
    /// <param name="proxyMode">How kube-proxy works, as results name it.</param>
    public static string Of(WorkloadResult workload, int number, string proxyMode)
    {
        TimedPath path = TimedPath.Of(workload, proxyMode);
        string mean = workload.LatencyMs is { } latency ? $"{Format.Duration(latency.Mean)} on average" : workload.Succeeded == 0 ? "no request was answered" : "no steady state";
        var html = new StringBuilder($"<section class=\"way\" aria-labelledby=\"way-{number}\" data-end=\"{Html.Text(End(workload, path))}\">\n");
        html.Append($"<div class=\"top\"><div><h3 id=\"way-{number}\">{Html.Text(workload.Name)} <small>{mean}</small></h3>\n{HtmlAnswer.Between(workload)}</div>\n");
        html.Append("<div class=\"steps\" hidden><button class=\"back\" type=\"button\">Back</button>");
        html.Append("<button class=\"next\" type=\"button\">Step through</button></div></div>\n<div class=\"diagram\">\n<ol>\n");
        for (int place = 0; place < path.Hops.Length; place++)
            html.Append(Box(path.Hops[place], $"way-{number}-hop-{place + 1}"));
        html.Append("</ol>\n");
        if (!path.Between.IsEmpty)
            html.Append($"<p class=\"between\">Between these: {string.Concat(path.Between.Select(Time))}</p>\n");
        html.Append(Scale(path));
        return html.Append($"</div>\n<p class=\"said\">{Html.Text(Begin(workload))}</p>\n</section>\n").ToString();
    }

    private static string Box(TimedHop hop, string id)
    {
        string concept = hop.Explanation.Concept.Length == 0 ? "" : $" <cite>Kubernetes documentation: {Html.Text(hop.Explanation.Concept)}</cite>";
        return $"<li>\n<div class=\"hop\"><svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"{HopIcon.Of(hop.Hop.Kind)}\"/></svg>" +
            $"<b>{Html.Text(hop.Hop.Text)}</b>{string.Concat(hop.Stages.Select(Time))}</div>\n<p class=\"why\" id=\"{id}\">{Html.Text(hop.Explanation.Meaning)}{concept}</p>\n</li>\n";
    }

    private static string Time(StageTime time) =>
        $"<span class=\"time\"><i style=\"background:{time.Stage.Color.ToHex()}\"></i>{Html.Text(time.Stage.Noun)} <span>{Format.Duration(time.Ms)}</span></span>";

    private static string Scale(TimedPath path)
    {
        (StageTime Time, int Place)[] parts =
        [
            .. path.Hops.SelectMany((hop, place) => hop.Stages.Select(time => (time, place))).Concat(path.Between.Select(time => (time, -1)))
                .OrderBy(part => Stages.All.IndexOf(part.time.Stage)),
        ];
        if (parts.Length == 0)
            return "";
        double total = parts.Sum(part => part.Time.Ms);
        var html = new StringBuilder();
        foreach ((StageTime time, int place) in parts)
        {
            string text = time.Ms / total > 0.16 ? Format.Duration(time.Ms) : "";
            html.Append(CultureInfo.InvariantCulture,
                $"<span data-hop=\"{place}\" style=\"flex-grow:{time.Ms / total:0.#####};background:{time.Stage.Color.ToHex()}\">{text}</span>");
        }
        string described = "All of the time to scale: " + string.Join(", ", parts.Select(part => $"{part.Time.Stage.Noun} {Format.Duration(part.Time.Ms)}"));
        return $"<div class=\"scale\" role=\"img\" aria-label=\"{Html.Text(described)}\">{html}</div>\n";
    }

    private static string Begin(WorkloadResult workload)
    {
        if (workload is not { LatencyMs: { } latency, BreakdownMs: { } times })
            return "";
        Stage largest = Stages.Largest(times);
        return $"Most of the time, {Format.Duration(largest.Of(times))} of {Format.Duration(latency.Mean)}, goes into {largest.Noun}.";
    }

    // What the last step says: a request is over when its answer is back.
    private static string End(WorkloadResult workload, TimedPath path) => workload.LatencyMs is not { } latency ? "The path ends here." :
        $"The answer goes back on the same path. When the client has it, {Format.Duration(latency.Mean)} have passed on average" +
        (path.Between.IsEmpty ? "." : $"; of these, between the hops: {string.Join(", ", path.Between.Select(time => $"{time.Stage.Noun} {Format.Duration(time.Ms)}"))}.");
}
