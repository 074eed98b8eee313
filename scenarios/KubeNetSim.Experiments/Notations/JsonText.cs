using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeNetSim.Experiments.Notations;

/// <summary>How JSON is written everywhere: names as in other people's scripts, indented, letters as they are.</summary>
public static class JsonText
{
    /// <summary>Indented, names in camel case.</summary>
    public static JsonSerializerOptions Indented { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
