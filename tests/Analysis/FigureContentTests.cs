using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using ScottPlot;

namespace KubeNetSim.Tests.Analysis;

/// <summary>What stands in each figure, with easy and with hard input.</summary>
public sealed partial class FigureContentTests
{
    private static readonly RunResults Many = Manifold(12, backends: 500);

    private static IEnumerable<TestCaseData> HardInput()
    {
        RunResults five = Gallery.OverTime;
        yield return new TestCaseData(five).SetArgDisplayNames("five workloads");
        yield return new TestCaseData(five with { Workloads = five.Workloads[..1], Series = Gallery.Series(five, 1) }).SetArgDisplayNames("one workload, one interval");
        yield return new TestCaseData(Many with { Series = Gallery.Series(Many, 600) }).SetArgDisplayNames("twelve long names, 500 backends");
        yield return new TestCaseData(five with { Workloads = [Scaled(five.Workloads[0], 1e-3, "in-memory"), Scaled(five.Workloads[1], 1e3, "batch")] }).SetArgDisplayNames("microseconds and seconds");
        yield return new TestCaseData(five with { Workloads = [Scaled(five.Workloads[0], 0, "zero"), Failing(five.Workloads[1])] }).SetArgDisplayNames("zeros and failures");
        yield return new TestCaseData(five with { Series = Gallery.Series(five, 60) with { Events = [.. Enumerable.Range(0, 40).Select(number => new TimelineMark(1.5 * number, $"scale deployment-with-a-long-name-{number} to {number}"))] } })
            .SetArgDisplayNames("an event every second");
    }

    [TestCaseSource(nameof(HardInput))]
    public void Nothing_is_written_off_the_sheet(RunResults results)
    {
        foreach (Figure figure in RunFigures.Of(results))
        {
            XElement svg = Drawing(figure, results);
            double height = Numbers(svg, "height")[0];
            // Titles of axes are turned, and have a margin of their own.
            foreach (XElement text in svg.Descendants().Where(element => element.Name.LocalName == "text" && !Transform(element).StartsWith("matrix")))
            {
                double[] moved = [.. NumberPattern().Matches(Transform(text)).Select(match => Parse(match.Value)), 0, 0];
                Assert.That(Numbers(text, "x").Select(x => x + moved[0]), Has.All.InRange(-1.0, FigureSheet.Width - 8.0), $"{figure.Name}: {text.Value}");
                Assert.That(Numbers(text, "y").Select(y => y + moved[1]), Has.All.InRange(-1.0, height), $"{figure.Name}: {text.Value}");
            }
        }
    }

    [Test]
    public void Everything_is_drawn_once()
    {
        foreach (Figure figure in RunFigures.Of(Gallery.OverTime))
        {
            string[] shapes = [.. Drawing(figure, Gallery.OverTime).Descendants().Where(element => element.Name.LocalName is "path" or "text").Select(element => element.ToString())];
            Assert.That(shapes.GroupBy(shape => shape).Where(group => group.Count() > 1).Select(group => group.Key), Is.Empty, figure.Name);
        }
    }

    [Test]
    public void A_stage_has_no_workload_s_color() => Assert.That(
        Stages.All.Select(stage => stage.Color.ToHex()).Append(FigureStyle.Money.ToHex()), Has.None.AnyOf([.. Enumerable.Range(0, 6).Select(index => FigureStyle.Series(index).ToHex())]));

    [Test]
    public void Latencies_too_far_apart_for_one_scale_are_shown_as_shares()
    {
        RunResults results = Gallery.Results with { Workloads = [Scaled(Gallery.Results.Workloads[0], 1e-3, "in-memory"), Gallery.Results.Workloads[1]] };

        Assert.That(Text("breakdown", results), Does.Contain("share of the mean latency").And.Contain("in-memory"));
        Assert.That(Text("breakdown", Gallery.Results), Does.Contain("mean latency of a request [ms]"));
    }

    [Test]
    public void A_workload_without_an_answer_keeps_its_row() => Assert.That(
        Text("breakdown", Gallery.Results with { Workloads = [Gallery.Results.Workloads[0], Failing(Gallery.Results.Workloads[1])] }),
        Does.Contain("none of 20,000 requests was answered"));

    [Test]
    public void Hops_are_shares_of_the_requests_with_their_mean() => Assert.That(
        Text("hops", Gallery.Results), Does.Contain("2 hops: 50%").And.Contain("mean 2.00").And.Contain("share of the workload's requests [%]"));

    [Test]
    public void Few_backends_are_named_and_very_many_are_marks_around_the_even_share()
    {
        Assert.That(Text("backends", Gallery.Results), Does.Contain("echo-server-0").And.Contain("an even share"));
        Assert.That(Text("backends", Many), Does.Contain("500 backends, at most ").And.Contain("multiple of the even share").And.Not.Contain("pod-7\n"));
    }

    [Test]
    public void A_spread_that_chance_explains_is_called_so_and_skew_is_not()
    {
        WorkloadResult first = Gallery.Results.Workloads[0];
        RunResults chance = Gallery.Results with { Workloads = [first with { Skew = null, Backends = [.. Enumerable.Range(0, 50).Select(pod => new BackendRecord($"shop/pod-{pod}", "node-1", "a", pod % 9))] }] };

        Assert.That(Text("backends", chance), Does.Contain("50 backends, at most 2.11x, 6 without any: chance"));
        Assert.That(Text("backends", Many), Does.Not.Contain("chance"));
    }

    [Test]
    public void Time_shows_all_that_was_asked_for_with_its_events()
    {
        string text = Text("time", Gallery.OverTime);

        foreach (string subject in (string[])["answered requests [1/s]", "99% of them within [ms]", "failed requests [1/s]", "requests that wait at a backend", "packet cores busy evaluating rules [%]", "simulated time [s]"])
            Assert.That(text, Does.Contain(subject));
        Assert.That(text, Does.Contain("scale echo-server to 6").And.Contain("node node-2 fails").And.Contain("node-1, the busiest"));
    }

    [Test]
    public void A_run_that_kept_no_series_has_no_figure_of_time() =>
        Assert.That(RunFigures.Of(Gallery.Results).Select(figure => figure.Name), Has.None.EqualTo("time"));

    private static string Text(string name, RunResults results) => string.Concat(
        Drawing(RunFigures.Of(results).Single(figure => figure.Name == name), results).Descendants().Where(element => element.Name.LocalName == "text").Select(element => element.Value + "\n"));

    private static XElement Drawing(Figure figure, RunResults results) => XDocument.Parse(RunFigures.Sheet(figure, results, FigureStyle.Light).Svg()).Root!;

    private static string Transform(XElement element) => (string?)element.Attribute("transform") ?? "";

    private static double[] Numbers(XElement element, string attribute) => [.. NumberPattern().Matches(element.Attribute(attribute)!.Value).Select(match => Parse(match.Value))];

    private static double Parse(string number) => double.Parse(number, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"-?[\d.]+(e-?\d+)?")]
    private static partial Regex NumberPattern();

    private static RunResults Manifold(int workloads, int backends) => Gallery.Results with
    {
        Workloads = [.. Enumerable.Range(0, workloads).Select(number => Gallery.Results.Workloads[number % 5] with
        {
            Name = $"a-rather-long-name-that-somebody-really-gave-to-workload-{number}",
            Backends = [.. Enumerable.Range(0, backends).Select(pod => new BackendRecord($"shop/pod-{pod}", "node-1", "a", pod == 7 ? 5_000 : 100 + pod % 17))],
        })],
    };

    private static WorkloadResult Scaled(WorkloadResult workload, double factor, string name)
    {
        (LatencyResult latency, BreakdownResult times) = (workload.LatencyMs!, workload.BreakdownMs!);
        return workload with
        {
            Name = name,
            LatencyMs = new LatencyResult(latency.Mean * factor, latency.P50 * factor, latency.P90 * factor, latency.P99 * factor, latency.P999 * factor, latency.Max * factor),
            BreakdownMs = new BreakdownResult(
                times.Dns * factor, times.Connect * factor, times.LoadBalancer * factor, times.Rules * factor, times.Network * factor, times.Queue * factor, times.Service * factor),
            LatencyCdf = [.. workload.LatencyCdf.Select(point => ImmutableArray.Create(point[0] * factor, point[1]))],
        };
    }

    private static WorkloadResult Failing(WorkloadResult workload) => workload with
    {
        Succeeded = 0,
        Failed = new FailureResult(workload.Requests, 0, 0, 0, 0),
        LatencyMs = null,
        LatencyIntervalsMs = null,
        BreakdownMs = null,
        LatencyCdf = [],
        HopShares = [],
    };
}
