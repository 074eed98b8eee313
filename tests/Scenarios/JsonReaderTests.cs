using System.Text;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

internal sealed class JsonReaderTests
{
    // No strict JSON ends with a comment, so that the YAML parser reads the same text at the same positions.
    private const string YamlOnly = "\n# the end\n";

    [TestCase("""{"kind": "Service", "metadata": {"name": "a", "labels": {}}, "spec": {"ports": [{"port": 80}, {"port": 443}], "x": []}}""")]
    [TestCase("{\n  \"a\": [\n    true, null, -1.5, \"1\"\n  ],\n  \"b\": \"tab\\tquote\\\"\"\n}")]
    [TestCase("""{"a": "é", "b": 1}""", Description = "columns count characters, not bytes")]
    [TestCase("""{"kind": "List", "items": [{"kind": "Pod", "apiVersion": "v1"}, {"kind": "Node", "apiVersion": "v1"}, 7]}""")]
    [TestCase("""{"a": 1, "b": {"c": 1, "c": 2}}""", Description = "a key that stands twice")]
    public void Json_gives_the_nodes_positions_and_problems_of_yaml(string json)
    {
        Assert.That(Read(json), Is.EqualTo(Read(json + YamlOnly)));
    }

    [TestCase("""{"a": NaN}""")]
    [TestCase("""{"a": 1} trailing""")]
    [TestCase("""{"a": "\ud800"}""")]
    [TestCase("""{"a": "\q"}""")]
    [TestCase("""{"a": 1""")]
    [TestCase("""{"<<": {"a": 1}}""")]
    public void What_is_not_strict_json_is_left_to_yaml(string json)
    {
        List<ManifestNode> taken = [];

        bool isRead = JsonReader.TryRead(new InputFile("-", Encoding.UTF8.GetBytes(json)), [], taken.Add);

        Assert.That(isRead, Is.False);
        Assert.That(taken, Is.Empty);
    }

    [Test]
    public void Json_too_deep_is_left_to_yaml_which_says_so()
    {
        List<Problem> problems = [];

        ManifestParser.Parse("-", $$"""{"a": {{new string('[', 200)}}{{new string(']', 200)}}}""", problems);

        Assert.That(problems.Select(problem => problem.Rule), Is.EqualTo(["too-deep"]));
    }

    private static string Read(string text)
    {
        List<Problem> problems = [];
        List<ManifestNode> documents = ManifestParser.Parse("-", text, problems);
        return string.Join('\n', documents.Select(Written).Concat(problems.Select(problem => problem.ToString())));
    }

    private static string Written(ManifestNode node) => node.Position + node switch
    {
        ScalarNode scalar => $"{scalar.Kind} {scalar.Text}",
        SequenceNode sequence => $"[{string.Join(", ", sequence.Items.Select(Written))}]",
        MappingNode mapping => $"{{{string.Join(", ", mapping.Entries.Select(entry => $"{Written(entry.Key)}: {Written(entry.Value)}"))}}}",
        _ => throw new ArgumentException("No such node.", nameof(node)),
    };
}
