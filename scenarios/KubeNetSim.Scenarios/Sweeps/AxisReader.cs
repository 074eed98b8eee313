using System.Globalization;

namespace KubeNetSim.Scenarios.Sweeps;

/// <summary>An axis as written: its values, and the fields that each sets.</summary>
/// <param name="Name">Name.</param>
/// <param name="Values">Names of the values, and what they set.</param>
internal sealed record AxisDocument(string Name, IReadOnlyList<(string Name, IReadOnlyList<FieldOverride> Overrides)> Values)
{
    /// <summary>Whether all values are numbers.</summary>
    public bool IsNumeric => Values.All(value => double.TryParse(value.Name, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
}

/// <summary>Reads an axis: a field with values, a range or a logarithmic range; or named variants that set several fields.</summary>
internal static class AxisReader
{
    private const int MostValues = 100_000;

    private static readonly string[] Ways = ["values", "range", "logRange"];

    public static AxisDocument? Read(Fields fields)
    {
        string? field = fields.Text("field");
        string? name = fields.Text("name") ?? field;
        List<(string, IReadOnlyList<FieldOverride>)> values = [];
        if (field is not null)
        {
            foreach (ManifestNode value in Values(fields))
                values.Add((NodeText.Of(value), [new FieldOverride(field, value)]));
        }
        else
        {
            foreach (Fields variant in fields.Mappings("variants"))
                values.Add(Variant(variant));
            if (!fields.Has("variants"))
                fields.Error("required-field", "field", "An axis needs a field, or variants", "field: cluster.backgroundServices");
            else if (name is null)
                fields.Error("required-field", "name", "An axis with variants needs a name", "name: size");
        }
        fields.Close(field is null ? Ways : []);
        // What is wrong with a range is told already.
        if (values.Count == 0 && field is not null && !fields.Has("range") && !fields.Has("logRange"))
            fields.Error("required-field", "values", "An axis needs values", "values: [10, 100, 1000], range: {from: 1, to: 9, step: 2} or logRange: {from: 10, to: 10000, points: 4}");
        if (values.GroupBy(value => value.Item1).FirstOrDefault(same => same.Skip(1).Any()) is { } twice)
            fields.Error("duplicate-value", field is null ? "variants" : Ways.First(fields.Has), $"The value {twice.Key} stands on the axis twice");
        return name is null || values.Count == 0 ? null : new AxisDocument(name, values);
    }

    private static IEnumerable<ManifestNode> Values(Fields fields)
    {
        IReadOnlyList<ManifestNode> listed = fields.List("values");
        string[] ways = [.. Ways.Where(fields.Has)];
        if (ways.Length > 1)
            fields.Error("conflicting-fields", ways[1], $"An axis has {ways[0]} or {ways[1]}, not both", "make two axes of it");
        if (fields.Mapping("range") is { } range)
            return Range(range);
        if (fields.Mapping("logRange") is { } logRange)
            return LogRange(logRange);
        return listed;
    }

    private static (string, IReadOnlyList<FieldOverride>) Variant(Fields variant)
    {
        string name = variant.Required("name", "name: small");
        List<FieldOverride> overrides = [];
        if (variant.Mapping("set") is { } set)
            foreach ((ScalarNode key, ManifestNode value) in set.Node.Entries)
                overrides.Add(new FieldOverride(key.Text, value));
        else if (!variant.Has("set"))
            variant.Error("required-field", "set", "A variant must set at least one field", "set: {cluster.nodes: 3}");
        variant.Close();
        return (name, overrides);
    }

    private static IEnumerable<ManifestNode> Range(Fields range)
    {
        double? from = Bound(range, "from");
        double? to = Bound(range, "to");
        double step = range.Number("step", 1e-9, 1e15) ?? 1;
        range.Close();
        if (from is null || to is null)
            return [];
        double count = Math.Floor(((to.Value - from.Value) / step) + 1e-9) + 1;
        if (count is >= 1 and <= MostValues)
            return [.. Enumerable.Range(0, (int)count).Select(index => Number(range, from.Value + (index * step)))];
        range.Error("out-of-range", "step", $"The range has {Math.Max(0, count):0} values; 1 to {MostValues} are possible");
        return [];
    }

    private static IEnumerable<ManifestNode> LogRange(Fields range)
    {
        double? from = Bound(range, "from");
        double? to = Bound(range, "to");
        long points = range.Integer("points", 2, MostValues) ?? 2;
        range.Close();
        if (from is null || to is null)
            return [];
        if (from <= 0 || to <= 0)
        {
            range.Error("out-of-range", from <= 0 ? "from" : "to", "A logarithmic range needs numbers above 0");
            return [];
        }
        double ratio = Math.Log(to.Value / from.Value) / (points - 1);
        // Whole numbers stay whole numbers: most fields count something.
        bool whole = from % 1 == 0 && to % 1 == 0;
        return
        [
            .. Enumerable.Range(0, (int)points)
                .Select(index => index == points - 1 ? to.Value : from.Value * Math.Exp(index * ratio))
                .Select(value => whole ? Math.Round(value) : value).Distinct().Select(value => Number(range, value)),
        ];
    }

    private static double? Bound(Fields range, string key)
    {
        if (!range.Has(key))
            range.Error("required-field", key, $"The field \"{key}\" is required", $"{key}: 10");
        return range.Number(key, -1e15, 1e15);
    }

    private static ScalarNode Number(Fields range, double value) =>
        new(range.Node.Position, value.ToString(value % 1 == 0 ? "0" : "0.######", CultureInfo.InvariantCulture), true);
}
