namespace KubeNetSim.DataPlane;

/// <summary>
/// The order in which one sync wrote its rules. kube-proxy walks a Go map, so each sync on each node puts them in another random
/// order (pkg/proxy/iptables/proxier.go). A keyed permutation gives the place of any rule without storing the list: a Feistel
/// network over the next even number of bits, walked until it falls inside the list (Black and Rogaway, "Ciphers with Arbitrary
/// Finite Domains", CT-RSA 2002).
/// </summary>
internal readonly record struct DispatchOrder(ulong Key)
{
    private const int Rounds = 4;

    /// <summary>The place (0 is first) of rule <paramref name="number"/> in a list of <paramref name="length"/> rules.</summary>
    public int PlaceOf(int number, int length)
    {
        int halfBits = HalfBits(length);
        uint place = (uint)number;
        do
            place = Scramble(place, halfBits);
        while (place >= (uint)length);
        return (int)place;
    }

    private static int HalfBits(int length)
    {
        int bits = 32 - System.Numerics.BitOperations.LeadingZeroCount((uint)(length - 1));
        return Math.Max(1, (bits + 1) / 2);
    }

    private uint Scramble(uint value, int halfBits)
    {
        uint mask = (1u << halfBits) - 1;
        uint left = value >> halfBits;
        uint right = value & mask;
        for (int round = 0; round < Rounds; round++)
            (left, right) = (right, left ^ (Mix(right, round) & mask));
        return (left << halfBits) | right;
    }

    // The finalizer of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
    private uint Mix(uint half, int round)
    {
        ulong z = Key + ((ulong)(round + 1) * 0x9E3779B97F4A7C15) + half;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return (uint)((z ^ (z >> 31)) >> 32);
    }
}
