using System.Numerics;
using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Random;

/// <summary>
/// Random numbers of one purpose: xoshiro256++ (Blackman and Vigna, ACM TOMS 47(4), 2021). A stream is named by seed, replication, entity
/// and purpose, so that changing one part of a model does not shift the draws of another. The same on every machine.
/// </summary>
public sealed class RandomStream
{
    private const double Unit = 1.0 / (1UL << 53);

    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;
    private double _spareNormal = double.NaN;

    private RandomStream(ulong key)
    {
        _s0 = SplitMix(ref key);
        _s1 = SplitMix(ref key);
        _s2 = SplitMix(ref key);
        _s3 = SplitMix(ref key);
    }

    /// <summary>The stream with this name.</summary>
    /// <param name="seed">Seed of the run.</param>
    /// <param name="replication">Number of the replication.</param>
    /// <param name="entity">Who draws, for example a workload.</param>
    /// <param name="purpose">What for, for example arrivals.</param>
    public static RandomStream Create(ulong seed, int replication, string entity, string purpose)
    {
        ulong key = Mix(seed ^ 0x6A09E667F3BCC909);
        key = Mix(key ^ (ulong)replication);
        key = Hash(key, entity);
        key = Hash(key, purpose);
        return new RandomStream(key);
    }

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>Uniform on [0, 1), a multiple of 2^-53.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * Unit;

    /// <summary>Uniform on (0, 1], so that it has a logarithm.</summary>
    public double NextDoubleOpen() => ((NextUInt64() >> 11) + 1) * Unit;

    /// <summary>Uniform on 0 to <paramref name="bound"/> - 1, without bias (Lemire, ACM TOMACS 29(1), 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int NextInt(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bound, 1);
        ulong product = (ulong)(uint)(NextUInt64() >> 32) * (uint)bound;
        return (uint)product < (uint)bound ? WithoutBias(product, (uint)bound) : (int)(product >> 32);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int WithoutBias(ulong product, uint range)
    {
        uint threshold = (0u - range) % range;
        while ((uint)product < threshold)
            product = (ulong)(uint)(NextUInt64() >> 32) * range;
        return (int)(product >> 32);
    }

    /// <summary>Exponential with mean 1.</summary>
    public double NextExponential() => Ziggurat.Exponential(this);

    /// <summary>Normal with mean 0 and variance 1 (Marsaglia's polar method).</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        while (true)
        {
            double x = (2 * NextDouble()) - 1;
            double y = (2 * NextDouble()) - 1;
            double square = (x * x) + (y * y);
            if (square is >= 1 or 0)
                continue;
            double scale = Math.Sqrt(-2 * ReproducibleMath.Log(square) / square);
            _spareNormal = y * scale;
            return x * scale;
        }
    }

    private static ulong Hash(ulong key, string text)
    {
        foreach (char letter in text)
            key = Mix(key ^ letter);
        return Mix(key ^ ((ulong)text.Length << 32));
    }

    private static ulong SplitMix(ref ulong state) => Finish(state += 0x9E3779B97F4A7C15);

    private static ulong Mix(ulong value) => Finish(value + 0x9E3779B97F4A7C15);

    // SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
