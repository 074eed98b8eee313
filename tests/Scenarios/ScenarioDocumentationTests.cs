using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>docs/scenario.md keeps its word: its example works and has every field of its tables, and the ranges of the tables are those of the reader.</summary>
internal sealed partial class ScenarioDocumentationTests
{
    private static readonly string Text = File.ReadAllText(DocumentPath());

    private static readonly string Example = ExamplePattern().Match(Text).Groups["yaml"].Value;

    private static readonly Dictionary<string, (string Default, string Range)> Rows = RowPattern().Matches(Text)
        .ToDictionary(match => match.Groups["field"].Value, match => (match.Groups["default"].Value, match.Groups["range"].Value), StringComparer.Ordinal);

    private static IEnumerable<TestCaseData> Ranges() =>
        from row in Rows
        let range = RangePattern().Match(row.Value.Range)
        where range.Success
        select new TestCaseData(row.Key.Replace("*", "iptablesNft", StringComparison.Ordinal), range.Groups["least"].Value, range.Groups["most"].Value)
            .SetArgDisplayNames(row.Key);

    private static IEnumerable<TestCaseData> Defaults() =>
        from row in Rows
        where IsWritable(row.Key, row.Value.Default)
        select new TestCaseData(row.Key, row.Value.Default).SetArgDisplayNames(row.Key);

    [Test]
    public void The_example_is_a_valid_scenario() => Assert.That(Reading.Of(Example).Problems, Is.Empty);

    [Test]
    public void The_example_has_every_field_of_the_tables_and_no_other()
    {
        MappingNode document = (MappingNode)ManifestParser.Parse("-", Example, [])[0];
        HashSet<string> written = [];
        Collect(document.Find("spec")!, "", written);
        Assert.That(written.Except(Rows.Keys), Is.Empty, "written and in no table");
        Assert.That(Rows.Keys.Except(written), Is.Empty, "in a table and not written");
    }

    [TestCaseSource(nameof(Ranges))]
    public void A_range_reaches_as_far_as_its_row_says(string field, string least, string most)
    {
        Assert.That(ProblemsWith(field, least), Is.Empty, least);
        Assert.That(ProblemsWith(field, most), Is.Empty, most);
        Assert.That(ProblemsWith(field, Beyond(most)), Is.Not.Empty, Beyond(most));
        Assert.That(ProblemsWith(field, Below(least)), Is.Not.Empty, Below(least));
    }

    [TestCaseSource(nameof(Defaults))]
    public void A_field_set_to_its_default_changes_nothing(string field, string value)
    {
        const string Least = "apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {name: a}\n";
        Scenario with = Reading.Scenario(Least + Nested(field.Split('.').Prepend("spec"), value));
        Scenario without = Reading.Scenario(Least + "spec: {}\n");
        Assert.That(with.Run, Is.EqualTo(without.Run));
        Assert.That(with.Network with { Name = "" }, Is.EqualTo(without.Network with { Name = "" }));
        Assert.That(with.IptablesBackend, Is.EqualTo(without.IptablesBackend));
    }

    // Defaults that the reader itself fills in; those of the cluster are filled in by its controllers.
    private static bool IsWritable(string field, string value) =>
        !value.Contains(' ', StringComparison.Ordinal)
        && (field.StartsWith("run.", StringComparison.Ordinal) || field.StartsWith("network.", StringComparison.Ordinal) || field == "cluster.kubeProxy.iptablesBackend");

    private static string Nested(IEnumerable<string> path, string value) =>
        string.Join("\n", path.Select((part, depth) => $"{new string(' ', 2 * depth)}{part}:")) + $" {value}\n";

    private static IEnumerable<Problem> ProblemsWith(string field, string value)
    {
        int item = field.Contains("workloads[].", StringComparison.Ordinal) ? WorkloadWith(field) : 0;
        string path = field.Replace("[]", $"[{item}]", StringComparison.Ordinal);
        FieldOverride change = new(path, new ScalarNode(new SourcePosition("test", 1, 1), value, true));
        ScenarioReading reading = ScenarioReader.Read(["-"], new MemoryStream(Encoding.UTF8.GetBytes(Example)), [change]);
        return reading.Problems.Where(problem => problem.Position.File == "test" && problem.Field == $"spec.{path}" && problem.Rule is not "unknown-field"
            && !problem.Message.Contains("warm-up", StringComparison.Ordinal));
    }

    // The example shows one kind of arrivals in each workload.
    private static int WorkloadWith(string field)
    {
        Match kind = ArrivalsPattern().Match(field);
        return !kind.Success ? 0 : Reading.Scenario(Example).Workloads.ToList().FindIndex(workload =>
            workload.Arrivals.GetType().Name.Equals(kind.Groups["kind"].Value, StringComparison.OrdinalIgnoreCase));
    }

    private static string Beyond(string most) => NumberPattern().Replace(most, match =>
        long.TryParse(match.Value, CultureInfo.InvariantCulture, out long number)
            ? ((Int128)number + 1).ToString(CultureInfo.InvariantCulture)
            : (2 * double.Parse(match.Value, CultureInfo.InvariantCulture)).ToString("R", CultureInfo.InvariantCulture), 1);

    private static string Below(string least) => NumberPattern().Replace(least, match =>
        match.Value is "0" ? "-1"
        : least.EndsWith("ms", StringComparison.Ordinal) || least.EndsWith("us", StringComparison.Ordinal) || match.Value.Contains('.') ? (double.Parse(match.Value, CultureInfo.InvariantCulture) / 2).ToString("0.#########", CultureInfo.InvariantCulture)
        : "0", 1);

    private static void Collect(ManifestNode node, string path, HashSet<string> written)
    {
        string general = CostsPattern().Replace(path, "costs.*");
        if (node is MappingNode mapping && !(Rows.ContainsKey(general) && IsWhole(general, mapping)))
        {
            if (Rows.ContainsKey(general))
                written.Add(general);
            foreach ((ScalarNode key, ManifestNode value) in mapping.Entries)
                Collect(value, path.Length == 0 ? key.Text : $"{path}.{key.Text}", written);
        }
        else if (node is SequenceNode { Items: [MappingNode, ..] } list)
        {
            foreach (ManifestNode item in list.Items)
                Collect(item, $"{path}[]", written);
        }
        else
        {
            written.Add(general);
        }
    }

    // Selectors and distributions are values, whatever they look like.
    private static bool IsWhole(string path, MappingNode mapping) =>
        !Rows.Keys.Any(row => row.StartsWith($"{path}.", StringComparison.Ordinal)) || mapping.Entries.Count == 0;

    private static string DocumentPath() => RepositoryRoot.Combine("docs", "scenario.md");

    [GeneratedRegex("```yaml\n(?<yaml>.*?)```", RegexOptions.Singleline)]
    private static partial Regex ExamplePattern();

    [GeneratedRegex(@"^\| `(?<field>[^`]+)` \| [^|]* \| (?<default>[^|]*?) ?\| (?<range>[^|]*?) ?\|", RegexOptions.Multiline)]
    private static partial Regex RowPattern();

    [GeneratedRegex(@"^(?<least>\S+) to (?<most>\S+)$")]
    private static partial Regex RangePattern();

    [GeneratedRegex(@"arrivals\.(?<kind>[a-zA-Z]+)\.")]
    private static partial Regex ArrivalsPattern();

    [GeneratedRegex(@"^[0-9.]+(e[0-9]+)?")]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^costs\\.(iptablesLegacy|iptablesNft|nftables|ipvs)")]
    private static partial Regex CostsPattern();
}
