using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>The same documents in JSON, by another way than the reader's own.</summary>
internal static class YamlAsJson
{
    /// <summary>Each document of a text, as JSON.</summary>
    public static IEnumerable<string> Documents(string yaml)
    {
        YamlStream stream = [];
        stream.Load(new StringReader(yaml));
        return stream.Documents.Select(document => JsonOf(document.RootNode)!.ToJsonString());
    }

    private static JsonNode? JsonOf(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(mapping.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, JsonOf(child.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(JsonOf)]),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when long.TryParse(scalar.Value, out long number) => JsonValue.Create(number),
        YamlScalarNode { Style: ScalarStyle.Plain } scalar when bool.TryParse(scalar.Value, out bool value) => JsonValue.Create(value),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => throw new NotSupportedException(node.NodeType.ToString()),
    };
}
