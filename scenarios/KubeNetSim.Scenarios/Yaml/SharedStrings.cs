namespace KubeNetSim.Scenarios.Yaml;

/// <summary>
/// Gives one string for equal texts that stand near each other, as keys, labels and namespaces do in manifests: a cluster of many pods says
/// the same words a million times. Takes no more memory however much is read.
/// </summary>
internal sealed class SharedStrings
{
    private const int Places = 1 << 14;
    private const int LongestShared = 64;

    private readonly string?[] _strings = new string?[Places];

    /// <summary>The string for a text; the text itself where no equal one was given lately.</summary>
    public string Share(string text)
    {
        if (text.Length > LongestShared)
            return text;
        ref string? place = ref PlaceOf(text);
        if (place == text)
            return place;
        return place = text;
    }

    /// <inheritdoc cref="Share(string)"/>
    public string Share(ReadOnlySpan<char> text)
    {
        if (text.Length > LongestShared)
            return text.ToString();
        ref string? place = ref PlaceOf(text);
        if (place is not null && text.SequenceEqual(place))
            return place;
        return place = text.ToString();
    }

    private ref string? PlaceOf(ReadOnlySpan<char> text) => ref _strings[string.GetHashCode(text) & (Places - 1)];
}
