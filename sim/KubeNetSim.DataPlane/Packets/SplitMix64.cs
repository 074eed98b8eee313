namespace KubeNetSim.DataPlane.Packets;

/// <summary>The generator SplitMix64, and its mixing as a hash (Steele, Lea, Flood, OOPSLA 2014).</summary>
internal static class SplitMix64
{
    private const ulong Step = 0x9E3779B97F4A7C15;

    /// <summary>Number <paramref name="index"/> (0 is first) of the sequence that starts from a key.</summary>
    public static ulong At(ulong key, int index) => Mix(key + ((ulong)index * Step));

    /// <summary>A hash of a number.</summary>
    public static ulong Mix(ulong number)
    {
        ulong z = number + Step;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
