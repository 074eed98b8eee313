using System.Collections.Immutable;

namespace KubeNetSim.Scenarios.Schema;

/// <summary>Reads fields that hold one word, or several, of a fixed set. Another word is reported with the nearest that is known.</summary>
internal static class FieldWords
{
    /// <summary>One of some words; null where it is missing or wrong.</summary>
    public static T? Word<T>(this Fields fields, string key, IReadOnlyDictionary<string, T> words)
        where T : struct
    {
        if (fields.Text(key) is not { } text)
            return null;
        if (words.TryGetValue(text, out T value))
            return value;
        Unknown(fields, (ScalarNode)fields.Node.Find(key)!, fields.PathOf(key), words.Keys);
        return null;
    }

    /// <summary>One of some words as it stands; null where it is missing or wrong.</summary>
    public static string? Word(this Fields fields, string key, params string[] words)
    {
        if (fields.Text(key) is not { } text || words.Contains(text, StringComparer.Ordinal))
            return fields.Node.Find(key) is ScalarNode scalar ? scalar.Text : null;
        Unknown(fields, (ScalarNode)fields.Node.Find(key)!, fields.PathOf(key), words);
        return null;
    }

    /// <summary>Some of some words.</summary>
    public static ImmutableArray<T> WordList<T>(this Fields fields, string key, IReadOnlyDictionary<string, T> words)
    {
        ImmutableArray<T>.Builder list = ImmutableArray.CreateBuilder<T>();
        foreach ((ScalarNode scalar, string itemPath) in fields.Values(key))
        {
            if (words.TryGetValue(scalar.Text, out T? value))
                list.Add(value);
            else
                Unknown(fields, scalar, itemPath, words.Keys);
        }
        return list.ToImmutable();
    }

    private static void Unknown(Fields fields, ScalarNode scalar, string wordPath, IEnumerable<string> words) =>
        fields.Problems.Add(new Problem(Severity.Error, "unknown-value", scalar.Position, wordPath, $"\"{scalar.Text}\" is not one of {string.Join(", ", words)}",
            Spelling.Nearest(scalar.Text, words) is { } near ? $"did you mean \"{near}\"?" : null));
}
