using System.Text;
using KubeNetSim.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>The byte order marks and encodings that editors and shells write.</summary>
internal sealed class InputEncodingTests
{
    private static readonly Encoding[] Marked = [new UTF8Encoding(true), new UnicodeEncoding(false, true), new UnicodeEncoding(true, true)];

    [Test]
    public void Text_in_any_encoding_of_unicode_says_the_same_at_the_same_place(
        [ValueSource(nameof(Marked))] Encoding encoding, [Values("\n", "\r\n")] string line, [Values] bool isJson)
    {
        string text = isJson
            ? """{"apiVersion": "v1", "kind": "Service",\n "metadata": {"name": "é"}, "spec": {"ports": [{"port": 80}]}}""".Replace(@"\n", line)
            : $"apiVersion: v1{line}kind: Service{line}metadata: {{name: é}}{line}spec: {{ports: [{{port: 80}}]}}{line}";

        Assert.That(ProblemsOf([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]), Is.EqualTo(ProblemsOf(Encoding.UTF8.GetBytes(text))).And.Not.Empty);
    }

    [Test]
    public void Another_encoding_is_named_where_it_begins()
    {
        Assert.That(ProblemsOf([.. "# caf"u8, 0xE9, .. "\nkind: Service"u8]), Is.EqualTo(["-:1:6 binary-file"]));
    }

    private static string[] ProblemsOf(byte[] bytes) =>
        [.. ScenarioReader.Read(["-"], new MemoryStream(bytes)).Problems.Select(problem => $"{problem.Position} {problem.Rule}")];
}
