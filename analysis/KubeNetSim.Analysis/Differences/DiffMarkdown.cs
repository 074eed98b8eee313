using System.Text;

namespace KubeNetSim.Analysis.Differences;

/// <summary>What a change does, as a comment of a pull request: a line with the verdict, a table, and the rest folded.</summary>
public static class DiffMarkdown
{
    /// <summary>The comment.</summary>
    public static string Of(DiffResult result)
    {
        StringBuilder text = new();
        string mark = result.HasFailed ? "❌" : result.Verdict switch { "better" => "✅", "no difference shown" => "⚪", _ => "⚠️" };
        text.Append($"### {mark} KubeNetSim: {Cell(result.Verdict)}\n\n");
        foreach (string sentence in result.Summary)
            text.Append($"- {Cell(sentence)}\n");
        if (!DiffReport.Metrics(result).IsEmpty)
            text.Append('\n').Append(Table(DiffReport.Metrics(result)));
        foreach (ConditionResult condition in result.Conditions)
            text.Append($"\n- **{condition.Mark}** `{condition.Condition.Replace('`', ' ')}`: {Cell(condition.Why)}");
        if (!result.Conditions.IsEmpty)
            text.Append('\n');
        Fold(text, $"Objects ({result.Objects.Select(change => change.Object).Distinct().Count()} changed)", DiffReport.Objects(result));
        Fold(text, "Endpoints, hints and rules a node", DiffReport.Facts("CLUSTER", result.Cluster));
        Fold(text, "Routes", DiffReport.Facts("ROUTES", result.Routes));
        Fold(text, "All metrics", DiffReport.Metrics(result, all: true));
        return text.Append($"\n<sub>{Cell(result.Old)} → {Cell(result.New)}. {Cell(DiffReport.Unchanged(result))}{DiffReport.How(result)}</sub>\n").ToString();
    }

    private static void Fold(StringBuilder text, string summary, TextTable table)
    {
        if (!table.IsEmpty)
            text.Append($"\n<details><summary>{Cell(summary)}</summary>\n\n{Table(table)}\n</details>\n");
    }

    private static string Table(TextTable table)
    {
        StringBuilder text = new();
        text.Append($"| {string.Join(" | ", table.Columns.Select(column => column.Title.ToLowerInvariant()))} |\n|");
        foreach ((string _, bool isRight) in table.Columns)
            text.Append(isRight ? "--:|" : "---|");
        text.Append('\n');
        foreach (IReadOnlyList<string> row in table.Rows)
            text.Append($"| {string.Join(" | ", row.Select(Cell))} |\n");
        return text.ToString();
    }

    // Names come from manifests: they must not end a cell, or become markup.
    private static string Cell(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)
        .Replace("`", "\\`", StringComparison.Ordinal).Replace("*", "\\*", StringComparison.Ordinal).Replace("[", "\\[", StringComparison.Ordinal).ReplaceLineEndings(" ");
}
