using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Where fields stand is known after the document is gone.</summary>
internal sealed class FieldLayoutTests
{
    private const string Web = """
        kind: Service
        metadata:
          name: web
          annotations: {example.com/owner: me}
        spec:
          type: null
          ports:
          - port: 80
          - {port: 443, nodePort: 30443}
        """;

    [TestCase("kind", 1, 7)]
    [TestCase("metadata.annotations[example.com/owner]", 4, 36)]
    [TestCase("spec.ports", 8, 3)]
    [TestCase("spec.ports[1].nodePort", 9, 27)]
    [TestCase("", 1, 1)]
    public void A_field_is_where_it_is_written(string path, int line, int column)
    {
        MappingNode node = Document(Web);

        Assert.That(FieldLayout.Of(node).Find(path, node.Position), Is.EqualTo(new SourcePosition("-", line, column)));
    }

    [TestCase("spec.selector")]
    [TestCase("spec.ports[2].port")]
    [TestCase("spec.ports[0].nodePort", Description = "the next port has one")]
    [TestCase("spec.type", Description = "null is not written")]
    [TestCase("port", Description = "one level deeper there is one")]
    public void A_field_that_is_not_written_is_nowhere(string path)
    {
        MappingNode node = Document(Web);

        Assert.That(FieldLayout.Of(node).Find(path, node.Position), Is.Null);
    }

    [Test]
    public void Objects_that_are_written_alike_share_a_layout_and_each_has_its_own_places()
    {
        SharedLayouts layouts = new();
        MappingNode first = Document(Web);
        MappingNode second = Document(Web.Replace("web", "shop"), linesBefore: 100);

        Assert.That(layouts.Of(second), Is.SameAs(layouts.Of(first)));
        Assert.That(layouts.Of(second).Find("spec.ports[1].nodePort", second.Position), Is.EqualTo(new SourcePosition("-", 109, 27)));
    }

    [TestCase("port: 80", "port:  80", Description = "another column")]
    [TestCase("- port", "\n  - port", Description = "another line")]
    [TestCase("nodePort", "nodePxrt", Description = "another name")]
    public void Objects_that_are_written_otherwise_do_not(string text, string other)
    {
        SharedLayouts layouts = new();

        Assert.That(layouts.Of(Document(Web.Replace(text, other))), Is.Not.SameAs(layouts.Of(Document(Web))));
    }

    private static MappingNode Document(string text, int linesBefore = 0) =>
        (MappingNode)ManifestParser.Parse("-", new string('\n', linesBefore) + text, []).Single();
}
