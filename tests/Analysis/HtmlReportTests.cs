using System.Text.RegularExpressions;
using System.Xml.Linq;
using KubeNetSim.Analysis;
using KubeNetSim.Measurements;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class HtmlReportTests
{
    [Test]
    public void The_page_opens_with_the_question_the_answer_and_a_table()
    {
        string page = Page(Gallery.Results);

        Assert.That(page, Does.Match("(?s)<h1>Five ways to reach the same pods.*<p class=\"answer\">A request of external-name takes.*<table>.*<h2>"));
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
        results = results with { Workloads = [results.Workloads[0] with { Name = "<b onclick=x>", Path = "a -> <i>b" }, .. results.Workloads[1..]] };

        string page = Page(results);

        Assert.That(page, Does.Not.Contain("<script>alert").And.Not.Contain("<img").And.Not.Contain("<b onclick").And.Not.Contain("<i>"));
        Assert.That(page, Does.Contain("&lt;b onclick=x&gt;"));
    }

    [Test]
    public void Drawings_are_whole_described_and_leave_colors_of_the_page_to_the_page()
    {
        MatchCollection drawings = Regex.Matches(Page(Gallery.Results), "<svg.*?</svg>", RegexOptions.Singleline);

        Assert.That(drawings, Has.Count.EqualTo(3));
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
    public void Every_part_of_the_time_stands_at_one_hop_or_between_them()
    {
        foreach (WorkloadResult workload in Gallery.Results.Workloads)
        {
            Way way = Way.Of(workload);
            double shown = way.Hops.SelectMany(hop => hop.Times).Concat(way.Between).Sum(time => time.Ms);

            Assert.That(shown, Is.EqualTo(workload.LatencyMs!.Mean).Within(1e-6), workload.Name);
        }
    }

    [Test]
    public void Times_stand_where_they_pass()
    {
        Way way = Way.Of(Gallery.Results.Workloads[2]);

        Assert.That(way.Hops.Select(hop => hop.Name), Is.EqualTo((string[])["client", "aws load balancer", "node:30080", "SNAT, DNAT", "pod"]));
        Assert.That(way.Hops[1].Times.Single().Noun, Is.EqualTo("the load balancer"));
        Assert.That(way.Hops[3].Times.Single().Noun, Is.EqualTo("evaluating rules"));
        Assert.That(way.Hops[4].Times.Select(time => time.Noun), Is.EqualTo((string[])["waiting at the backend", "the backend's own work"]));
    }

    [TestCase("pod -> DNS -> cluster IP -> DNAT on the client's node -> pod")]
    [TestCase("client -> AWS Network Load Balancer -> node:30086 -> DNAT, SNAT -> pod on any node")]
    [TestCase("node -> node:30086 -> DNAT -> pod on that node")]
    [TestCase("pod -> DNS -> CNAME httpbin.org -> external host")]
    [TestCase("pod -> DNS -> pod, directly")]
    public void Every_hop_is_explained(string path)
    {
        Way way = Way.Of(Gallery.Results.Workloads[0] with { Path = path });

        Assert.That(way.Hops.Select(hop => hop.Meaning), Has.None.EqualTo("Where the request arrives."));
    }

    [Test]
    public void One_replication_is_said_to_show_nothing() => Assert.That(
        Page(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, Fabricated.Workload("a", 1_000_000))])),
        Does.Contain("nothing is known of how another one would differ"));

    [Test]
    public void What_it_takes_to_run_it_again_is_there() => Assert.That(
        Page(Gallery.Results),
        Does.Contain("<th scope=\"row\">seed</th><td>42</td>").And.Contain("0.1.0").And.Contain("requests (assumed)").And.Contain("linux-6.18-epyc"));

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
