using System.Numerics;

namespace KubeNetSim.Simulation.Network;

/// <summary>The legs of a path by distance: a multiset packed into 15 bits, since every request in flight carries one.</summary>
internal struct Legs : IEquatable<Legs>
{
    /// <summary>Distances that exist.</summary>
    public const int Distances = 5;

    private const int BitsEach = 3;
    private const int Most = (1 << BitsEach) - 1;

    private ushort _counts;

    /// <summary>How many legs of this distance; at most 7 are counted, more than any path has.</summary>
    public readonly int Count(Distance distance) => (_counts >> (BitsEach * (int)distance)) & Most;

    /// <summary>Whether it has none.</summary>
    public readonly bool IsEmpty => _counts == 0;

    /// <summary>The shortest distance that occurs; there is one.</summary>
    public readonly Distance Shortest => (Distance)(BitOperations.TrailingZeroCount((uint)_counts) / BitsEach);

    /// <summary>The legs of other distances.</summary>
    public readonly Legs Without(Distance distance) => new() { _counts = (ushort)(_counts & ~(Most << (BitsEach * (int)distance))) };

    /// <summary>Adds one leg.</summary>
    public void Add(Distance distance)
    {
        if (Count(distance) < Most)
            _counts += (ushort)(1 << (BitsEach * (int)distance));
    }

    /// <summary>The most legs from one machine to another that can be counted: the other distances than a node's own.</summary>
    public const int MostBetweenMachines = (Distances - 1) * Most;

    /// <summary>Adds the legs of another path.</summary>
    public void Add(Legs further)
    {
        for (Distance distance = 0; (int)distance < Distances; distance++)
            for (int count = further.Count(distance); count > 0; count--)
                Add(distance);
    }

    /// <summary>Legs that lead from one machine to another.</summary>
    public readonly int BetweenMachines =>
        Count(Distance.SameZone) + Count(Distance.CrossZone) + Count(Distance.CrossRegion) + Count(Distance.Internet);

    /// <summary>The legs that remain after those of the beginning of the path.</summary>
    public readonly Legs After(Legs beginning) => new() { _counts = (ushort)(_counts - beginning._counts) };

    public readonly bool Equals(Legs other) => _counts == other._counts;

    public override readonly bool Equals(object? obj) => obj is Legs other && Equals(other);

    public override readonly int GetHashCode() => _counts;
}
