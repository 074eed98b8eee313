namespace KubeNetSim.DataPlane.Packets;

/// <summary>The base32 alphabet of RFC 4648, which .NET does not bring along.</summary>
internal static class Base32
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <summary>As many whole characters as the bytes give, without padding.</summary>
    public static string Of(ReadOnlySpan<byte> bytes)
    {
        char[] text = new char[bytes.Length * 8 / 5];
        for (int i = 0; i < text.Length; i++)
        {
            int bit = i * 5;
            int window = (bytes[bit / 8] << 8) | ((bit / 8) + 1 < bytes.Length ? bytes[(bit / 8) + 1] : 0);
            text[i] = Alphabet[(window >> (11 - (bit % 8))) & 31];
        }
        return new string(text);
    }
}
