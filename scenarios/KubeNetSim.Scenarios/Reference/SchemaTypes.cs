using System.Globalization;
using System.Text.Json.Nodes;

namespace KubeNetSim.Scenarios.Reference;

/// <summary>The JSON Schema of a value, by its unit and range in the tables of docs/. It may take more than the reader does, never less.</summary>
internal static class SchemaTypes
{
    /// <summary>Schemas that others refer to.</summary>
    public static JsonObject Definitions() => new()
    {
        ["duration"] = AnyOf(Pattern(@"^([0-9]+(\.[0-9]+)?(ns|us|µs|μs|ms|s|m|h|d))+$|^0$", "A duration such as 4ms, 1.5s or 1h30m."), new JsonObject { ["const"] = 0 }),
        ["quantity"] = AnyOf(Of("number"), Pattern(@"^[+-]?[0-9]*\.?[0-9]*([eE][+-]?[0-9]+)?([numkMGTPE]|[KMGTPE]i)?$", "A quantity such as 500m, 2 or 512Mi.")),
        ["rate"] = Pattern(@"^[^/]+/ *(ns|us|µs|μs|ms|s|m|h|d) *$", "A rate such as 500/s or 30/m."),
        ["bandwidth"] = Pattern("bps$", "A bandwidth such as 10Gbps."),
        ["share"] = AnyOf(Of("number"), Pattern(@"^[0-9]*\.?[0-9]*( *%)?$", "A share such as 2% or 0.02.")),
        // Kubernetes' strings are written without quotes where they look like a number.
        ["text"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean") },
        ["labels"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("string", "number", "boolean", "null") } },
        ["distribution"] = AnyOf(Ref("duration"), new JsonObject
        {
            ["type"] = "object",
            ["minProperties"] = 1,
            ["maxProperties"] = 1,
            ["additionalProperties"] = false,
            ["properties"] = new JsonObject
            {
                ["constant"] = AnyOf(Ref("duration"), Parameters("mean")),
                ["exponential"] = AnyOf(Ref("duration"), Parameters("mean")),
                ["lognormal"] = Parameters("mean", "cv"),
                ["gamma"] = Parameters("mean", "cv"),
                ["weibull"] = Parameters("mean", "cv"),
                ["pareto"] = Parameters("mean", "cv"),
                ["empirical"] = new JsonObject
                {
                    ["type"] = "object",
                    ["required"] = new JsonArray("values"),
                    ["additionalProperties"] = false,
                    ["properties"] = new JsonObject { ["values"] = List(Ref("duration")) },
                },
            },
        }),
    };

    /// <summary>The schema of one value; null where the unit says only that there are fields below it.</summary>
    public static JsonObject? Of(DocumentField field) => field.Unit switch
    {
        "duration" or "quantity" or "rate" or "bandwidth" or "share" or "labels" or "distribution" => Ref(field.Unit),
        "bytes" or "cores" => Ref("quantity"),
        "mapping" or "selector" or "counts" or "shares" or "fields" => Of("object"),
        "boolean" => Of("boolean"),
        "count" => Bounded("integer", field.Range),
        "number" or "money" or "gigabytes" => Bounded("number", field.Range),
        "word" => new JsonObject { ["enum"] = new JsonArray([.. Words(field.Range)]) },
        "source" or "URL" => Words(field.Range) is { Length: > 0 } && field.Unit == "source" ? new JsonObject { ["enum"] = new JsonArray("internet", "nodes") } : Ref("text"),
        "paths" => AnyOf(Ref("text"), List(Ref("text"))),
        "names" => AnyOf(Ref("text"), List(Ref("text"))),
        "blocks" or "durations" or "objectives" => List(Ref("text")),
        _ when field.Unit.StartsWith("list of ", StringComparison.Ordinal) => Of("array"),
        "text" or "name" or "key" or "value" or "block" or "day" or "address" or "field" or "path" => Ref("text"),
        _ => null,
    };

    /// <summary>A schema that refers to a definition.</summary>
    public static JsonObject Ref(string definition) => new() { ["$ref"] = $"#/$defs/{definition}" };

    /// <summary>A list of what another schema describes.</summary>
    public static JsonObject List(JsonNode items) => new() { ["type"] = "array", ["items"] = items };

    /// <summary>What at least one of several schemas takes.</summary>
    public static JsonObject AnyOf(params JsonNode?[] schemas) => new() { ["anyOf"] = new JsonArray(schemas) };

    private static JsonObject Of(string type) => new() { ["type"] = type };

    private static JsonObject Pattern(string pattern, string description) => new() { ["type"] = "string", ["pattern"] = pattern, ["description"] = description };

    private static JsonNode?[] Words(string range) => [.. range.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(word => JsonValue.Create(word))];

    private static JsonObject Bounded(string type, string range)
    {
        JsonObject schema = Of(type);
        string[] ends = range.Split(" to ");
        if (ends.Length == 2 && decimal.TryParse(ends[0], CultureInfo.InvariantCulture, out decimal least) && decimal.TryParse(ends[1], CultureInfo.InvariantCulture, out decimal most))
            (schema["minimum"], schema["maximum"]) = (least, most);
        return schema;
    }

    private static JsonObject Parameters(params string[] names) => new()
    {
        ["type"] = "object",
        ["required"] = new JsonArray([.. names.Select(name => JsonValue.Create(name))]),
        ["additionalProperties"] = false,
        ["properties"] = new JsonObject(names.Select(name => KeyValuePair.Create(name, (JsonNode?)(name == "cv" ? new JsonObject { ["type"] = "number", ["minimum"] = 0.02, ["maximum"] = 50 } : Ref("duration"))))),
    };
}
