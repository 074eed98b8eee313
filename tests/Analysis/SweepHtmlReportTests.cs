using System.Text.RegularExpressions;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class SweepHtmlReportTests
{
    private static readonly SweepTable Table = new(
        ["mode", "services"],
        [.. from mode in (string[])["<iptables>", "nftables"] from services in (string[])["100", "1000"] select new SweepTablePoint(0, [mode, services], Result())]);

    private static readonly string Page = Write();

    [Test]
    public void It_opens_with_the_question_and_the_answer_and_ends_with_what_it_takes_to_run_it_again()
    {
        Assert.That(Page, Does.Contain("<h1>What do rules cost?</h1>").And.Contain("<p class=\"answer\">From services 100 to 1000, the mean latency "));
        Assert.That(Page, Does.Contain("<th scope=\"row\">seed</th><td>42</td>").And.Contain("<th scope=\"row\">KubeNetSim</th><td>0.1.0").And.Contain("services (varied)"));
    }

    [Test]
    public void It_has_every_figure_with_a_description_and_every_column_of_the_table()
    {
        Assert.That(Regex.Count(Page, "<svg [^>]*role=\"img\" aria-label=\"[^\"]+\""), Is.EqualTo(2));
        foreach (string column in Table.Columns)
            Assert.That(Page, Does.Contain($"<th scope=\"row\">{column}</th>"));
    }

    [Test]
    public void It_asks_nobody_for_anything_and_takes_no_name_for_a_tag()
    {
        Assert.That(Page, Does.Contain("default-src 'none'").And.Not.Contain("<iptables>"));
        Assert.That(Regex.Matches(Page, "(?:src|href)=\"(?<to>[^\"]*)").Select(link => link.Groups["to"].Value), Has.All.Matches("^(data:|#)"));
    }

    [Test]
    public void The_same_sweep_gives_the_same_bytes() => Assert.That(Write(), Is.EqualTo(Page));

    private static string Write()
    {
        StringWriter writer = new();
        SweepHtmlReport.Write(writer, Table, Fabricated.Sweep(Table, "mean_ms", "p99_ms"));
        return writer.ToString();
    }

    private static SweepPointResult Result() => new([.. Enumerable.Range(0, 3).Select(replication => new SweepRow("web", replication, [.. SweepMetric.All.Select(_ => 1.0 + replication)]))]);
}
