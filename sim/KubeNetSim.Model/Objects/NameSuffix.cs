namespace KubeNetSim.Model.Objects;

/// <summary>The letters that Kubernetes ends generated names with, here from what the name is for, so that they stay the same.</summary>
internal static class NameSuffix
{
    // k8s.io/apimachinery pkg/util/rand: no vowels and nothing that looks like another letter.
    private const string Letters = "bcdfghjklmnpqrstvwxz2456789";

    // k8s.io/apiserver pkg/storage/names: names are made from at most 58 letters of what comes before, a hyphen included, and five drawn.
    private const int MaxPrefix = 58;
    private const int GeneratedLength = 5;

    /// <summary>A name as the API server makes it from <c>generateName: PREFIX-</c>.</summary>
    public static string Generate(string prefix, string text, int number)
    {
        string start = $"{prefix}-";
        return string.Concat(start.AsSpan(0, Math.Min(start.Length, MaxPrefix)), Of(text, number, GeneratedLength));
    }

    /// <summary>So many letters for this text and number.</summary>
    public static string Of(string text, int number, int length)
    {
        // FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923), then a finalizer so that neighbours look different.
        ulong hash = 14_695_981_039_346_656_037;
        foreach (char letter in text)
            hash = (hash ^ letter) * 1_099_511_628_211;
        hash = (hash ^ (uint)number) * 1_099_511_628_211;
        hash = (hash ^ (hash >> 30)) * 0xBF58476D1CE4E5B9;
        hash = (hash ^ (hash >> 27)) * 0x94D049BB133111EB;
        hash ^= hash >> 31;
        Span<char> suffix = stackalloc char[length];
        for (int place = 0; place < length; place++)
        {
            suffix[place] = Letters[(int)(hash % (uint)Letters.Length)];
            hash /= (uint)Letters.Length;
        }
        return new string(suffix);
    }
}
