using System.Text;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>The byte order marks and encodings that editors and shells write.</summary>
internal sealed class InputEncodingTests
{
    [Test]
    public void A_byte_order_mark_and_the_ends_of_lines_move_nothing([Values] bool isJson)
    {
        string text = isJson
            ? """{"apiVersion": "v1", "kind": "Service",|"metadata": {"name": "é"}, "spec": {"ports": [{"port": 80}]}}"""
            : "apiVersion: v1|kind: Service|metadata: {name: é}|spec: {ports: [{port: 80}]}|";

        string[] plain = ProblemsOf(Encoding.UTF8.GetBytes(text.Replace("|", "\n")));

        Assert.That(plain, Is.Not.Empty);
        Assert.That(ProblemsOf([.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.Replace("|", "\r\n"))]), Is.EqualTo(plain));
    }

    [Test]
    public void Utf_16_is_refused_with_the_way_out([Values] bool isBigEndian)
    {
        UnicodeEncoding encoding = new(isBigEndian, byteOrderMark: true);

        Problem problem = Read([.. encoding.GetPreamble(), .. encoding.GetBytes("kind: List")]).Problems.Single();

        Assert.That(problem.Rule, Is.EqualTo("binary-file"));
        Assert.That(problem.Message, Does.Contain("UTF-16"));
        Assert.That(problem.Help, Does.Contain("Out-File -Encoding utf8"));
    }

    [Test]
    public void Another_encoding_is_named_where_it_begins() =>
        Assert.That(ProblemsOf([.. "# caf"u8, 0xE9, .. "\nkind: Service"u8]), Is.EqualTo(["-:1:6 binary-file"]));

    private static string[] ProblemsOf(byte[] bytes) => [.. Read(bytes).Problems.Select(problem => $"{problem.Position} {problem.Rule}")];

    private static ScenarioReading Read(byte[] bytes) => ScenarioReader.Read(["-"], new MemoryStream(bytes));
}
