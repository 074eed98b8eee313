using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace KubeNetSim.Checks;

/// <summary>A rule, as its section of docs/check.md tells it.</summary>
/// <param name="Id">Its name, for example <c>duplicate-node-port</c>.</param>
/// <param name="Severity">How much it matters when it is broken.</param>
/// <param name="Summary">What is wrong, in one sentence.</param>
/// <param name="Markdown">The section: what is wrong, why it hurts, what to write instead.</param>
/// <param name="Source">Where to read on; null where the section says it all.</param>
public sealed record CheckRule(string Id, Severity Severity, string Summary, string Markdown, Uri? Source);

/// <summary>All rules that a finding may name. The page docs/check.md is their only home; tests hold page and code together.</summary>
public static partial class RuleCatalog
{
    /// <summary>The rules, in the order of the page.</summary>
    public static ImmutableArray<CheckRule> All { get; } = Read();

    /// <summary>A rule by its name; null where there is none.</summary>
    public static CheckRule? Find(string id) => All.FirstOrDefault(rule => rule.Id == id);

    private static ImmutableArray<CheckRule> Read()
    {
        using Stream page = typeof(RuleCatalog).Assembly.GetManifestResourceStream("check.md")!;
        using StreamReader reader = new(page);
        return [.. SectionPattern().Matches(reader.ReadToEnd()).Select(RuleOf)];
    }

    private static CheckRule RuleOf(Match section)
    {
        string markdown = section.Groups["body"].Value.Trim();
        Match source = LinkPattern().Match(markdown);
        return new CheckRule(section.Groups["id"].Value, Enum.Parse<Severity>(section.Groups["severity"].Value, ignoreCase: true),
            section.Groups["summary"].Value, markdown, source.Success ? new Uri(source.Groups["address"].Value) : null);
    }

    // A heading with the rule's name, and a paragraph that begins with the severity.
    [GeneratedRegex(@"^### `(?<id>[a-z-]+)`\n\n(?<body>\*(?<severity>error|warning|info)\* · (?<summary>[^\n]+)\n(?:(?!^##).*\n?)*)", RegexOptions.Multiline)]
    private static partial Regex SectionPattern();

    [GeneratedRegex(@"\]\((?<address>https://[^)]+)\)")]
    private static partial Regex LinkPattern();
}
