using System.Collections.Immutable;
using System.Xml.Linq;
using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class RunFiguresTests
{
    private string _folder = "";

    [SetUp]
    public void CreateFolder() => _folder = Directory.CreateTempSubdirectory("figures").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_run_leaves_its_figures_each_as_picture_and_drawing()
    {
        ImmutableArray<string> files = RunFigures.Write(Gallery.Results, _folder, FigureStyle.Light);

        Assert.That(files.Select(Path.GetFileName), Is.EqualTo((string[])[
            "breakdown.png", "breakdown.svg", "latency.png", "latency.svg", "density.png", "density.svg", "hops.png", "hops.svg", "backends.png", "backends.svg"]));
        Assert.That(files.Where(file => file.EndsWith(".png")).Select(file => File.ReadAllBytes(file)[1..4]), Is.All.EqualTo("PNG"u8.ToArray()));
    }

    [Test]
    public void Figures_for_dark_pages_stand_beside_those_for_light_ones()
    {
        RunFigures.Write(Gallery.Results, _folder, FigureStyle.Light);

        Assert.That(RunFigures.Write(Gallery.Results, _folder, FigureStyle.Dark).Select(Path.GetFileName), Does.Contain("latency-dark.svg"));
        Assert.That(Directory.GetFiles(_folder), Has.Length.EqualTo(20));
    }

    [Test]
    public void The_same_results_give_the_same_bytes()
    {
        byte[][] first = [.. RunFigures.Write(Gallery.Results, _folder, FigureStyle.Light).Select(File.ReadAllBytes)];
        byte[][] second = [.. RunFigures.Write(Gallery.Results, _folder, FigureStyle.Light).Select(File.ReadAllBytes)];

        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void A_drawing_names_its_subject_its_unit_and_its_source()
    {
        RunFigures.Write(Gallery.Results, _folder, FigureStyle.Light);

        string text = string.Concat(XDocument.Load(Path.Combine(_folder, "breakdown.svg")).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value + "\n"));

        Assert.That(text, Does.Contain("Where the time of a request goes"));
        Assert.That(text, Does.Contain("mean latency of a request [ms]"));
        Assert.That(text, Does.Contain("load-balancer").And.Contain("evaluating rules"));
        Assert.That(text, Does.Contain("KubeNetSim 0.1.0 · service-types"));
    }

    [Test]
    public void A_bill_is_drawn_item_by_item_with_its_sum_and_the_day_of_its_prices()
    {
        RunResults results = Gallery.Results with { LoadBalancers = 4 };

        RunFigures.Write(results with { Cost = MonthlyBill.Of(results, PriceSheetReader.BuiltIn("aws")!) }, _folder, FigureStyle.Light);

        string text = string.Concat(XDocument.Load(Path.Combine(_folder, "costs.svg")).Descendants()
            .Where(element => element.Name.LocalName == "text").Select(element => element.Value + "\n"));
        Assert.That(text, Does.Contain("A month of this traffic costs USD ").And.Contain("traffic between zones"));
        // Four at 0.0225 an hour for 730 hours.
        Assert.That(text, Does.Contain("load balancers\n").And.Contain("65.70"));
        Assert.That(text, Does.Contain("aws, us-east-1, as of 2026-09-20"));
    }

    [Test]
    public void A_run_without_a_single_answer_leaves_no_figure_and_removes_those_of_an_earlier_run()
    {
        WorkloadRecord failing = Fabricated.Workload("lost") with { Requests = 5, Failed = new FailureCounts(5, 0, 0, 0, 0) };
        RunFigures.Write(Gallery.Results, _folder, FigureStyle.Light);

        RunFigures.Write(RunSummary.Combine(Fabricated.Description, [Fabricated.Replication(0, failing)]), _folder, FigureStyle.Light);

        Assert.That(Directory.GetFiles(_folder), Is.Empty);
    }
}
