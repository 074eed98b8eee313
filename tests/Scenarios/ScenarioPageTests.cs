using System.Text.RegularExpressions;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>docs/scenario.md says of every field what the reader does with it.</summary>
internal sealed partial class ScenarioPageTests
{
    private static readonly string Page = File.ReadAllText(RepositoryRoot.Combine("docs", "scenario.md"));

    // Sweeps and NetworkTests have commands and readers of their own.
    private static readonly string[] Examples =
    [
        .. ExamplePattern().Matches(Page).Select(match => AsScenario(match.Groups["text"].Value)).Where(text => !OtherKindPattern().IsMatch(text)),
    ];

    private static readonly PageField[] Fields =
    [
        .. FieldPattern().Matches(Page).Select(match => new PageField(
            match.Groups["path"].Value, match.Groups["amount"].Value, match.Groups["default"].Value.Trim('`'), match.Groups["default"].Value.StartsWith('`'), match.Groups["range"].Value)),
    ];

    /// <summary>Every field that stands in an example: as the page calls it, where it really is, and in which example.</summary>
    private static readonly ShownField[] Shown = [.. Examples.SelectMany(Paths).DistinctBy(field => field.Path)];

    private string _folder = "";

    [OneTimeSetUp]
    public void MakeFolder()
    {
        _folder = Directory.CreateTempSubdirectory("kubenetsim-page").FullName;
        File.Copy(RepositoryRoot.Combine("samples", "service-types", "echo.yaml"), Path.Combine(_folder, "echo.yaml"));
    }

    [OneTimeTearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Every_example_is_read_without_a_problem() => Assert.Multiple(() =>
    {
        Assert.That(Examples, Has.Length.GreaterThan(8));
        foreach (string example in Examples)
            Assert.That(Read(example).Problems, Is.Empty, example);
    });

    [Test]
    public void Every_field_of_the_tables_stands_in_an_example_and_every_field_of_an_example_in_a_table()
    {
        string[] listed = [.. Fields.Select(field => field.Path)];

        Assert.That(Fields, Has.Length.GreaterThan(70));
        Assert.That(listed, Is.Unique);
        Assert.That(listed.Except(Shown.Select(field => field.Path)), Is.EquivalentTo(NotShown));
        Assert.That(Shown.Where(field => field.IsValue).Select(field => field.Path).Except(listed), Is.Empty);
    }

    // Of three fields that exclude each other, one is shown.
    private static readonly string[] NotShown = ["timeline[].scale.statefulSet", "timeline[].scale.replicaSet"];

    private static IEnumerable<PageField> WithRange() => Fields.Where(field => field.Range.Length > 0);

    [TestCaseSource(nameof(WithRange))]
    public void A_value_outside_the_range_is_refused_and_told_the_range(PageField field)
    {
        string tooLarge = field.Amount switch
        {
            "duration" => "999999d",
            "rate" => "999999999999/s",
            "quantity" => "999999E",
            "bandwidth" => "999999E" + "bps",
            _ when field.Path == "run.seed" => "-1",
            _ => "999999999999",
        };

        string[] errors = Reading.Errors(ReadWith(field, new ScalarNode(Elsewhere, tooLarge, true)));

        Assert.That(errors, Has.Some.Contains($"{tooLarge} is not between {field.Range.Replace(" to ", " and ", StringComparison.Ordinal)}"));
    }

    private static IEnumerable<PageField> WithDefault() => Fields.Where(field => field.IsDefaultExact);

    [TestCaseSource(nameof(WithDefault))]
    public void The_default_means_the_same_as_nothing(PageField field)
    {
        ManifestNode written = ((MappingNode)ManifestParser.Parse("default", $"value: {field.Default}", []).Single()).Find("value")!;

        ScenarioReading with = ReadWith(field, written);
        ScenarioReading without = ReadWith(field, new ScalarNode(Elsewhere, "~", true));

        Assert.That(Reading.Errors(with), Is.Empty);
        Assert.That(Reading.TextOf(with.Scenario), Is.EqualTo(Reading.TextOf(without.Scenario)));
        Assert.That(Reading.Errors(without), Is.Empty);
    }

    private static IEnumerable<PageField> WithoutDefault() => Fields.Where(field => field.Default == "required");

    [TestCaseSource(nameof(WithoutDefault))]
    public void What_is_required_is_missed_where_it_is_left_out(PageField field)
    {
        string[] errors = Reading.Errors(ReadWith(field, new ScalarNode(Elsewhere, "~", true)));

        Assert.That(errors, Is.Not.Empty);
    }

    private static readonly SourcePosition Elsewhere = new("elsewhere", 1, 1);

    private ScenarioReading ReadWith(PageField field, ManifestNode value)
    {
        ShownField shown = Shown.First(item => item.Path == field.Path);
        return Read(shown.Example, new FieldOverride(shown.Place, value));
    }

    private ScenarioReading Read(string example, params FieldOverride[] overrides)
    {
        string file = Path.Combine(_folder, "scenario.yaml");
        File.WriteAllText(file, example);
        return ScenarioReader.Read([Path.Combine(_folder, "echo.yaml"), file], null, overrides);
    }

    // Examples that are a part of a spec need the rest around them.
    private static string AsScenario(string text) => text.StartsWith("apiVersion", StringComparison.Ordinal) ? text
        : $"apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {{name: example}}\nspec:\n  {text.TrimEnd().Replace("\n", "\n  ", StringComparison.Ordinal)}\n";

    private static IEnumerable<ShownField> Paths(string example) =>
        ManifestParser.Parse("example", example, []).OfType<MappingNode>().Where(document => document.Find("kind") is ScalarNode { Text: "Scenario" })
            .SelectMany(document => Paths(document.Find("spec")!, "", example));

    private static IEnumerable<ShownField> Paths(ManifestNode node, string place, string example)
    {
        if (place.Length > 0)
            yield return new ShownField(NameOf(place), place, example, node is not MappingNode and not SequenceNode);
        IEnumerable<(ManifestNode Node, string Place)> inside = node switch
        {
            MappingNode mapping when !place.EndsWith("selector", StringComparison.Ordinal) =>
                mapping.Entries.Select(entry => (entry.Value, place.Length == 0 ? entry.Key.Text : $"{place}.{entry.Key.Text}")),
            SequenceNode sequence when sequence.Items.All(item => item is MappingNode) => sequence.Items.Select((item, number) => (item, $"{place}[{number}]")),
            _ => [],
        };
        foreach (ShownField field in inside.SelectMany(child => Paths(child.Node, child.Place, example)))
            yield return field;
    }

    // As the page writes it: without numbers of items, and with one name for what there are several of.
    private static string NameOf(string place)
    {
        string name = ItemPattern().Replace(place, "[]");
        name = DistributionPattern().Replace(name, "DISTRIBUTION");
        name = Regex.Replace(name, @"^network\.(sameNode|sameZone|crossZone|crossRegion|internet)\b", "network.DISTANCE");
        return Regex.Replace(name, @"^costs\.(iptablesLegacy|iptablesNft|nftables|ipvs)\b", "costs.MODE");
    }

    [GeneratedRegex(@"^```yaml\n(?<text>.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"^\| `(?<path>[A-Za-z.\[\]]+)` \| [^|]+ \| (?<amount>[^|]*?) \| ?(?<default>[^|]*?) \| ?(?<range>[^|]*?) ?\|$", RegexOptions.Multiline)]
    private static partial Regex FieldPattern();

    [GeneratedRegex("^kind: (Sweep|NetworkTest)$", RegexOptions.Multiline)]
    private static partial Regex OtherKindPattern();

    [GeneratedRegex(@"\[[0-9]+\]")]
    private static partial Regex ItemPattern();

    [GeneratedRegex(@"^(backends\[\]\.serviceTime|backends\[\]\.startup|workloads\[\]\.arrivals\.closedLoop\.thinkTime)\.[a-z]+(?=\.)")]
    private static partial Regex DistributionPattern();

    /// <summary>A row of a table.</summary>
    public sealed record PageField(string Path, string Amount, string Default, bool IsDefaultExact, string Range)
    {
        /// <inheritdoc/>
        public override string ToString() => Path;
    }

    private sealed record ShownField(string Path, string Place, string Example, bool IsValue);
}
