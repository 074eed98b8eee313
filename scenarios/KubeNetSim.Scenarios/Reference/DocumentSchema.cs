using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace KubeNetSim.Scenarios.Reference;

/// <summary>
/// The JSON Schema (2020-12) of our documents, for editors that complete fields and mark mistakes. A document that the reader takes is always valid; a few mistakes, such as
/// a duration out of its range, only the reader finds.
/// </summary>
public static class DocumentSchema
{
    /// <summary>The name of the file that holds the schema of all kinds.</summary>
    public const string FileName = "kubenetsim.schema.json";

    private const string Draft = "https://json-schema.org/draft/2020-12/schema";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The schema of one kind, or of all: by its kind a document is taken for one of ours; Kubernetes objects are left to others.</summary>
    /// <param name="kind">The kind; null for all.</param>
    public static string Text(DocumentKind? kind = null)
    {
        JsonObject definitions = SchemaTypes.Definitions();
        foreach (DocumentKind one in DocumentCatalog.All.Where(one => kind is null || one == kind))
            definitions[one.Name] = Object(one.Document);
        JsonObject schema = new() { ["$schema"] = Draft, ["title"] = kind is null ? "Documents of KubeNetSim" : $"{kind.Name} of KubeNetSim" };
        if (kind is not null)
            schema["$ref"] = $"#/$defs/{kind.Name}";
        else
            AddKinds(schema);
        schema["$defs"] = definitions;
        return schema.ToJsonString(Indented) + "\n";
    }

    private static void AddKinds(JsonObject schema)
    {
        schema["type"] = "object";
        schema["allOf"] = new JsonArray(
        [
            .. DocumentCatalog.All.Select(kind => If(new JsonObject { ["const"] = kind.Name }, SchemaTypes.Ref(kind.Name))),
            If(null, new JsonObject { ["properties"] = new JsonObject { ["kind"] = new JsonObject { ["enum"] = new JsonArray([.. DocumentCatalog.All.Select(kind => JsonValue.Create(kind.Name))]) } } }),
        ]);
    }

    private static JsonObject If(JsonObject? kind, JsonObject then) => new()
    {
        ["if"] = new JsonObject
        {
            ["required"] = new JsonArray("apiVersion", "kind"),
            ["properties"] = new JsonObject { ["apiVersion"] = new JsonObject { ["pattern"] = "^kubenetsim\\.io/" }, ["kind"] = kind ?? [] },
        },
        ["then"] = then,
    };

    private static JsonObject Object(DocumentNode node)
    {
        JsonObject schema = new() { ["type"] = "object" };
        if (node.About.Length > 0)
            schema["description"] = node.About;
        string[] required = [.. node.Fields.Where(field => field.Field is { IsRequired: true }).Select(field => field.Name)];
        if (required.Length > 0)
            schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        schema["properties"] = new JsonObject(node.Fields.Where(field => field.Name != "*").Select(field => KeyValuePair.Create(field.Name, (JsonNode?)Value(field))));
        schema["additionalProperties"] = node.Find("*") is { } any ? Value(any) : node.Name == "metadata";
        if (node.Field is { Unit: "kind" })
            (schema["minProperties"], schema["maxProperties"]) = (1, 1);
        return schema;
    }

    // What has a unit of its own and fields below it may be either: a name, or the fields.
    private static JsonObject Value(DocumentNode node)
    {
        JsonObject? single = node.Field is { } field && !IsFields(node) ? SchemaTypes.Of(field) : null;
        JsonObject? whole = node.Fields.IsEmpty ? null : Object(node);
        if (whole is not null && node.IsList)
            whole = SchemaTypes.List(whole);
        JsonObject value = single is not null && whole is not null ? SchemaTypes.AnyOf(single, whole) : single ?? whole ?? [];
        if (node.Field is { } row)
            value["description"] = Describe(row);
        return value;
    }

    private static bool IsFields(DocumentNode node) => !node.Fields.IsEmpty && node.Field!.Unit is "mapping" or "kind";

    private static string Describe(DocumentField field) => string.Join(" ", ((string[])
    [
        field.Meaning, field.Unit is "text" or "word" or "mapping" ? "" : $"Unit: {field.Unit}.",
        field.Default.Length > 0 && !field.IsRequired ? $"Default: {field.Default}." : "", field.Range.Length > 0 && field.Unit != "word" ? $"Range: {field.Range}." : "",
    ]).Where(part => part.Length > 0));
}
