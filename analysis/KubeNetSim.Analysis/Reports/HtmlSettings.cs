using System.Globalization;
using System.Text;

namespace KubeNetSim.Analysis.Reports;

/// <summary>What was simulated, what had to be assumed, and how to do it again.</summary>
internal static class HtmlSettings
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    public static string Of(RunResults results)
    {
        var html = new StringBuilder(Html.Table(Settings(results)));
        html.Append(Defaults(results));
        html.Append("<h3>Run it again</h3>\n<p>");
        html.Append(Html.Text($"With the files of the scenario {results.Scenario} in the place of FILE, version {results.Version} of KubeNetSim gives the same figures to the last digit, on any machine:"));
        html.Append($"</p>\n<pre><code>{Html.Text(Command(results))}</code></pre>\n");
        html.Append("<p>All figures stand in results.json beside this page; <code>kubenetsim report DIR</code> makes the page and the pictures of it again.</p>\n");
        html.Append(Events(results));
        return html.ToString();
    }

    /// <summary>The command that gives these results again, but for the names of the files.</summary>
    public static string Command(RunResults results)
    {
        string warmup = results.WarmupBy == "given" ? string.Create(Culture, $" --warmup {results.WarmupSeconds}s") : "";
        return string.Create(Culture, $"kubenetsim run FILE --duration {results.SimulatedSeconds}s{warmup} --replications {results.Replications} --seed {results.Seed}");
    }

    private static TextTable Settings(RunResults results)
    {
        TextTable table = new("Setting", "Value");
        table.Add("KubeNetSim", results.Version);
        table.Add("seed", results.Seed.ToString(Culture));
        string warmup = results.WarmupSeconds <= 0 ? "" : string.Create(Culture, $"; the first {results.WarmupSeconds:0.###} s are not measured{Why(results.WarmupBy)}");
        table.Add("replications", string.Create(Culture, $"{results.Replications} of {results.SimulatedSeconds:0.###} s{warmup}"));
        table.Add("cluster", string.Create(Culture,
            $"{results.Cluster.Nodes:N0} nodes, {results.Cluster.Pods:N0} Pods, {results.Cluster.Services:N0} Services, {results.Cluster.Endpoints:N0} endpoints"));
        table.Add("kube-proxy", results.ProxyMode);
        table.Add("cloud", results.Cloud);
        table.Add("cost profile", results.CostProfile);
        table.Add("network profile", results.NetworkProfile);
        if (results.Cost is { } cost)
            table.Add("price sheet", $"{cost.PriceSheet}, as of {cost.AsOf}");
        return table;
    }

    private static string Why(string by) => by switch
    {
        "found" => " (found by MSER-5)",
        "default" => " (a tenth, since nothing better is known)",
        _ => "",
    };

    private static string Defaults(RunResults results)
    {
        if (results.Defaults.IsEmpty)
            return "<p>The files said everything; nothing had to be assumed.</p>\n";
        TextTable table = new("Not said by the files", "So assumed");
        foreach (AssumptionResult taken in results.Defaults)
            table.Add(taken.What, taken.Value);
        return "<h3>What was assumed</h3>\n" + Html.Table(table);
    }

    private static string Events(RunResults results)
    {
        if (results.ClusterEvents.IsEmpty)
            return "";
        string items = string.Concat(results.ClusterEvents.Select(item => $"<li>{Html.Text(item)}</li>\n"));
        return $"<h3>Events of the cluster</h3>\n<ul>\n{items}</ul>\n";
    }
}
