using System.Text.Json;
using System.Text.Json.Nodes;
using Json.Schema;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>The JSON Schema of our documents against every document of the tests, samples and pages: it takes what the reader takes, and marks what a schema can mark.</summary>
internal sealed class DocumentSchemaTests
{
    private const string Group = "kubenetsim.io/";

    /// <summary>Mistakes that a schema can mark.</summary>
    private static readonly string[] Markable = ["unknown-field", "required-field", "wrong-type", "unknown-value", "unknown-kind"];

    /// <summary>
    /// Mistakes of these rules that no schema sees: amounts between two limits, names that other documents must hold, and what a field means beside another.
    /// </summary>
    private static readonly string[] OnlyForReaders = [];

    private static readonly JsonSchema Schema = JsonSchema.FromText(DocumentSchema.Text());

    private static IEnumerable<TestCaseData> Documents()
    {
        string[] folders = ["samples", "tests", "bench"];
        foreach (string file in folders.SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.yaml", SearchOption.AllDirectories)).Order(StringComparer.Ordinal))
            yield return new TestCaseData(file, File.ReadAllText(file)).SetArgDisplayNames(Path.GetRelativePath(RepositoryRoot.Path, file));
        foreach (string page in Directory.EnumerateFiles(RepositoryRoot.Combine("docs"), "*.md").Order(StringComparer.Ordinal))
            foreach (System.Text.RegularExpressions.Match block in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(page), "```yaml\n(?<yaml>.*?)```", System.Text.RegularExpressions.RegexOptions.Singleline))
                yield return new TestCaseData(page, block.Groups["yaml"].Value).SetArgDisplayNames($"{Path.GetFileName(page)} at {block.Index}");
    }

    [TestCaseSource(nameof(Documents))]
    public void A_document_that_the_reader_takes_is_valid_and_one_with_a_mistake_that_a_schema_can_mark_is_not(string name, string text)
    {
        List<Problem> syntax = [];
        foreach (MappingNode document in ManifestParser.Parse(name, text, syntax).OfType<MappingNode>().Where(IsOurs))
        {
            Problem[] problems = [.. ProblemsOf(document).Where(problem => problem.Severity == Severity.Error)];
            EvaluationResults results = Schema.Evaluate(ElementOf(document), new EvaluationOptions { OutputFormat = OutputFormat.List });
            string[] marks = [.. (results.Details ?? []).Where(detail => detail.Errors is not null).SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))];
            if (problems.Length == 0)
                Assert.That(results.IsValid, Is.True, string.Join("\n", marks));
            else if (problems.Any(problem => Markable.Contains(problem.Rule) && !OnlyForReaders.Any(words => problem.ToString().Contains(words, StringComparison.Ordinal))))
                Assert.That(results.IsValid, Is.False, string.Join("\n", problems.AsEnumerable()));
        }
    }

    [Test]
    public void The_committed_schema_is_the_one_that_the_command_prints() =>
        Assert.That(File.ReadAllText(RepositoryRoot.Combine("docs", DocumentSchema.FileName)), Is.EqualTo(DocumentSchema.Text()), "kubenetsim schema > docs/kubenetsim.schema.json");

    [Test]
    public void Every_document_of_ours_in_the_samples_names_the_schema()
    {
        string[] without = [.. Directory.EnumerateFiles(RepositoryRoot.Combine("samples"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => File.ReadAllText(file).Contains($"apiVersion: {Group}", StringComparison.Ordinal)
                && !(File.ReadLines(file).First() is var line && line.StartsWith("# yaml-language-server: $schema=", StringComparison.Ordinal)
                    && File.Exists(Path.Combine(Path.GetDirectoryName(file)!, line.Split('=')[1]))))];

        Assert.That(without, Is.Empty);
    }

    [TestCase("nodez: 3")]
    [TestCase("nodes: many")]
    [TestCase("nodes: 0")]
    [TestCase("kubeProxy: {mode: nftabels}")]
    [TestCase("httpRouters: {serviceTime: {lognormal: {mean: 5ms}}}")]
    public void A_mistake_in_a_cluster_is_marked(string field) =>
        Assert.That(IsValid($"apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {{name: a}}\nspec: {{cluster: {{{field}}}}}"), Is.False);

    [Test]
    public void Kubernetes_objects_are_left_to_others_and_an_unknown_kind_of_ours_is_marked()
    {
        Assert.That(IsValid("apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {surprise: 1}"), Is.True);
        Assert.That(IsValid("apiVersion: kubenetsim.io/v1alpha1\nkind: Scenari\nmetadata: {name: a}\nspec: {}"), Is.False);
    }

    [Test]
    public void The_schema_of_one_kind_takes_that_kind_alone()
    {
        JsonSchema plan = JsonSchema.FromText(DocumentSchema.Text(DocumentCatalog.Find("plan")));
        const string Scenario = "apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {name: a}\nspec: {}";

        Assert.That(plan.Evaluate(ElementOf((MappingNode)ManifestParser.Parse("-", Scenario, [])[0])).IsValid, Is.False);
    }

    private static bool IsValid(string yaml) => Schema.Evaluate(ElementOf((MappingNode)ManifestParser.Parse("-", yaml, [])[0])).IsValid;

    private static bool IsOurs(MappingNode document) => document.Find("apiVersion") is ScalarNode version && version.Text.StartsWith(Group, StringComparison.Ordinal);

    // Each document alone, by the reader of its kind.
    private static IEnumerable<Problem> ProblemsOf(MappingNode document)
    {
        string file = Path.Combine(Directory.CreateTempSubdirectory("kubenetsim-").FullName, "document.yaml");
        try
        {
            File.WriteAllText(file, NodeOf(document)!.ToJsonString());
            return (document.Find("kind") as ScalarNode)?.Text switch
            {
                "Sweep" => SweepReader.Read(file).Problems,
                "Plan" => PlanReader.Read(file).Problems,
                "NetworkTest" => NetworkTestReader.Read([file], null).Problems.Where(problem => problem.Rule != "no-such-file"),
                "PriceSheet" => PriceSheetReader.Read(file).Problems,
                _ => ScenarioReader.Read([file], null).Problems.Where(problem => problem.Rule is not ("no-such-file" or "unknown-profile" or "unknown-target")),
            };
        }
        finally
        {
            Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        }
    }

    private static JsonElement ElementOf(MappingNode document) => JsonSerializer.SerializeToElement(NodeOf(document));

    private static JsonNode? NodeOf(ManifestNode node) => node switch
    {
        // Kubernetes takes a field that is null for one that is not there.
        MappingNode mapping => new JsonObject(mapping.Entries.Where(entry => entry.Value is not ScalarNode { Kind: ScalarKind.Null })
            .DistinctBy(entry => entry.Key.Text).Select(entry => KeyValuePair.Create(entry.Key.Text, NodeOf(entry.Value)))),
        SequenceNode list => new JsonArray([.. list.Items.Select(NodeOf)]),
        ScalarNode { Kind: ScalarKind.Bool } scalar => JsonValue.Create(ScalarResolution.IsTrue(scalar.Text)),
        ScalarNode { Kind: ScalarKind.Integer or ScalarKind.Float } scalar when double.TryParse(scalar.Text, System.Globalization.CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) =>
            ScalarResolution.TryReadInteger(scalar.Text, out long whole) ? JsonValue.Create(whole) : JsonValue.Create(number),
        ScalarNode scalar => JsonValue.Create(scalar.Text),
        _ => throw new System.Diagnostics.UnreachableException(node.Describe()),
    };
}
