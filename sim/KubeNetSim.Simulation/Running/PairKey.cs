namespace KubeNetSim.Simulation;

/// <summary>Two small numbers as the key of a dictionary.</summary>
/// <param name="First">One.</param>
/// <param name="Second">The other.</param>
internal readonly record struct PairKey(int First, int Second)
{
    // Fibonacci hashing (Knuth, TAOCP 3, 6.4): pairs in a grid, which is what nodes and Services make, would otherwise collide in heaps.
    public override int GetHashCode() => (int)(((((ulong)(uint)First << 32) | (uint)Second) * 0x9E3779B97F4A7C15) >> 32);
}
