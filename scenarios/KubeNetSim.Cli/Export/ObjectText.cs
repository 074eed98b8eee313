using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace KubeNetSim.Cli.Export;

/// <summary>API objects as text: a <c>kind: List</c>, as <c>kubectl get -o yaml</c> prints several objects.</summary>
internal static class ObjectText
{
    // Not escaped for HTML: people read it.
    private static readonly JsonSerializerOptions Readable = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>The list in JSON.</summary>
    public static string ListAsJson(IEnumerable<IKubernetesObject<V1ObjectMeta>> objects)
    {
        JsonObject list = new()
        {
            ["apiVersion"] = "v1",
            ["kind"] = "List",
            ["metadata"] = new JsonObject { ["resourceVersion"] = "" },
            ["items"] = new JsonArray(objects.Select(item => JsonNode.Parse(KubernetesJson.Serialize(item))).ToArray()),
        };
        return list.ToJsonString(Readable);
    }
}
