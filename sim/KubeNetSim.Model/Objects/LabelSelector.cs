using System.Collections.Immutable;

namespace KubeNetSim.Model.Objects;

/// <summary>One expression of a selector: <c>key In (values)</c> and its kin.</summary>
/// <param name="Key">The label's key.</param>
/// <param name="Operator">What must hold.</param>
/// <param name="Values">For In and NotIn: the values; for Gt and Lt (node selectors only): one number.</param>
public sealed record LabelRequirement(string Key, LabelOperator Operator, ImmutableArray<string> Values);

/// <summary>The operators of a <see cref="LabelRequirement"/>.</summary>
public enum LabelOperator
{
    /// <summary>The value is one of the values.</summary>
    In,

    /// <summary>The label is absent or its value is none of the values.</summary>
    NotIn,

    /// <summary>The label is present.</summary>
    Exists,

    /// <summary>The label is absent.</summary>
    DoesNotExist,

    /// <summary>The value is a number greater than the given one (node selectors only).</summary>
    Gt,

    /// <summary>The value is a number less than the given one (node selectors only).</summary>
    Lt,
}

/// <summary>
/// Selects objects by their labels; all requirements must hold. An empty selector matches everything
/// (k8s.io/apimachinery pkg/labels); a Service without a selector has <c>null</c> instead.
/// </summary>
public sealed record LabelSelector
{
    /// <summary>What must hold, every one of them.</summary>
    public ImmutableArray<LabelRequirement> Requirements { get; init; } = [];

    /// <summary>A selector for exact values.</summary>
    public static LabelSelector Exactly(IEnumerable<KeyValuePair<string, string>> labels) => new()
    {
        Requirements = [.. labels.OrderBy(label => label.Key, StringComparer.Ordinal)
            .Select(label => new LabelRequirement(label.Key, LabelOperator.In, [label.Value]))],
    };

    /// <summary>Whether all requirements hold for these labels.</summary>
    public bool Matches(IReadOnlyDictionary<string, string> labels)
    {
        foreach (LabelRequirement requirement in Requirements)
            if (!Holds(requirement, labels))
                return false;
        return true;
    }

    /// <summary>As <c>kubectl get -l</c> writes it.</summary>
    public override string ToString() => string.Join(",", Requirements.Select(Describe));

    private static bool Holds(LabelRequirement requirement, IReadOnlyDictionary<string, string> labels)
    {
        bool present = labels.TryGetValue(requirement.Key, out string? value);
        return requirement.Operator switch
        {
            LabelOperator.In => present && requirement.Values.Contains(value!),
            LabelOperator.NotIn => !present || !requirement.Values.Contains(value!),
            LabelOperator.Exists => present,
            LabelOperator.DoesNotExist => !present,
            LabelOperator.Gt => present && Number(value!) is { } number && number > Number(requirement.Values[0]),
            _ => present && Number(value!) is { } number && number < Number(requirement.Values[0]),
        };
    }

    private static long? Number(string text) =>
        long.TryParse(text, System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture,
            out long number)
            ? number : null;

    private static string Describe(LabelRequirement requirement) => requirement.Operator switch
    {
        LabelOperator.In when requirement.Values.Length == 1 => $"{requirement.Key}={requirement.Values[0]}",
        LabelOperator.In => $"{requirement.Key} in ({string.Join(",", requirement.Values)})",
        LabelOperator.NotIn => $"{requirement.Key} notin ({string.Join(",", requirement.Values)})",
        LabelOperator.Exists => requirement.Key,
        LabelOperator.DoesNotExist => $"!{requirement.Key}",
        LabelOperator.Gt => $"{requirement.Key}>{requirement.Values[0]}",
        _ => $"{requirement.Key}<{requirement.Values[0]}",
    };
}
