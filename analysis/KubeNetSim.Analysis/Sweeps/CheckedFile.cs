using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace KubeNetSim.Analysis.Sweeps;

/// <summary>
/// Files of resume state. Each carries the hash of the inputs that it was made from and a checksum of its content, so that a file that was damaged, edited or
/// copied from elsewhere is not taken for a result.
/// </summary>
internal sealed class CheckedFile
{
    private readonly ConcurrentDictionary<string, bool> _damaged = new(StringComparer.Ordinal);

    /// <summary>Files that were there and did not verify, in ordinal order.</summary>
    public IReadOnlyList<string> Damaged => [.. _damaged.Keys.Order(StringComparer.Ordinal)];

    /// <summary>The content of a file; null where there is none, or where it does not verify.</summary>
    /// <param name="path">The file.</param>
    /// <param name="inputs">Hash of the inputs.</param>
    /// <param name="type">Its type.</param>
    public T? Read<T>(string path, string inputs, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = document.RootElement;
            string content = root.GetProperty("content").GetRawText();
            if (root.GetProperty("inputs").GetString() == inputs && root.GetProperty("sha256").GetString() == HashOf(inputs, content)
                && JsonSerializer.Deserialize(content, type) is { } value)
                return value;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
        }
        _damaged.TryAdd(path, true);
        return null;
    }

    /// <summary>Writes a file.</summary>
    /// <inheritdoc cref="Read{T}"/>
    /// <param name="path">The file.</param>
    /// <param name="inputs">Hash of the inputs.</param>
    /// <param name="value">Its content.</param>
    /// <param name="type">Its type.</param>
    public static void Write<T>(string path, string inputs, T value, JsonTypeInfo<T> type)
        where T : class
    {
        string content = JsonSerializer.Serialize(value, type);
        WholeFile.Write(path, $"{{\"inputs\":\"{inputs}\",\"sha256\":\"{HashOf(inputs, content)}\",\"content\":{content}}}\n");
    }

    private static string HashOf(string inputs, string content) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{inputs}\n{content}")));
}
