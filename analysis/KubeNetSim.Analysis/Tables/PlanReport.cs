using System.Globalization;

namespace KubeNetSim.Analysis.Tables;

/// <summary>Prints what a plan found.</summary>
public static class PlanReport
{
    private const double Cent = 0.01;

    /// <summary>Writes the settings that were tried, and the answer in a sentence.</summary>
    public static void Write(TextWriter writer, PlanResult result)
    {
        if (result.Question.Length > 0)
            writer.Write(result.Question + "\n\n");
        Table(result).Write(writer);
        writer.Write("\n");
        foreach (string line in Answer(result))
            writer.Write(line + "\n");
    }

    internal static TextTable Table(PlanResult result)
    {
        string[] fields = [.. result.Tried.SelectMany(setting => setting.Setting.Keys).Distinct()];
        string[] objectives = [.. result.Tried.SelectMany(setting => setting.Objectives).Select(objective => objective.Objective).Distinct()];
        bool hasCost = result.Minimises == "cost";
        List<string> headers = [.. fields.Select(field => field.ToUpperInvariant() + ">"), .. objectives.Select(objective => objective + ">"), "REPLICATIONS>", "OBJECTIVES"];
        if (hasCost)
            headers.Insert(fields.Length, $"{result.Currency} A MONTH>");
        TextTable table = new([.. headers]);
        foreach (PlanSetting setting in result.Tried)
        {
            List<string> cells = [.. fields.Select(field => setting.Setting[field]), .. setting.Objectives.Select(Figure), Format.Count(setting.Replications), setting.State];
            if (hasCost)
                cells.Insert(fields.Length, Format.Money(setting.Size) + (setting.CostCi95 is [var low, var high] && high - low >= Cent ? $" ±{Format.Money((high - low) / 2)}" : ""));
            table.Add([.. cells]);
        }
        return table;
    }

    // The figure and how large it may really be: that bound is what is compared with the limit.
    private static string Figure(PlanObjective objective) => objective is { Value: { } value, Upper: var upper }
        ? upper is { } bound && bound > value ? $"{objective.Show(value)} (at most {objective.Show(bound)})" : objective.Show(value)
        : "grows";

    private static string NotSimulated(int count, string one = "has", string several = "have") =>
        count == 1 ? $"1 setting was not simulated: it {one}" : $"{Format.Count(count)} settings were not simulated: they {several}";

    private static string Several(int count, string one, string several) => count == 1 ? $"1 {one}" : $"{Format.Count(count)} {several}";

    internal static IEnumerable<string> Answer(PlanResult result)
    {
        string confidence = string.Create(CultureInfo.InvariantCulture, $"{100 * result.Confidence:0.##}%");
        string kind = result.Minimises == "cost" ? "cheapest" : "smallest";
        if (result.Best is { } best)
            yield return $"The {kind} setting that meets every objective is {best.InWords}; each is shown with {confidence} confidence.";
        else
            yield return "No setting meets the objectives.";
        if (result.CostOf.Length > 0)
            yield return $"Costs are those of {result.CostOf}, for a month.";
        if (!result.Ties.IsEmpty)
            yield return $"{Several(result.Ties.Length, "setting costs", "settings cost")} the same within chance, and the answer is the smallest of them: {string.Join("; ", result.Ties.Select(tie => tie.InWords))}.";
        if (result.EquallySmall > 0)
            yield return $"{Several(result.EquallySmall, "other setting is", "other settings are")} as small; the first in the order of the plan was taken.";
        if (result.Best is null && result.Tried.Any(setting => setting.State == "undecided"))
            yield return "Some could not be told apart from their limit: longer runs or more replications (maxReplications) might.";
        if (result.RuledOut > 0)
            yield return $"{NotSimulated(result.RuledOut)} fewer workers than one that missed, and with fewer every request waits at least as long.";
        if (result.NoSmaller > 0)
            yield return $"{NotSimulated(result.NoSmaller, "is", "are")} no smaller than the best.";
        foreach (string note in result.Notes)
            yield return note;
    }
}
