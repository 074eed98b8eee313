using System.Text;
using System.Text.RegularExpressions;
using KubeNetSim.Model;
using KubeNetSim.Scenarios;
using KubeNetSim.Simulation;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>docs/scenario.md says what the reader reads.</summary>
public sealed partial class DocumentationTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "scenario.md"));

    [Test]
    public void The_example_of_the_page_can_be_run()
    {
        using MemoryStream example = new(Encoding.UTF8.GetBytes(YamlBlock().Match(Page).Groups["text"].Value));

        ScenarioReading reading = ScenarioReader.Read(["-"], example);
        Reconciliation reconciliation = ControlPlane.Reconcile(reading.Scenario!.Objects, reading.Scenario.Cluster);
        Preparation preparation = Preparation.Of(reading.Scenario, reconciliation.Cluster);

        Assert.That(reading.Problems.Concat(reconciliation.Problems).Concat(preparation.Problems), Is.Empty);
    }

    [TestCase("cluster")]
    [TestCase("workload")]
    [TestCase("backend")]
    [TestCase("run")]
    public void Every_field_that_the_reader_suggests_is_on_the_page(string part)
    {
        string document = "apiVersion: kubenetsim.io/v1alpha1\nkind: Scenario\nmetadata: {name: x}\nspec:\n" + part switch
        {
            "cluster" => "  cluster: {nodez: 1}\n",
            "workload" => "  workloads: [{nmae: a}]\n",
            "backend" => "  backends: [{selectr: a}]\n",
            _ => "  run: {durations: 1s}\n",
        };
        using MemoryStream input = new(Encoding.UTF8.GetBytes(document));

        Problem unknown = ScenarioReader.Read(["-"], input).Problems.Single(problem => problem.Rule == "unknown-field");

        Assert.That(unknown.Help, Is.Not.Null);
        foreach (Match word in FieldName().Matches(unknown.Help!["did you mean".Length..]))
            Assert.That(Page, Does.Match($@"`([a-zA-Z.\[\]]+\.)?{word.Value}(\.[a-zA-Z]+)?`"));
    }

    [GeneratedRegex("```yaml\n(?<text>.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();

    [GeneratedRegex("[a-z][A-Za-z]{3,}")]
    private static partial Regex FieldName();
}
