using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>YAML that looks odd and that kubectl reads: what each of these means is in YAML 1.2.2 and in sigs.k8s.io/yaml.</summary>
internal sealed class YamlOdditiesTests
{
    private const string Head = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}]\n";

    [TestCase("|\n      \n      a\n", "\na\n", Description = "8.1.1.1: a blank line with as many spaces as the text")]
    [TestCase("|\n  \n      a\n", "\na\n", Description = "a blank line with fewer spaces than the text")]
    [TestCase("|\n\n      a\n", "\na\n", Description = "an empty line")]
    [TestCase("|-  # why\n      \n\n      a: |\n         b\n", "\n\na: |\n   b", Description = "a header in the text is text")]
    [TestCase("!!str |\n      \n      a\n", "\na\n", Description = "a tag before the header")]
    [TestCase(">\n      \n      a\n      b\n", "\na b\n", Description = "a folded scalar")]
    [TestCase("|2\n        a\n", "  a\n", Description = "an indentation that is written")]
    [TestCase("\"a \\\n      b\"\n", "a b", Description = "a line break that is escaped")]
    [TestCase("'it''s'\n", "it's", Description = "a quote in quotes")]
    [TestCase("a\n      b\n", "a b", Description = "a plain scalar of two lines")]
    [TestCase("\"yes\"\n", "yes", Description = "a word that YAML 1.1 reads as true, in quotes")]
    public void A_value_is_what_yaml_says(string written, string expected)
    {
        string text = $"apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    example.com/text: {written}spec:\n  ports: [{{port: 80}}]\n";

        Scenario scenario = Reading.Scenario(text);

        Assert.That(scenario.Objects.Services.Single().Meta.Annotations["example.com/text"], Is.EqualTo(expected));
    }

    [TestCase("%YAML 1.2\n---\n" + Head, Description = "a directive")]
    [TestCase("# first\n\n---\n---\n" + Head + "...\n---\n# last\n", Description = "documents that hold nothing")]
    [TestCase("\uFEFF" + Head, Description = "a byte order mark")]
    [TestCase("apiVersion: v1\r\nkind: Service\r\nmetadata: {name: web}\r\nspec: {ports: [{port: 80}]}\r\n", Description = "line ends of Windows")]
    [TestCase("? apiVersion\n: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports:\n  - port: 80\n", Description = "a key with a question mark")]
    [TestCase("apiVersion: v1\nkind: Service\nmetadata: &m\n  name: web\n  labels:\n    a: &x b\n    c: *x\nspec: {ports: [{port: 80}]}\n", Description = "an anchor")]
    [TestCase("{\"apiVersion\": \"v1\", \"kind\": \"Service\", \"metadata\": {\"name\": \"web\"}, \"spec\": {\"ports\": [{\"port\": 80}]}}", Description = "JSON")]
    public void A_file_is_read(string text)
    {
        ScenarioReading reading = Reading.Of(text);

        Assert.That(reading.Problems, Is.Empty);
        Assert.That(reading.Scenario!.Objects.Services.Single().Ports.Single().Port, Is.EqualTo(80));
    }

    [TestCase("apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  type: ClusterIP\n  ports: [{port: 80}]\n  type: NodePort\n", "7:3")]
    [TestCase("""{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {"type": "ClusterIP", "ports": [{"port": 80}], "type": "NodePort"}}""", "1:125")]
    public void The_last_of_two_equal_keys_counts(string text, string place)
    {
        ScenarioReading reading = Reading.Of(text);

        Assert.That(reading.Scenario!.Objects.Services.Single().Type, Is.EqualTo(ServiceType.NodePort));
        Problem problem = reading.Problems.Single();
        Assert.That((problem.Severity, problem.Rule, $"{problem.Position.Line}:{problem.Position.Column}"), Is.EqualTo((Severity.Warning, "duplicate-key", place)));
    }

    [Test]
    public void What_was_read_before_a_block_scalar_with_blanks_is_read_once()
    {
        ScenarioReading reading = Reading.Of(Head + "  ports: [{port: 81}]\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: |\n    \n    text\n---\n"
            + Head.Replace("web", "other"));

        Assert.That(string.Join(" ", reading.Scenario!.Objects.Services.Select(service => service.Meta.Name)), Is.EqualTo("web other"));
        Assert.That(reading.Problems.Count(problem => problem.Rule == "duplicate-key"), Is.EqualTo(1));
    }

    [Test]
    public void A_first_line_with_more_spaces_than_the_text_is_no_yaml()
    {
        ScenarioReading reading = Reading.Of("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: |\n       \n    text\n");

        Assert.That(reading.Problems.Single().Rule, Is.EqualTo("yaml-syntax"));
    }
}
