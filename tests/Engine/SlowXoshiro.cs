using System.Numerics;

namespace KubeNetSim.Tests.Engine;

/// <summary>xoshiro256++ and SplitMix64 as their authors write them (prng.di.unimi.it), in arbitrary precision with the modulus said.</summary>
internal sealed class SlowXoshiro(params ulong[] state)
{
    private static readonly BigInteger Modulus = BigInteger.One << 64;

    public ulong Next()
    {
        ulong[] s = state;
        ulong result = Add(Rotate(Add(s[0], s[3]), 23), s[0]);
        ulong shifted = s[1] << 17;
        s[2] ^= s[0];
        s[3] ^= s[1];
        s[1] ^= s[2];
        s[0] ^= s[3];
        s[2] ^= shifted;
        s[3] = Rotate(s[3], 45);
        return result;
    }

    public static ulong SplitMix(ref ulong state)
    {
        state = Add(state, 0x9E3779B97F4A7C15);
        ulong z = state;
        z = Multiply(z ^ (z >> 30), 0xBF58476D1CE4E5B9);
        z = Multiply(z ^ (z >> 27), 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>The stream of a name, as the names are defined: each part is mixed into the key of the parts before it.</summary>
    public static SlowXoshiro Named(ulong seed, int replication, string entity, string purpose)
    {
        ulong key = Mix(seed ^ 0x6A09E667F3BCC909);
        key = Mix(key ^ (ulong)replication);
        foreach (string text in (string[])[entity, purpose])
        {
            foreach (char letter in text)
                key = Mix(key ^ letter);
            key = Mix(key ^ ((ulong)text.Length << 32));
        }
        return new SlowXoshiro(SplitMix(ref key), SplitMix(ref key), SplitMix(ref key), SplitMix(ref key));
    }

    private static ulong Mix(ulong value) => SplitMix(ref value);

    private static ulong Add(ulong one, ulong other) => (ulong)(((BigInteger)one + other) % Modulus);

    private static ulong Multiply(ulong one, ulong other) => (ulong)((BigInteger)one * other % Modulus);

    private static ulong Rotate(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
