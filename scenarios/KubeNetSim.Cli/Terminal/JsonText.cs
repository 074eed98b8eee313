using System.Text.Encodings.Web;
using System.Text.Json;

namespace KubeNetSim.Cli.Terminal;

/// <summary>How JSON is written everywhere: names as in other people's scripts, indented, letters as they are.</summary>
internal static class JsonText
{
    public static JsonSerializerOptions Indented { get; } = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
