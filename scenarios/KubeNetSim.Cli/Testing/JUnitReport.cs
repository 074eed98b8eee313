using System.Collections.Immutable;
using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace KubeNetSim.Cli.Testing;

/// <summary>
/// Test results as JUnit XML, in the elements and attributes that Jenkins, GitLab and GitHub's actions read (testmoapp/junitxml): a suite
/// a file, a failure with the differences, an error for a case that could not be evaluated.
/// </summary>
internal static class JUnitReport
{
    /// <summary>The document.</summary>
    public static XDocument Of(ImmutableArray<NetworkTestResult> results) => new(
        new XDeclaration("1.0", "utf-8", null),
        new XElement("testsuites", new XAttribute("name", "kubenetsim test"), Counts(results),
            results.GroupBy(result => result.File).Select(file => new XElement("testsuite", new XAttribute("name", Clean(file.Key)), Counts([.. file]), file.Select(Case)))));

    private static IEnumerable<XAttribute> Counts(IReadOnlyCollection<NetworkTestResult> results) =>
    [
        new("tests", results.Count),
        new("failures", results.Count(result => !result.Passed && result.Obstacle is null)),
        new("errors", results.Count(result => result.Obstacle is not null)),
        new("skipped", 0),
        // No clock is read: the same tests give the same file.
        new("time", 0),
    ];

    private static XElement Case(NetworkTestResult result) => new("testcase",
        new XAttribute("classname", Clean(Path.GetFileNameWithoutExtension(result.File))),
        new XAttribute("name", Clean(result.Name)),
        new XAttribute("file", Clean(result.Position.File)),
        new XAttribute("line", result.Position.Line.ToString(CultureInfo.InvariantCulture)),
        new XAttribute("time", 0),
        result.Passed ? null : new XElement(result.Obstacle is null ? "failure" : "error",
            new XAttribute("message", Clean(result.Message)),
            new XAttribute("type", result.Obstacle is null ? "expectation" : "evaluation"),
            Clean(string.Join('\n', TestTable.LinesOf(result)))));

    // XML has no way to write most control characters, and YAML has.
    private static string Clean(string text)
    {
        return XmlConvertible(text) ? text : string.Concat(text.EnumerateRunes().Select(rune => XmlConvertible(rune.ToString()) ? rune.ToString() : "\uFFFD"));

        static bool XmlConvertible(string part)
        {
            try
            {
                XmlConvert.VerifyXmlChars(part);
                return true;
            }
            catch (XmlException)
            {
                return false;
            }
        }
    }
}
