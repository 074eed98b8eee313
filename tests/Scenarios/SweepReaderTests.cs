using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

public sealed class SweepReaderTests
{
    private const string Head = "apiVersion: kubenetsim.io/v1alpha1\nkind: Sweep\nmetadata: {name: grid}\nspec:\n  scenario: scenario.yaml\n";

    private string _file = "";

    [SetUp]
    public void MakeFile() => _file = Path.GetTempFileName();

    [TearDown]
    public void DeleteFile() => File.Delete(_file);

    [Test]
    public void The_last_axis_of_a_grid_varies_fastest()
    {
        Sweep sweep = Valid("  axes:\n  - {name: mode, field: a, values: [x, y]}\n  - {field: b, range: {from: 1, to: 2, step: 0.5}}\n");

        Assert.That(string.Join(", ", sweep.Points.Select(point => string.Join(" ", point.Values))), Is.EqualTo("x 1, x 1.5, x 2, y 1, y 1.5, y 2"));
        Assert.That(string.Join(" ", sweep.Points[4].Overrides), Is.EqualTo("a=y b=1.5"));
    }

    [TestCase("range: {from: 1, to: 10, step: 3}", "1 4 7 10")]
    [TestCase("range: {from: 1, to: 9, step: 3}", "1 4 7")]
    [TestCase("range: {from: 0.1, to: 0.3, step: 0.1}", "0.1 0.2 0.3")]
    [TestCase("range: {from: 5, to: 5}", "5")]
    [TestCase("logRange: {from: 1, to: 1000, points: 4}", "1 10 100 1000")]
    [TestCase("logRange: {from: 100, to: 30000, points: 3}", "100 1732 30000")]
    [TestCase("logRange: {from: 0.5, to: 8, points: 5}", "0.5 1 2 4 8")]
    [TestCase("logRange: {from: 1, to: 4, points: 5}", "1 2 3 4", Description = "rounding to whole numbers leaves none twice")]
    [TestCase("values: [5, 1.50, \"07\", true, {a: 1}, [b, c]]", "5 1.50 07 true {a:1} [b,c]")]
    public void An_axis_has_the_values_it_says(string axis, string values) =>
        Assert.That(Valid($"  axes:\n  - {{field: f, {axis}}}\n").Points.Select(point => point.Values[0]), Is.EqualTo(values.Split(' ')));

    [Test]
    public void A_variant_sets_several_fields()
    {
        Sweep sweep = Valid("  axes:\n  - name: size\n    variants:\n    - {name: small, set: {cluster.nodes: 3, run.seed: 1}}\n    - {name: large, set: {cluster.nodes: 9}}\n");

        Assert.That(string.Join(", ", sweep.Points.Select(point => $"{point.Values[0]}: {string.Join(" ", point.Overrides)}")), Is.EqualTo("small: cluster.nodes=3 run.seed=1, large: cluster.nodes=9"));
    }

    [Test]
    public void A_latin_hypercube_uses_every_slice_of_every_axis_once()
    {
        const string Axes = "  axes:\n  - {field: a, range: {from: 1, to: 50}}\n  - {field: b, range: {from: 1, to: 10}}\n";
        Sweep sweep = Valid(Axes + "  sample: {latinHypercube: 50, seed: 3}\n");
        Sweep again = Valid(Axes + "  sample: {latinHypercube: 50, seed: 3}\n");
        Sweep other = Valid(Axes + "  sample: {latinHypercube: 50, seed: 4}\n");

        Assert.That(sweep.Points.Select(point => point.Values[0]), Is.Unique);
        Assert.That(sweep.Points.GroupBy(point => point.Values[1]).Select(slice => slice.Count()), Has.All.EqualTo(5));
        Assert.That(Text(again), Is.EqualTo(Text(sweep)));
        Assert.That(Text(other), Is.Not.EqualTo(Text(sweep)));

        static string Text(Sweep sweep) => string.Join("; ", sweep.Points.Select(point => string.Join(" ", point.Values)));
    }

    [TestCase("  axes: []\n", "6:9: spec.axes: A Sweep needs at least one axis")]
    [TestCase("  axis: []\n", "6:3: spec.axis: There is no field \"axis\" here")]
    [TestCase("  axes:\n  - {field: a, values: []}\n", "7:24: spec.axes[0].values: An axis needs values")]
    [TestCase("  axes:\n  - {field: a, vales: [1]}\n", "7:16: spec.axes[0].vales: There is no field \"vales\" here")]
    [TestCase("  axes:\n  - {values: [1]}\n", "7:5: spec.axes[0].field: An axis needs a field, or variants")]
    [TestCase("  axes:\n  - {field: a, values: [1], range: {from: 1, to: 2}}\n", "7:36: spec.axes[0].range: An axis has values or range, not both")]
    [TestCase("  axes:\n  - {field: a, values: [1, 2, 1]}\n", "7:24: spec.axes[0].values: The value 1 stands on the axis twice")]
    [TestCase("  axes:\n  - {field: a, range: {from: 1}}\n", "7:23: spec.axes[0].range.to: The field \"to\" is required")]
    [TestCase("  axes:\n  - {field: a, range: {from: 5, to: 1}}\n", "7:23: spec.axes[0].range.step: The range has 0 values")]
    [TestCase("  axes:\n  - {field: a, range: {from: 5, to: 10, step: 0}}\n", "7:47: spec.axes[0].range.step: ")]
    [TestCase("  axes:\n  - {field: a, logRange: {from: 0, to: 10, points: 3}}\n", "7:33: spec.axes[0].logRange.from: A logarithmic range needs numbers above 0")]
    [TestCase("  axes:\n  - {name: a, variants: [{name: x}]}\n", "7:26: spec.axes[0].variants[0].set: A variant must set at least one field")]
    [TestCase("  axes:\n  - {variants: [{name: x, set: {a: 1}}]}\n", "7:5: spec.axes[0].name: An axis with variants needs a name")]
    [TestCase("  axes:\n  - {field: a, values: [1]}\n  - {name: a, field: b, values: [1]}\n", "7:3: spec.axes: Two axes have the name \"a\"")]
    [TestCase("  axes:\n  - {field: a, values: [1]}\n  - {name: b, field: a, values: [2]}\n", "7:3: spec.axes: Two axes set the field a")]
    [TestCase("  axes:\n  - {field: a, values: [1]}\n  sample: {}\n", "8:11: spec.sample.latinHypercube: A sample needs its size")]
    [TestCase("  axes:\n  - {field: a, values: [1]}\n  sample: {latinHypercube: 0}\n", "8:28: spec.sample.latinHypercube: ")]
    [TestCase("  axes:\n  - {field: a, range: {from: 1, to: 2000}}\n  - {field: b, range: {from: 1, to: 2000}}\n", "7:3: spec.axes: The grid has more than 1,000,000 points")]
    public void Broken_input_is_told_with_its_position(string spec, string expected)
    {
        SweepReading reading = Read(spec);

        Assert.That(reading.Sweep, Is.Null);
        Assert.That(reading.Problems.Select(problem => problem.ToString()).ToArray(), Has.Length.LessThanOrEqualTo(2).And.Some.StartsWith($"{_file}:{expected}"));
    }

    private Sweep Valid(string spec)
    {
        SweepReading reading = Read(spec);
        Assert.That(reading.Problems, Is.Empty);
        return reading.Sweep!;
    }

    private SweepReading Read(string spec)
    {
        File.WriteAllText(_file, Head + spec);
        return SweepReader.Read(_file);
    }
}
