namespace KubeNetSim.Model.Problems;

/// <summary>Guesses what a misspelled word was meant to be.</summary>
public static class Spelling
{
    /// <summary>The nearest of the candidates, where one is near enough to be meant; otherwise null.</summary>
    public static string? Nearest(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        int least = Math.Max(1, word.Length / 3) + 1;
        foreach (string candidate in candidates)
        {
            // A word that was only not finished is near, however much is missing.
            bool isBeginning = word.Length >= 3 && candidate.StartsWith(word, StringComparison.OrdinalIgnoreCase);
            int distance = isBeginning ? 1 : Distance(word.ToUpperInvariant(), candidate.ToUpperInvariant());
            if (distance < least)
                (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary><c>did you mean "x"?</c>, or what there is, or nothing.</summary>
    public static string? Help(string word, IReadOnlyCollection<string> candidates) =>
        Nearest(word, candidates) is { } meant ? $"did you mean \"{meant}\"?"
        : candidates.Count is > 0 and <= 12 ? $"one of {string.Join(", ", candidates)}"
        : null;

    // Levenshtein's distance, two letters in the wrong order counting as one mistake (optimal string alignment).
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 64)
            return int.MaxValue;
        int[,] distances = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
            for (int j = 0; j <= b.Length; j++)
            {
                distances[i, j] = i == 0 ? j : j == 0 ? i
                    : Math.Min(distances[i - 1, j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1),
                        1 + Math.Min(distances[i - 1, j], distances[i, j - 1]));
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    distances[i, j] = Math.Min(distances[i, j], distances[i - 2, j - 2] + 1);
            }
        return distances[a.Length, b.Length];
    }
}
