using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace KubeNetSim.Experiments.Notations;

/// <summary>
/// Writes JSON as YAML. Both formats of a command come from one document, so that they cannot say different things. Strings that
/// YAML would take for a number, a boolean or null are quoted.
/// </summary>
public static partial class YamlText
{
    /// <summary>The same document in YAML, ending in a line break.</summary>
    public static string FromJson(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        using StringWriter text = new(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(NodeOf(document.RootElement))).Save(text, assignAnchors: false);
        // YamlStream closes a document with an end marker that nobody needs after the only one.
        string written = text.ToString();
        return written.EndsWith("...\n", StringComparison.Ordinal) ? written[..^4] : written;
    }

    private static YamlNode NodeOf(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new YamlMappingNode(element.EnumerateObject()
            .Select(property => KeyValuePair.Create<YamlNode, YamlNode>(StringNode(property.Name), NodeOf(property.Value)))),
        JsonValueKind.Array => new YamlSequenceNode(element.EnumerateArray().Select(NodeOf)),
        JsonValueKind.String => StringNode(element.GetString()!),
        _ => new YamlScalarNode(element.GetRawText()),
    };

    private static YamlScalarNode StringNode(string text) =>
        new(text) { Style = IsPlainString(text) ? ScalarStyle.Any : ScalarStyle.DoubleQuoted };

    // YAML 1.1 readers, Kubernetes' among them, take numbers, dates, booleans, null and the two signs of a mapping for something else than a
    // string; an address is none of these, and is written as kubectl writes it.
    // A text with line breaks or hidden characters is quoted, so that it stays in its line and can be escaped.
    private static bool IsPlainString(string text) =>
        !ForeignText.IsHidden(text) && !text.Contains("##", StringComparison.Ordinal) &&
        text.Length > 0 && text[0] is not ('~' or '=' or '<') && (!NumberPattern().IsMatch(text) || AddressPattern().IsMatch(text))
        && text.ToUpperInvariant() is not ("TRUE" or "FALSE" or "YES" or "NO" or "ON" or "OFF" or "Y" or "N" or "NULL" or ".INF" or "+.INF" or "-.INF" or ".NAN");

    [GeneratedRegex("^[-+.0-9][-+.0-9_:a-fA-FoxXtTzZ ]*$", RegexOptions.CultureInvariant)]
    private static partial Regex NumberPattern();

    [GeneratedRegex("^[0-9]+(?:\\.[0-9]+){3}(?:/[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex AddressPattern();
}
