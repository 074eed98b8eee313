using System.Text.RegularExpressions;
using KubeNetSim.Tests.Architecture;
using NUnit.Framework;

namespace KubeNetSim.Tests.Checks;

/// <summary>docs/check.md and the code name the same rules.</summary>
public sealed partial class RuleCatalogTests
{
    /// <summary>Rules of documents that other commands read, and of command lines.</summary>
    private static readonly string[] Elsewhere = ["no-sweep", "no-test", "too-many-points", "unknown-path", "nothing-to-simulate", "ignored-kind", "invalid-endpoint", "invalid-answer",
        "no-plan", "unknown-setting", "unknown-workload", "unknown-metric", "duplicate-value", "duplicate-axis", "conflicting-fields", "input-changed", "no-price-sheet", "no-prices", "several-currencies"];

    [Test]
    public void Every_rule_of_the_code_has_a_section_and_every_section_a_rule()
    {
        string[] inCode = [.. Sources().SelectMany(RulesIn).Distinct(StringComparer.Ordinal).Except(Elsewhere)];

        Assert.That(inCode, Has.Length.GreaterThan(80));
        Assert.That(RuleCatalog.All.Select(rule => rule.Id), Is.EquivalentTo(inCode));
    }

    [Test]
    public void Every_section_of_the_page_is_a_rule()
    {
        string page = File.ReadAllText(RepositoryRoot.Combine("docs", "check.md"));

        Assert.That(RuleCatalog.All, Has.Length.EqualTo(HeadingPattern().Count(page)));
        Assert.That(RuleCatalog.All.Select(rule => rule.Id), Is.Unique);
    }

    [Test]
    public void Every_section_says_what_to_write_instead() =>
        Assert.That(RuleCatalog.All.Where(rule => !rule.Markdown.Contains("**Write instead.**", StringComparison.Ordinal) && rule.Id != "prefer-close").Select(rule => rule.Id), Is.Empty);

    private static IEnumerable<string> Sources() => ((string[])["sim", "scenarios"])
        .SelectMany(folder => Directory.EnumerateFiles(RepositoryRoot.Combine(folder), "*.cs", SearchOption.AllDirectories));

    private static IEnumerable<string> RulesIn(string file)
    {
        string text = File.ReadAllText(file);
        return RulePattern().Matches(text).SelectMany(match => match.Groups["id"].Captures).Select(capture => capture.Value);
    }

    // The first argument of what makes a Problem, or the second after a severity or a file's name.
    [GeneratedRegex("""(?:\b(?:Error|Warn|Warning|Advice|Refuse|ManifestSyntaxException)\(|Severity\.\w+, |\bAdd\((?:path|file|name|workload|"-"), (?:[^"\n]*\? )?)"(?<id>[a-z]+(?:-[a-z]+)+)"(?: : "(?<id>[a-z]+(?:-[a-z]+)+)")?""")]
    private static partial Regex RulePattern();

    [GeneratedRegex("^### ", RegexOptions.Multiline)]
    private static partial Regex HeadingPattern();
}
