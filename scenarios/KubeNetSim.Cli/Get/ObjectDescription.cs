using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using k8s.Models;

namespace KubeNetSim.Cli.Get;

/// <summary>
/// An object field by field and its events, in the format of kubectl's describer of any kind (k8s.io/kubectl pkg/describe, genericDescriber); a Service also with the
/// endpoints that it leads to.
/// </summary>
internal static partial class ObjectDescription
{
    public static void Write(TextWriter output, ListedObject listed, Cluster cluster, bool isFirst)
    {
        IKubernetesObject<V1ObjectMeta> exported = listed.Export();
        JsonObject whole = (JsonObject)JsonNode.Parse(KubernetesJson.Serialize(exported))!;
        JsonObject metadata = whole["metadata"] as JsonObject ?? [];
        if (!isFirst)
            output.WriteLine("\n");
        output.WriteLine($"Name:         {listed.Meta.Name}");
        if (listed.Meta.Namespace.Length > 0)
            output.WriteLine($"Namespace:    {listed.Meta.Namespace}");
        Pairs(output, "Labels:       ", metadata["labels"] as JsonObject);
        Pairs(output, "Annotations:  ", metadata["annotations"] as JsonObject);
        output.WriteLine($"API Version:  {exported.ApiVersion}\nKind:         {exported.Kind}");
        foreach ((string key, JsonNode? value) in whole.Where(field => field.Key is not ("apiVersion" or "kind" or "metadata") && field.Value is not null))
            Fields(output, key, value!, "");
        if (exported.Kind == "Service")
            Endpoints(output, cluster, listed.Meta);
        Events(output, cluster, exported.Kind, listed.Meta);
    }

    private static void Pairs(TextWriter output, string heading, JsonObject? pairs)
    {
        string[] written = pairs is { Count: > 0 } ? [.. pairs.Select(pair => $"{pair.Key}={pair.Value}")] : [ListedKind.None];
        output.WriteLine(heading + string.Join($"\n{new string(' ', heading.Length)}", written));
    }

    private static void Fields(TextWriter output, string key, JsonNode value, string indent)
    {
        string name = Words().Replace(char.ToUpperInvariant(key[0]) + key[1..], " $1").Trim();
        switch (value)
        {
            case JsonObject mapping:
                output.WriteLine($"{indent}{name}:");
                foreach ((string inner, JsonNode? item) in mapping.Where(field => field.Value is not null))
                    Fields(output, inner, item!, indent + "  ");
                break;
            case JsonArray list when list.All(item => item is JsonValue):
                output.WriteLine($"{indent}{name}:  {string.Join(", ", list.Select(item => item!.ToString()))}");
                break;
            case JsonArray list:
                output.WriteLine($"{indent}{name}:");
                foreach (JsonObject item in list.OfType<JsonObject>())
                {
                    foreach ((string inner, JsonNode? part) in item.Where(field => field.Value is not null))
                        Fields(output, inner, part!, indent + "  ");
                    if (item != list[^1])
                        output.WriteLine($"{indent}  --");
                }
                break;
            default:
                output.WriteLine($"{indent}{name}:  {value}");
                break;
        }
    }

    private static void Endpoints(TextWriter output, Cluster cluster, ObjectMeta service)
    {
        ListedObject? endpoints = EndpointsListing.Kind.Objects(cluster, false).FirstOrDefault(item => item.Meta.FullName == service.FullName);
        output.WriteLine($"Endpoints:  {endpoints?.Cells[0] ?? ListedKind.None}");
    }

    private static void Events(TextWriter output, Cluster cluster, string kind, ObjectMeta meta)
    {
        ClusterEvent[] events = [.. cluster.Events.Where(item => item.Kind == kind && item.Namespace == meta.Namespace && item.Name == meta.Name)];
        if (events.Length == 0)
        {
            output.WriteLine($"Events:     {ListedKind.None}");
            return;
        }
        output.WriteLine("Events:");
        TextTable table = new("  Type", "Reason", "Message");
        foreach (ClusterEvent item in events)
            table.Add($"  {(item.IsWarning ? "Warning" : "Normal")}", item.Reason, item.Message);
        table.Write(output);
    }

    [GeneratedRegex("(?<=[a-z])([A-Z])")]
    private static partial Regex Words();
}
