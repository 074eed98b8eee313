using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace KubeNetSim.Cli.Export;

/// <summary>Findings in SARIF 2.1.0 (OASIS), which code-review tools read.</summary>
internal static class SarifLog
{
    private const string Schema = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

    /// <summary>A log of one run, ending in a line break.</summary>
    public static string Of(ImmutableArray<Problem> findings)
    {
        CheckRule[] rules = [.. RuleCatalog.All.Where(rule => findings.Any(problem => problem.Rule == rule.Id))];
        JsonObject run = new()
        {
            ["tool"] = new JsonObject
            {
                ["driver"] = new JsonObject
                {
                    ["name"] = "kubenetsim",
                    ["semanticVersion"] = ProgramVersion.Text,
                    ["rules"] = new JsonArray([.. rules.Select(Rule)]),
                },
            },
            ["columnKind"] = "utf16CodeUnits",
            ["results"] = new JsonArray([.. findings.Select(problem => Result(problem, Array.FindIndex(rules, rule => rule.Id == problem.Rule)))]),
        };
        JsonObject log = new() { ["$schema"] = Schema, ["version"] = "2.1.0", ["runs"] = new JsonArray(run) };
        return log.ToJsonString(JsonText.Indented) + "\n";
    }

    private static JsonObject Rule(CheckRule rule)
    {
        JsonObject written = new()
        {
            ["id"] = rule.Id,
            ["shortDescription"] = new JsonObject { ["text"] = rule.Summary },
            ["help"] = new JsonObject { ["text"] = rule.Markdown, ["markdown"] = rule.Markdown },
            ["defaultConfiguration"] = new JsonObject { ["level"] = LevelOf(rule.Severity) },
        };
        if (rule.Source is { } source)
            written["helpUri"] = source.AbsoluteUri;
        return written;
    }

    private static JsonObject Result(Problem problem, int rule) => new()
    {
        ["ruleId"] = problem.Rule,
        ["ruleIndex"] = rule,
        ["level"] = LevelOf(problem.Severity),
        ["message"] = new JsonObject { ["text"] = problem.Help is { } help ? $"{problem.Message}. Write: {help}" : problem.Message },
        ["locations"] = new JsonArray(Location(problem)),
    };

    private static JsonObject Location(Problem problem)
    {
        JsonObject location = new()
        {
            ["physicalLocation"] = new JsonObject
            {
                ["artifactLocation"] = new JsonObject { ["uri"] = AddressOf(problem.Position.File) },
                ["region"] = new JsonObject { ["startLine"] = Math.Max(1, problem.Position.Line), ["startColumn"] = Math.Max(1, problem.Position.Column) },
            },
        };
        if (problem.Field.Length > 0)
            location["logicalLocations"] = new JsonArray(new JsonObject { ["fullyQualifiedName"] = problem.Field });
        return location;
    }

    private static string AddressOf(string file) => Path.IsPathRooted(file)
        ? new Uri(file).AbsoluteUri
        : string.Join('/', file.Replace(Path.DirectorySeparatorChar, '/').Split('/').Select(Uri.EscapeDataString));

    private static string LevelOf(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "note",
    };
}
