using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>
/// Each file in Broken/ begins with what must be said about it: <c># expect LINE:COLUMN: field: message (help)</c>, for errors and warnings alike.
/// </summary>
internal sealed class BrokenInputTests
{
    private const string Mark = "# expect ";

    private static string Folder() => RepositoryRoot.Combine("tests", "Scenarios", "Broken");

    private static IEnumerable<TestCaseData> Files() =>
        Directory.EnumerateFiles(Folder()).Order(StringComparer.Ordinal)
            .Select(file => new TestCaseData(file).SetArgDisplayNames(Path.GetFileNameWithoutExtension(file)));

    [TestCaseSource(nameof(Files))]
    public void A_broken_file_gets_exactly_the_messages_it_deserves(string file)
    {
        string[] expected = [.. File.ReadLines(file).Where(line => line.StartsWith(Mark, StringComparison.Ordinal)).Select(line => line[Mark.Length..])];
        ScenarioReading reading = ScenarioReader.Read([file], null);
        string[] said = [.. reading.Problems.Select(problem => problem.ToString().Replace($"{file}:", "", StringComparison.Ordinal))];
        Assert.That(expected, Is.Not.Empty, "a broken file says what it expects");
        Assert.That(said, Is.EqualTo(expected));
        Assert.That(reading.Scenario, Is.Null);
    }

    [Test]
    public void There_are_at_least_forty_broken_files() => Assert.That(Files().Count(), Is.GreaterThanOrEqualTo(40));

    [Test]
    public void Every_rule_that_a_broken_file_breaks_is_an_error_with_a_place()
    {
        Problem[] problems = [.. Directory.EnumerateFiles(Folder()).SelectMany(file => ScenarioReader.Read([file], null).Problems)];
        Assert.That(problems.Where(problem => problem.Severity == Severity.Error && problem.Position is not { Line: > 0, Column: > 0 }), Is.Empty);
    }
}
