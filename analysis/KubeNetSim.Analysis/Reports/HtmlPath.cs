using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>Draws the way of a workload's requests: a box a hop with the time it took, and below it all of the time to scale.</summary>
internal static class HtmlPath
{
    public static string Of(WorkloadResult workload)
    {
        Way way = Way.Of(workload);
        string mean = workload.LatencyMs is { } latency ? $"{Format.Duration(latency.Mean)} on average" : "no request was answered";
        var html = new StringBuilder($"<section class=\"way\">\n<h3>{Html.Text(workload.Name)} <small>{mean}</small></h3>\n<ol>\n");
        foreach (Hop hop in way.Hops)
            html.Append(Box(hop));
        html.Append("</ol>\n");
        if (!way.Between.IsEmpty)
            html.Append($"<p class=\"between\">Between these: {Html.Text(List(way.Between))}.</p>\n");
        if (workload.BreakdownMs is { } breakdown)
            html.Append(Scale(breakdown));
        return html.Append("<p class=\"said\" aria-live=\"polite\"></p>\n<button class=\"step\" type=\"button\" hidden>Step through</button>\n</section>\n").ToString();
    }

    private static string Box(Hop hop)
    {
        string times = hop.Times.IsEmpty ? "" : $"<span class=\"time\">{Html.Text(List(hop.Times))}</span>";
        return $"<li tabindex=\"0\"><b>{Html.Text(hop.Name)}</b>{times}<span class=\"why\">{Html.Text(hop.Meaning)}</span></li>\n";
    }

    private static string Scale(BreakdownResult breakdown)
    {
        double total = Stages.All.Sum(stage => stage.Of(breakdown));
        var html = new StringBuilder();
        foreach (Stage stage in Stages.All.Where(stage => stage.Of(breakdown) > 0))
        {
            string title = $"{stage.Noun}: {Format.Duration(stage.Of(breakdown))}";
            html.Append(CultureInfo.InvariantCulture,
                $"<span style=\"flex-grow:{stage.Of(breakdown) / total:0.#####};background:{stage.Color.ToHex()}\" title=\"{Html.Text(title)}\"></span>");
        }
        string described = List([.. Stages.All.Where(stage => stage.Of(breakdown) > 0).Select(stage => (stage.Noun, stage.Of(breakdown)))]);
        return $"<div class=\"scale\" role=\"img\" aria-label=\"{Html.Text(described)}\">{html}</div>\n";
    }

    private static string List(ImmutableArray<(string Noun, double Ms)> times) =>
        string.Join(", ", times.Select(time => $"{time.Noun} {Format.Duration(time.Ms)}"));
}
