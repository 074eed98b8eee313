using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace KubeNetSim.Measurements.Results;

/// <summary>Reads and writes results.json.</summary>
public static class RunResultsFile
{
    private static readonly ResultsContext Json = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        // Arrows and micro signs stay readable; the file is not put into a page as it is.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });

    /// <summary>The text of results.json. The time that the run took is left out, so that the text depends on scenario and seed alone.</summary>
    public static string ToJson(RunResults results) =>
        JsonSerializer.Serialize(results with { WallSeconds = null }, Json.RunResults) + "\n";

    /// <summary>Reads the text of a results.json.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says what is wrong and where.</exception>
    public static RunResults FromJson(string text, string name)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Json.RunResults) ?? throw new InvalidDataException($"{name}:1:1: the file holds no results");
        }
        catch (JsonException error)
        {
            string what = error.Message.Split(" Path:")[0].TrimEnd('.');
            throw new InvalidDataException($"{name}:{(error.LineNumber ?? 0) + 1}:{(error.BytePositionInLine ?? 0) + 1}: {error.Path}: this is no results.json: {what}", error);
        }
    }
}

[JsonSerializable(typeof(RunResults))]
internal sealed partial class ResultsContext : JsonSerializerContext;
