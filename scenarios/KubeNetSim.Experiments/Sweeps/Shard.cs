using System.Globalization;

namespace KubeNetSim.Experiments.Sweeps;

/// <summary>A share of a sweep's points.</summary>
/// <param name="Number">Number of the share, from 1.</param>
/// <param name="Count">Number of shares.</param>
public sealed record Shard(int Number, int Count)
{
    /// <summary>The largest number of shares.</summary>
    public const int Most = 100_000;

    /// <summary>The share that a text such as <c>1/4</c> names; null if it names none.</summary>
    public static Shard? Parse(string text)
    {
        string[] parts = text.Split('/');
        return parts.Length == 2 && Read(parts[0]) is { } number && Read(parts[1]) is { } count && number >= 1 && number <= count && count <= Most
            ? new Shard(number, count)
            : null;
    }

    private static int? Read(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
