using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Schema;

/// <summary>Readings that several kinds share.</summary>
internal static class Words
{
    public static IReadOnlyDictionary<string, Protocol> Protocols { get; } = Of<Protocol>();

    public static IReadOnlyDictionary<string, TrafficPolicy> TrafficPolicies { get; } = Of<TrafficPolicy>();

    public static IReadOnlyDictionary<string, ServiceType> ServiceTypes { get; } = Of<ServiceType>();

    public static IReadOnlyDictionary<string, IpFamily> Families { get; } = Of<IpFamily>();

    /// <summary>The names of an enumeration, as Kubernetes spells them.</summary>
    public static IReadOnlyDictionary<string, T> Of<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value.ToString(), StringComparer.Ordinal);

    /// <summary>The names in lower case, as kube-proxy and the documents of ours spell them.</summary>
    public static IReadOnlyDictionary<string, T> Lower<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToDictionary(value => value.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>An address field; null where it is missing or none.</summary>
    public static IpAddress? Address(Fields fields, string key)
    {
        if (fields.Text(key) is not { Length: > 0 } text)
            return null;
        if (IpAddress.TryParse(text, out IpAddress address))
            return address;
        fields.Error("invalid-address", key, $"\"{text}\" is no IP address");
        return null;
    }

    /// <summary>A list of addresses.</summary>
    public static ImmutableArray<IpAddress> Addresses(Fields fields, string key)
    {
        ImmutableArray<IpAddress>.Builder addresses = ImmutableArray.CreateBuilder<IpAddress>();
        foreach ((ScalarNode scalar, string path) in fields.Values(key))
        {
            if (IpAddress.TryParse(scalar.Text, out IpAddress address))
                addresses.Add(address);
            else
                fields.Problems.Add(new Problem(Severity.Error, "invalid-address", scalar.Position, path, $"\"{scalar.Text}\" is no IP address"));
        }
        return addresses.ToImmutable();
    }

    /// <summary>A list of blocks.</summary>
    public static ImmutableArray<Cidr> Cidrs(Fields fields, string key) => Cidrs(fields, fields.Values(key));

    /// <summary>Blocks in one field: one, or several with commas between.</summary>
    public static ImmutableArray<Cidr> CidrsIn(Fields fields, string key) =>
        fields.Text(key) is { Length: > 0 } text
            ? Cidrs(fields, text.Split(',').Select(part => (new ScalarNode(fields.PositionOf(key), part, false), fields.PathOf(key))))
            : [];

    private static ImmutableArray<Cidr> Cidrs(Fields fields, IEnumerable<(ScalarNode Scalar, string Path)> texts)
    {
        ImmutableArray<Cidr>.Builder blocks = ImmutableArray.CreateBuilder<Cidr>();
        foreach ((ScalarNode scalar, string path) in texts)
        {
            if (Cidr.TryParse(scalar.Text, out Cidr block))
                blocks.Add(block);
            else
                fields.Problems.Add(new Problem(Severity.Error, "invalid-cidr", scalar.Position, path, $"\"{scalar.Text}\" is no block of addresses", "a block such as 10.0.0.0/8"));
        }
        return blocks.ToImmutable();
    }

    /// <summary>A metav1.LabelSelector: matchLabels and matchExpressions.</summary>
    public static LabelSelector Selector(Fields? fields)
    {
        if (fields is null)
            return new LabelSelector();
        LabelSelector exact = LabelSelector.Exactly(fields.Labels("matchLabels"));
        return exact with { Requirements = [.. exact.Requirements, .. Requirements(fields, "matchExpressions")] };
    }

    /// <summary>A list of requirements.</summary>
    public static IEnumerable<LabelRequirement> Requirements(Fields fields, string key)
    {
        foreach (Fields expression in fields.Mappings(key))
        {
            string label = expression.Required("key", "a label key");
            LabelOperator? operation = expression.Word("operator", Operators);
            if (operation is null && !expression.Has("operator"))
                expression.Error("required-field", "operator", "The field \"operator\" is required", string.Join(", ", Operators.Keys));
            ImmutableArray<string> values = expression.Texts("values");
            if (operation is LabelOperator.In or LabelOperator.NotIn && values.IsEmpty)
                expression.Error("required-field", "values", $"Operator {operation} needs at least one value");
            if (operation is LabelOperator.Gt or LabelOperator.Lt && values.Length != 1)
                expression.Error("required-field", "values", $"Operator {operation} needs exactly one number");
            else if (operation is { } known)
                yield return new LabelRequirement(label, known, values);
        }
    }

    private static readonly IReadOnlyDictionary<string, LabelOperator> Operators = Of<LabelOperator>();
}
