using System.Numerics;
using System.Runtime.CompilerServices;

namespace KubeNetSim.DataPlane.Modes.Iptables;

/// <summary>
/// The order in which one sync wrote its rules. kube-proxy walks a Go map, so each sync on each node puts them in another random
/// order (pkg/proxy/iptables/proxier.go). The place of any rule is computed from a key, without storing the list: that of a short list by
/// sorting random numbers, that of a longer one by a Feistel network over the next even number of bits, walked until it falls inside the
/// list (Black and Rogaway, "Ciphers with Arbitrary Finite Domains", CT-RSA 2002).
/// </summary>
internal readonly struct DispatchOrder
{
    // With 8 rounds the orders of the longer lists pass for random ones: by place, by pairs of places, by the mean place of half the rules.
    // With 6 the shortest of them do not.
    private const int Rounds = 8;
    private const int LongestShortList = 16;

    private readonly ulong _key;
    private readonly RoundFunctions _functions;

    /// <param name="key">Names the sync.</param>
    public DispatchOrder(ulong key)
    {
        _key = key;
        for (int round = 0; round < Rounds; round++)
            _functions[round] = SplitMix64.At(key, round);
    }

    /// <summary>The place (0 is first) of rule <paramref name="number"/> in a list of <paramref name="length"/> rules.</summary>
    public int PlaceOf(int number, int length)
    {
        if (length <= LongestShortList)
            return PlaceInShortList(number, length);
        int halfBits = (BitOperations.Log2((uint)(length - 1)) / 2) + 1;
        uint place = (uint)number;
        do
            place = Permute(place, halfBits);
        while (place >= (uint)length);
        return (int)place;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int PlaceInShortList(int number, int length)
    {
        ulong own = SplitMix64.At(_key, number);
        int place = 0;
        for (int other = 0; other < length; other++)
            if (SplitMix64.At(_key, other) < own)
                place++;
        return place;
    }

    // Two rounds at a time, so that the halves need not change sides.
    private uint Permute(uint value, int halfBits)
    {
        uint left = value >> halfBits;
        uint right = value & ((1u << halfBits) - 1);
        for (int round = 0; round < Rounds; round += 2)
        {
            left ^= Hash(_functions[round], right, halfBits);
            right ^= Hash(_functions[round + 1], left, halfBits);
        }
        return (left << halfBits) | right;
    }

    // Multiply, add and shift, 16 bits to at most 16 (Dietzfelbinger, "Universal Hashing and k-wise Independent Random Variables via
    // Integer Arithmetic without Primes", STACS 1996).
    private static uint Hash(ulong function, uint half, int bits) => (((uint)function * half) + (uint)(function >> 32)) >> (32 - bits);

    [InlineArray(Rounds)]
    private struct RoundFunctions
    {
        private ulong _first;
    }
}
