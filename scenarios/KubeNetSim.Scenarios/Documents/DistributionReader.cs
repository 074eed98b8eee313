using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Documents;

/// <summary>Reads a distribution of durations: <c>{lognormal: {mean: 4ms, cv: 0.5}}</c>, or <c>5ms</c> for always that long.</summary>
internal static class DistributionReader
{
    private const double MostNs = 86_400e9;

    private static readonly IReadOnlyDictionary<string, DistributionKind> Kinds = Words.Lower<DistributionKind>();

    /// <summary>The distribution of a field; null where it is missing or wrong.</summary>
    public static DistributionSpec? Read(Fields fields, string key)
    {
        if (fields.Ask(key) is ScalarNode)
            return fields.Duration(key, 0, MostNs) is { } always ? DistributionSpec.Constant(always) : null;
        if (fields.Mapping(key) is not { } holder)
            return null;
        KeyValuePair<ScalarNode, ManifestNode>[] entries = [.. holder.Node.Entries];
        if (entries.Length != 1 || !Kinds.TryGetValue(entries[0].Key.Text, out DistributionKind kind))
        {
            string given = entries.Length == 1 ? $", and not \"{entries[0].Key.Text}\"" : "";
            fields.Error("unknown-value", key, $"This must name exactly one distribution{given}", $"one of {string.Join(", ", Kinds.Keys)}, for example {{exponential: {{mean: 5ms}}}}");
            return null;
        }
        string name = entries[0].Key.Text;
        if (entries[0].Value is ScalarNode && kind is DistributionKind.Constant or DistributionKind.Exponential)
            return holder.Duration(name, 0, MostNs) is { } mean ? Of(kind, mean, null) : null;
        return holder.Mapping(name) is { } parameters ? Parameters(kind, parameters) : null;
    }

    private static DistributionSpec? Parameters(DistributionKind kind, Fields parameters)
    {
        if (kind == DistributionKind.Empirical)
            return Empirical(parameters);
        double? mean = parameters.Duration("mean", 0, MostNs);
        if (!parameters.Has("mean"))
            parameters.Error("required-field", "mean", "The field \"mean\" is required", "mean: 5ms");
        bool fixedCv = kind is DistributionKind.Constant or DistributionKind.Exponential;
        double? cv = fixedCv ? null : parameters.Number("cv", 0.02, 50);
        if (!fixedCv && !parameters.Has("cv"))
            parameters.Error("required-field", "cv", "The field \"cv\" is required: standard deviation over mean", "cv: 0.5");
        parameters.Close();
        return mean is { } value ? Of(kind, value, cv) : null;
    }

    private static DistributionSpec Of(DistributionKind kind, double mean, double? cv) =>
        new(kind, mean, cv ?? (kind == DistributionKind.Exponential ? 1 : 0), []);

    private static DistributionSpec? Empirical(Fields parameters)
    {
        ImmutableArray<double>.Builder values = ImmutableArray.CreateBuilder<double>();
        foreach ((ScalarNode scalar, string path) in parameters.Values("values"))
        {
            if (Quantities.TryParseDuration(scalar.Text, out double value) && value <= MostNs)
                values.Add(value);
            else
                parameters.Problems.Add(new Problem(Severity.Error, "wrong-type", scalar.Position, path, $"\"{scalar.Text}\" is no duration between 0 and 1d, such as 4ms"));
        }
        parameters.Close();
        if (values.Count > 0)
            return new DistributionSpec(DistributionKind.Empirical, values.Average(), 0, values.ToImmutable());
        if (parameters.Ask("values") is null or SequenceNode { Items.Count: 0 })
            parameters.Error("required-field", "values", "An empirical distribution needs values", "values: [1ms, 2ms, 5ms]");
        return null;
    }
}
