namespace KubeNetSim.Scenarios;

/// <summary>Guesses what a misspelled word was meant to be.</summary>
internal static class Spelling
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

    // Levenshtein's distance, one row at a time.
    private static int Distance(string a, string b)
    {
        if (Math.Abs(a.Length - b.Length) > 8 || a.Length > 64)
            return int.MaxValue;
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[^1];
    }
}
