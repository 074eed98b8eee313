using System.Collections.Immutable;
using System.Xml.Linq;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class SweepFiguresTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("sweep-figures").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_metric_without_a_value_leaves_no_figure_and_no_error()
    {
        Draw(Table(["services"], [["100"], ["1000"]], _ => double.NaN));

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }

    [Test]
    public void The_same_sweep_gives_the_same_bytes()
    {
        SweepTable table = Table(["services"], [["100"], ["1000"], ["10000"]], point => 1 + point);
        Draw(table);
        byte[] picture = File.ReadAllBytes(Path.Combine(_folder, "mean_ms.png"));
        byte[] drawing = File.ReadAllBytes(Path.Combine(_folder, "mean_ms.svg"));
        Draw(table);

        Assert.That(File.ReadAllBytes(Path.Combine(_folder, "mean_ms.png")), Is.EqualTo(picture));
        Assert.That(File.ReadAllBytes(Path.Combine(_folder, "mean_ms.svg")), Is.EqualTo(drawing));
    }

    [Test]
    public void A_figure_names_its_metric_its_axis_with_the_unit_and_each_line()
    {
        Draw(Table(["mode", "rate"], Grid(["iptables", "nftables"], ["50/s", "100/s"]), point => 1 + point));

        string text = TextOf("mean_ms.svg");

        Assert.That(text, Does.Contain("Mean latency against rate").And.Contain("What do rules cost?").And.Contain("rate [/s]"));
        Assert.That(text, Does.Contain("iptables").And.Contain("nftables").And.Contain("4 points, 3 replications each · bands are 95% confidence intervals, ±2.5% of the mean at most"));
    }

    [Test]
    public void A_line_that_is_a_number_says_of_what_and_where_it_has_got_to()
    {
        Draw(Table(["services", "nodes"], Grid(["100", "1000"], ["3", "6"]), point => 1 + point));

        Assert.That(TextOf("mean_ms.svg"), Does.Contain("nodes 3: 3.00 ms\n").And.Contain("nodes 6: 4.00 ms\n"));
    }

    [Test]
    public void An_axis_that_begins_at_zero_is_numeric()
    {
        Draw(Table(["services"], [["0"], ["1000"]], point => 1 + point));

        Assert.That(TextOf("mean_ms.svg"), Does.Contain("Mean latency against services"));
    }

    [Test]
    public void Values_of_different_units_are_names_and_not_numbers()
    {
        SweepTable table = Table(["timeout"], [["1s"], ["500ms"]], point => 1 + point);

        Assert.That(SweepNumbers.Of(table, 0), Is.Null);
    }

    [Test]
    public void A_sweep_of_names_shows_every_setting_by_its_name()
    {
        Draw(Table(["mode", "cloud"], Grid(["iptables", "nftables"], ["aws", "gcp"]), point => 1 + point));

        Assert.That(TextOf("mean_ms.svg"), Does.Contain("Mean latency by mode and cloud").And.Contain("nftables, gcp"));
    }

    [Test]
    public void Two_numeric_axes_of_a_full_grid_make_a_map_with_each_value_in_its_cell()
    {
        Draw(Table(["services", "nodes"], Grid(["100", "1000"], ["3", "6", "9"]), point => 1.25 + point));

        Assert.That(TextOf("mean_ms-map.svg"), Does.Contain("1.25").And.Contain("3.25").And.Contain("6.25"));
        Assert.That(File.Exists(Path.Combine(_folder, "mean_ms.png")), "the lines are drawn, too");
    }

    [Test]
    public void Every_setting_of_the_rest_has_a_map_of_its_own()
    {
        ImmutableArray<ImmutableArray<string>> points =
            [.. from mode in (string[])["iptables", "nftables"] from grid in Grid(["100", "1000"], ["3", "6"]) select grid.Insert(0, mode)];
        Draw(Table(["mode", "services", "nodes"], points, point => 1 + point));

        Assert.That(TextOf("mean_ms-map-1.svg"), Does.Contain("over services and nodes: iptables"));
        Assert.That(TextOf("mean_ms-map-2.svg"), Does.Contain("over services and nodes: nftables"));
    }

    [Test]
    public void A_sample_has_no_map_because_its_holes_would_look_like_a_finding()
    {
        Draw(Table(["services", "nodes"], [["100", "3"], ["1000", "6"], ["5000", "4"]], point => 1 + point));

        Assert.That(Directory.GetFiles(_folder).Select(Path.GetFileName), Is.EquivalentTo((string[])["mean_ms.png", "mean_ms.svg"]));
    }

    [Test]
    public void A_map_says_that_a_queue_grows_where_there_is_no_steady_state()
    {
        Draw(Table(["services", "nodes"], Grid(["100", "1000"], ["3", "6"]), point => point == 3 ? double.NaN : 1.25 + point));

        Assert.That(TextOf("mean_ms-map.svg"), Does.Contain("3.25").And.Contain("grows").And.Not.Contain("4.25"));
    }

    [Test]
    public void A_sample_with_a_setting_that_comes_twice_is_still_a_sample()
    {
        Draw(Table(["services", "nodes"], [["100", "3"], ["1000", "3"], ["5000", "4"], ["9000", "5"]], point => 1 + point));

        Assert.That(TextOf("mean_ms.svg"), Does.Not.Contain("nodes 3").And.Contain("bars are 95% confidence intervals"));
    }

    [Test]
    public void A_series_has_the_same_colour_for_every_metric()
    {
        SweepTable table = Table(["mode", "services"], Grid(["iptables", "nftables"], ["100", "1000"]), point => point < 2 ? double.NaN : 1);
        SweepNumbers?[] numbers = [null, SweepNumbers.Of(table, 1)];

        SweepSeries only = SweepSeries.Along(table, SweepMeans.Of(table, Metric("mean_ms")), numbers, 1).Series.Single();

        Assert.That((only.Name, only.Number), Is.EqualTo(("nftables", 1)));
        Assert.That(SweepSeries.Along(table, SweepMeans.Of(table, Metric("hops")), numbers, 1).Series[1].Number, Is.EqualTo(1));
    }

    [TestCase(0.0004, 0.7, "[µs]", Description = "most of a logarithmic axis is microseconds")]
    [TestCase(0.4, 0.7, "[ms]")]
    [TestCase(900, 5_000, "[s]")]
    public void Times_have_the_unit_of_most_of_them(double leastMs, double mostMs, string unit)
    {
        Draw(Table(["services"], [["100"], ["1000"]], point => point == 0 ? leastMs : mostMs));

        Assert.That(TextOf("mean_ms.svg"), Does.Contain($"mean latency {unit}"));
    }

    [TestCase(true, TestName = "Factors_on_both_axes_are_drawn_as_factors")]
    [TestCase(false, TestName = "A_straight_line_is_drawn_straight_and_not_over_a_logarithm")]
    public void Both_axes_are_logarithmic_or_none(bool isWide)
    {
        Draw(Table(["services"], [["100"], ["1000"], ["10000"]], point => isWide ? Math.Pow(10, point) : 1 + (0.1 * Math.Pow(10, point - 2))));

        string text = TextOf("mean_ms.svg");
        Assert.That(text, isWide ? Does.Contain("services, logarithmic").And.Contain("[ms], logarithmic") : Does.Not.Contain("logarithmic"));
    }

    [Test]
    public void An_interval_on_a_linear_axis_is_drawn_to_its_very_end()
    {
        Scale scale = Scale.Of([1, 2], [-0.5, 2.5]);

        Assert.That(scale.At(-0.5), Is.EqualTo(-0.5));
        Assert.That((scale.First, scale.Last), Is.EqualTo((-0.5, 2.5)));
    }

    [Test]
    public void An_interval_that_reaches_below_zero_leaves_a_logarithmic_axis_at_the_bottom()
    {
        Scale scale = Scale.Of([0.01, 100], [-0.02, 0.04, 98, 102]);

        Assert.That(scale.IsLogarithmic);
        Assert.That(scale.At(-0.02), Is.EqualTo(scale.First));
        Assert.That(scale.At(102), Is.EqualTo(scale.Last));
    }

    private static int Metric(string name) => SweepMetric.All.ToList().FindIndex(metric => metric.Name == name);

    private void Draw(SweepTable table) => SweepFigures.Write(table, Fabricated.Sweep(table, "mean_ms"), _folder, FigureStyle.Light);

    private string TextOf(string drawing) => string.Concat(XDocument.Load(Path.Combine(_folder, drawing)).Descendants()
        .Where(element => element.Name.LocalName == "text").Select(element => element.Value + "\n"));

    private static ImmutableArray<ImmutableArray<string>> Grid(string[] slow, string[] fast) =>
        [.. from one in slow from other in fast select ImmutableArray.Create(one, other)];

    /// <summary>A sweep of three replications; the second and third differ from the first by 1% up and down.</summary>
    private static SweepTable Table(ImmutableArray<string> axes, ImmutableArray<ImmutableArray<string>> points, Func<int, double> meanMs) => new(
        axes,
        [.. points.Select((values, number) => new SweepTablePoint(number, values, new SweepPointResult(
            [.. Enumerable.Range(0, 3).Select(replication => new SweepRow("shoppers", replication,
                [.. SweepMetric.All.Select(metric => metric.Name == "mean_ms" ? meanMs(number) * (1 + (0.01 * (replication - 1))) : metric.Name == "stable" && double.IsNaN(meanMs(number)) ? 0 : 1)]))])))]);
}
