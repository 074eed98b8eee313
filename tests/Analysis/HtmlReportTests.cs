using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class HtmlReportTests
{
    [Test]
    public void The_page_opens_with_the_question_the_answer_and_a_table()
    {
        string page = Page(Gallery.Results);

        Assert.That(page, Does.Match("(?s)<h1>Five ways to reach the same pods.*<p class=\"answer\">A request of external-name takes.*<table class=\"summary\">.*<h2 "));
        Assert.That(Regex.Count(page, "<th scope=\"row\">node-port</th>"), Is.GreaterThanOrEqualTo(3));
    }

    [Test]
    public void The_page_asks_nobody_for_anything()
    {
        // Names of namespaces are no addresses that a browser would open.
        string page = Page(Gallery.Results).Replace("http://www.w3.org/2000/svg", "").Replace("http://www.w3.org/1999/xlink", "");

        Assert.That(page, Does.Not.Match("(src|href|xlink:href|action)=\"(?!data:,|#)"));
        Assert.That(page, Does.Not.Match(@"@import|url\((?!#)"));
        Assert.That(page, Does.Contain("default-src 'none'"));
    }

    [Test]
    public void A_name_cannot_smuggle_markup_into_the_page()
    {
        RunResults results = Gallery.Results with { Scenario = "<script>alert(1)</script>", Question = "\"><img src=x>" };
        results = results with { Workloads = [results.Workloads[0] with { Name = "<b onclick=x>", PathHops = [new PathHop(PathHopKind.Client, "a"), new PathHop(PathHopKind.Address, "<i>b")] }, .. results.Workloads[1..]] };

        string page = Page(results);

        Assert.That(page, Does.Not.Contain("<script>alert").And.Not.Contain("<img").And.Not.Contain("<b onclick").And.Not.Contain("<i>"));
        Assert.That(page, Does.Contain("&lt;b onclick=x&gt;"));
    }

    [Test]
    public void Drawings_are_whole_described_and_leave_colors_of_the_page_to_the_page()
    {
        MatchCollection drawings = Regex.Matches(Page(Gallery.Results), "<svg [^>]*viewBox=\"0 0 1280.*?</svg>", RegexOptions.Singleline);

        Assert.That(drawings, Has.Count.EqualTo(5));
        foreach (Match drawing in drawings)
        {
            XElement svg = XDocument.Parse(drawing.Value).Root!;
            Assert.That((string?)svg.Attribute("aria-label"), Has.Length.GreaterThan(40));
            Assert.That((string?)svg.Attribute("viewBox"), Does.StartWith("0 0 1280 "));
            Assert.That(drawing.Value, Does.Not.Contain(FigureStyle.Inline.Background).And.Not.Contain(FigureStyle.Inline.Foreground));
        }
    }

    [Test]
    public void Names_in_the_drawings_are_unique_over_the_page()
    {
        string[] names = [.. Regex.Matches(Page(Gallery.Results), " id=\"([^\"]+)\"").Select(match => match.Groups[1].Value)];

        Assert.That(names, Is.Not.Empty.And.Unique);
    }

    [Test]
    public void A_page_says_the_title_itself_and_its_drawings_do_not() => Assert.That(
        Regex.Count(Page(Gallery.Results), "Where the time of a request goes<"), Is.EqualTo(1));

    [Test]
    public void One_replication_is_said_to_show_nothing() => Assert.That(
        Page(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, Fabricated.Workload("a", 1_000_000))])),
        Does.Contain("nothing is known of how another one would differ"));

    [Test]
    public void What_it_takes_to_run_it_again_is_there() => Assert.That(
        Page(Gallery.Results),
        Does.Contain("<th scope=\"row\">seed</th><td>42</td>").And.Contain("0.1.0").And.Contain("<th scope=\"row\">requests</th><td>poisson 500/s</td>").And.Contain("linux-6.18-epyc")
            .And.Contain("kubenetsim run FILE --duration 65s --warmup 5s --replications 5 --seed 42"));

    [Test]
    public void A_warm_up_that_was_found_is_found_again() => Assert.That(
        HtmlSettings.Command(Gallery.Results with { WarmupBy = "found" }), Is.EqualTo("kubenetsim run FILE --duration 65s --replications 5 --seed 42"));

    [Test]
    public void What_the_timeline_did_stands_in_words_too() => Assert.That(
        Page(Gallery.OverTime), Does.Contain("What happened when").And.Contain("<td>node node-2 fails</td>"));

    [Test]
    public void Where_nothing_was_answered_the_page_says_so()
    {
        WorkloadRecord lost = Fabricated.Workload("lost") with { Requests = 5, Failed = new FailureCounts(5, 0, 0, 0, 0) };

        string page = Page(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, lost)]));

        Assert.That(page, Does.Contain("there is nothing to draw").And.Contain("no request was answered").And.Contain("<strong>100%</strong>"));
    }

    [Test]
    public void A_queue_that_grows_has_no_mean_and_the_page_says_so()
    {
        RunResults results = Gallery.Results;
        WorkloadResult growing = results.Workloads[0] with { LatencyMs = null, LatencyIntervalsMs = null, LatencyByReplicationMs = null, BreakdownMs = null, LatencyCdf = [] };

        string page = Page(results with { Workloads = [growing, .. results.Workloads[1..]] });

        Assert.That(page, Does.Contain("no steady state").And.Contain(">grows<"));
    }

    [Test]
    public void Results_without_workloads_still_make_a_page() => Assert.That(Page(Gallery.Results with { Workloads = [] }), Does.EndWith("</html>\n"));

    [Test]
    public void The_same_results_give_the_same_page()
    {
        string first = Page(Gallery.Results);
        string second = Page(Gallery.Results);

        Assert.That(second, Is.EqualTo(first));
    }

    private static string Page(RunResults results)
    {
        var writer = new StringWriter { NewLine = "\n" };
        HtmlReport.Write(writer, results);
        return writer.ToString();
    }
}
