using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Folders as people have them: charts, kustomizations, and YAML of other tools beside the manifests.</summary>
internal sealed class FolderInputTests
{
    private const string Service = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory().FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void A_chart_is_skipped_with_one_line_that_says_how_to_render_it()
    {
        Write("web.yaml", Service);
        Write("chart/Chart.yaml", "apiVersion: v2\nname: c\nversion: 1.0.0\n");
        Write("chart/values.yaml", "replicas: 2\n");
        Write("chart/templates/web.yaml", "apiVersion: v1\nkind: {{ .Values.kind }}\n");

        ScenarioReading reading = ScenarioReader.Read([_folder], null);

        Assert.That(reading.Scenario!.Objects.Services, Has.Length.EqualTo(1));
        Assert.That(reading.Problems.Select(problem => (problem.Severity, problem.Rule)), Is.EqualTo(new[] { (Severity.Info, "not-rendered") }));
        Assert.That(reading.Problems[0].Message, Does.Contain($"helm template {Path.Combine(_folder, "chart")} | kubenetsim check -"));
    }

    [Test]
    public void A_kustomization_is_skipped_and_the_files_beside_it_are_read()
    {
        Write("web.yaml", Service);
        Write("kustomization.yaml", "resources: [web.yaml]\nnamePrefix: a-\n");

        ScenarioReading reading = ScenarioReader.Read([_folder], null);

        Assert.That(reading.Scenario!.Objects.Services, Has.Length.EqualTo(1));
        Assert.That(reading.Problems.Single().Message, Does.Contain("kustomize build"));
    }

    [Test]
    public void Yaml_of_another_tool_is_skipped_with_one_line_a_file()
    {
        Write("web.yaml", Service);
        Write("settings.yaml", "a: 1\n---\nb: 2\n");

        ScenarioReading reading = ScenarioReader.Read([_folder], null);

        Assert.That(reading.Scenario!.Objects.Services, Has.Length.EqualTo(1));
        Assert.That(reading.Problems.Select(problem => (problem.Severity, problem.Rule)), Is.EqualTo(new[] { (Severity.Info, "not-kubernetes") }));
    }

    [Test]
    public void Yaml_of_another_tool_that_is_named_itself_is_an_error()
    {
        Write("settings.yaml", "a: 1\n");

        ScenarioReading reading = ScenarioReader.Read([Path.Combine(_folder, "settings.yaml")], null);

        Assert.That(reading.Problems.Select(problem => problem.Severity), Has.Some.EqualTo(Severity.Error));
    }

    [Test]
    public void A_folder_without_any_manifest_is_an_error()
    {
        Write("settings.yaml", "a: 1\n");

        ScenarioReading reading = ScenarioReader.Read([_folder], null);

        Assert.That(reading.Problems.Where(problem => problem.Severity == Severity.Error).Select(problem => problem.Rule).Single(), Is.EqualTo("empty-input"));
    }

    private void Write(string file, string text)
    {
        string path = Path.Combine(_folder, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
