using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Analysis.Planning;

/// <summary>What a plan found, as <c>plan -o json</c> prints it.</summary>
/// <param name="Plan">Name of the plan.</param>
/// <param name="Question">The question; empty where none.</param>
/// <param name="Confidence">With which each objective was to be shown, one-sided.</param>
/// <param name="Minimises"><c>cost</c>, or <c>size</c>: the sum of the fields that are to be small.</param>
/// <param name="Best">The smallest or cheapest setting shown to meet all objectives; null where there is none.</param>
/// <param name="Tried">Every setting that was simulated, the smallest first.</param>
/// <param name="RuledOut">Settings that were not simulated because they have fewer servers than one that missed.</param>
/// <param name="NoSmaller">Settings that were not simulated because they are no smaller than the best.</param>
/// <param name="Notes">What its reader should know of how it was searched, and where an objective was seen not to be monotone: sentences.</param>
public sealed record PlanResult(
    string Plan, string Question, double Confidence, string Minimises, PlanSetting? Best, ImmutableArray<PlanSetting> Tried, int RuledOut, int NoSmaller,
    ImmutableArray<string> Notes)
{
    /// <summary>Currency of the costs, for example USD; empty where nobody charges.</summary>
    public string Currency { get; init; } = "";

    /// <summary>What the costs are of, in words: the network, with the nodes or the pods where settings change them; empty where costs are not to be small.</summary>
    public string CostOf { get; init; } = "";

    /// <summary>Settings that meet all objectives, too, and cost as much as the best within chance: the best is the smaller one.</summary>
    public ImmutableArray<PlanSetting> Ties { get; init; } = [];

    /// <summary>Settings as small as the best that were not simulated.</summary>
    public int EquallySmall { get; init; }

    private static readonly PlanContext Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>Puts an outcome into words that others can read.</summary>
    /// <param name="plan">Name of the plan.</param>
    /// <param name="question">Its question.</param>
    /// <param name="confidence">Its confidence.</param>
    /// <param name="fields">Names of its settings.</param>
    /// <param name="values">Values of each point, by its number.</param>
    /// <param name="minimisesCost">Whether costs are to be small.</param>
    /// <param name="outcome">What the search found.</param>
    /// <param name="notes">What is known of how it searched.</param>
    public static PlanResult Of(
        string plan, string question, double confidence, ImmutableArray<string> fields, ImmutableArray<ImmutableArray<string>> values, bool minimisesCost, PlanOutcome outcome,
        ImmutableArray<string> notes)
    {
        PlanSetting Describe(PlanTrial trial) => new(
            fields.Zip(values[trial.Candidate.Number]).ToImmutableSortedDictionary(pair => pair.First, pair => pair.Second),
            trial.Size, trial.Replications, trial.IsMet ? "met" : trial.IsMissed ? "missed" : "undecided",
            [.. trial.Objectives.Select(objective => new PlanObjective(
                objective.Objective.Text, objective.Workload, ObjectiveFormat.NameOf(ObjectiveMetrics.UnitOf(objective.Objective.Metric)), objective.Objective.Limit, Known(objective.Value), Known(objective.Lower), Known(objective.Upper), objective.State.ToString().ToLowerInvariant()))])
        { CostCi95 = ConfidenceInterval.OfMean(trial.CostByReplication) is { } interval ? [interval.Lower, interval.Upper] : null };
        ImmutableArray<PlanSetting> tried = [.. outcome.Trials.OrderBy(trial => trial.Size).ThenBy(trial => trial.Candidate.Number).Select(Describe)];
        return new PlanResult(
            plan, question, confidence, minimisesCost ? "cost" : "size", outcome.Best is { } best ? Describe(best) : null, tried, outcome.Ruled, outcome.Larger,
            [.. notes, .. Monotonicity.Broken(tried)])
        { Ties = [.. outcome.Ties.Select(Describe)], EquallySmall = outcome.EquallySmall };
    }

    /// <summary>The text that <c>plan -o json</c> prints.</summary>
    public static string ToJson(PlanResult result) => JsonSerializer.Serialize(result, Json.PlanResult) + "\n";

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static PlanResult FromJson(string text) =>
        JsonSerializer.Deserialize(text, Json.PlanResult) is { Tried.IsDefaultOrEmpty: false } result ? result : throw new JsonException("it has no settings that were tried");

    private static double? Known(double value) => double.IsFinite(value) ? value : null;
}

/// <summary>A setting and how it fared.</summary>
/// <param name="Setting">Value of each field.</param>
/// <param name="Size">What is to be small: the sum of fields, or the costs of a month.</param>
/// <param name="Replications">Replications simulated.</param>
/// <param name="State"><c>met</c>, <c>missed</c> or <c>undecided</c>.</param>
/// <param name="Objectives">Each objective.</param>
public sealed record PlanSetting(
    ImmutableSortedDictionary<string, string> Setting, double Size, int Replications, string State, ImmutableArray<PlanObjective> Objectives)
{
    /// <summary>95% interval of its costs, lower and upper end; null where there is none.</summary>
    public ImmutableArray<double>? CostCi95 { get; init; }

    /// <summary>Its fields and their values.</summary>
    internal string InWords => string.Join(", ", Setting.Select(pair => $"{pair.Key} = {pair.Value}"));
}

/// <summary>An objective of a setting.</summary>
/// <param name="Objective">As written.</param>
/// <param name="Workload">The workload that comes off worst; null for what is not a workload's.</param>
/// <param name="Unit">Of the numbers: <c>ms</c>, <c>share</c> (0 to 1), <c>money</c> a month, or <c>backends</c>.</param>
/// <param name="Limit">It must stay below this.</param>
/// <param name="Value">What was measured; null where its queue grows.</param>
/// <param name="Lower">Its one-sided lower bound; null where there is none.</param>
/// <param name="Upper">Its one-sided upper bound; null where there is none. Bounds allow for every look at the results.</param>
/// <param name="State"><c>met</c>, <c>missed</c> or <c>undecided</c>.</param>
public sealed record PlanObjective(string Objective, string? Workload, string Unit, double Limit, double? Value, double? Lower, double? Upper, string State)
{
    /// <summary>A number in the unit of the objective.</summary>
    internal string Show(double value) => ObjectiveFormat.Show(Unit, value);
}

[JsonSerializable(typeof(PlanResult))]
internal sealed partial class PlanContext : JsonSerializerContext;
