using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Cli;

public sealed partial class ExplainCommandTests
{
    private static IEnumerable<TestCaseData> Rows() =>
        from page in (string[])["scenario", "sweep", "plan", "network-test", "price-sheet"]
        from Match row in Row().Matches(File.ReadAllText(RepositoryRoot.Combine("docs", $"{page}.md")))
        select new TestCaseData($"{page.Replace("-", "", StringComparison.Ordinal)}.spec.{row.Groups["path"].Value}", row.Groups["meaning"].Value.Trim())
            .SetArgDisplayNames($"{page}: {row.Groups["path"].Value}");

    [TestCaseSource(nameof(Rows))]
    public async Task Every_field_of_every_page_is_explained_in_the_words_of_the_page(string field, string meaning)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("explain", field.Replace("*", "nftables", StringComparison.Ordinal)), Is.EqualTo(ExitCodes.Done), console.Error);
        string said = Blanks().Replace(console.Output, " ");
        string first = Link().Replace(meaning, "${text}").Split(". ")[0];
        Assert.That(said, Does.Contain(Blanks().Replace(first, " ")));
        Assert.That(console.OutputLines.Select(line => line.Length), Is.All.LessThanOrEqualTo(80));
    }

    [Test]
    public async Task The_format_is_that_of_kubectl()
    {
        TestConsole console = new();

        await console.RunAsync("explain", "scenario.spec.workloads.retries");

        Assert.That(console.Output, Does.StartWith("KIND:       Scenario\nVERSION:    kubenetsim.io/v1alpha1\n\nFIELD: retries <"));
        Assert.That(console.Output, Does.Contain("DESCRIPTION:\n    How often a failed request is tried again"));
    }

    [Test]
    public async Task A_field_with_fields_lists_them_and_marks_those_that_are_required()
    {
        TestConsole console = new();

        await console.RunAsync("explain", "Scenario.spec.workloads[]");

        Assert.That(console.Output, Does.Contain("FIELDS:\n").And.Contain("  name\t<text> -required-\n    Unique in the scenario.").And.Contain("  retries\t<"));
    }

    [TestCase("scenario.spec.workload", "spec has no field 'workload': did you mean 'workloads'?")]
    [TestCase("scenari", "there is no kind 'scenari': did you mean \"Scenario\"?")]
    [TestCase("scenario.spec.run.zzz", "run has no field 'zzz': it has duration, warmup,")]
    public async Task What_there_is_not_leads_to_what_there_is(string field, string message)
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("explain", field), Is.EqualTo(ExitCodes.BadInput));
        Assert.That(console.Error, Does.Contain(message));
    }

    [Test]
    public async Task Without_a_field_it_lists_the_kinds()
    {
        TestConsole console = new();

        Assert.That(await console.RunAsync("explain"), Is.EqualTo(ExitCodes.Done));
        Assert.That(console.OutputLines.Select(line => line.Split(' ')[0]), Is.EqualTo(DocumentCatalog.All.Select(kind => kind.Name)));
    }

    [GeneratedRegex(@"^\| `(?<path>[A-Za-z*][^`]*)` \| [^|]*\| [^|]*\| [^|]*\| (?<meaning>[^|]*)\|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\[(?<text>[^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
