using System.Runtime.CompilerServices;

namespace KubeNetSim.Engine.Random;

/// <summary>
/// Draws from the exponential distribution with mean 1 by the ziggurat method (Marsaglia and Tsang, J. Stat. Software 5(8), 2000): the
/// density is covered by 256 layers of equal area, and 99 of 100 draws need one random number, one product and one comparison. Several
/// times as fast as a logarithm, and as exact.
/// </summary>
internal static class Ziggurat
{
    private const int Layers = 256;

    /// <summary>Where the tail begins, and the area of each layer, for 256 layers (table 1 there is for these two numbers).</summary>
    private const double TailFrom = 7.69711747013104972;
    private const double Area = 3.949659822581557e-3;

    private const double Unit = 1.0 / (1UL << 53);

    // How far each layer reaches; the first includes the tail, so it reaches further than the point where the tail begins. The last is 0.
    private static readonly double[] Reach = ReachOfLayers();

    // The density there.
    private static readonly double[] Density = [.. Reach.Select(x => ReproducibleMath.Exp(-x))];

    /// <summary>An exponential number of mean 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Exponential(RandomStream stream)
    {
        ulong bits = stream.NextUInt64();
        int layer = (int)(bits % Layers);
        double x = (bits >> 11) * Unit * Reach[layer];
        return x < Reach[layer + 1] ? x : AtTheEdge(stream, layer, x);
    }

    // The number lies where its layer is cut by the density, or in the tail, which looks like the whole (an exponential forgets its age).
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static double AtTheEdge(RandomStream stream, int layer, double x)
    {
        if (layer == 0)
            return TailFrom + Exponential(stream);
        double height = Density[layer] + (stream.NextDouble() * (Density[layer + 1] - Density[layer]));
        return height < ReproducibleMath.Exp(-x) ? x : Exponential(stream);
    }

    private static double[] ReachOfLayers()
    {
        double[] reach = new double[Layers + 1];
        reach[0] = Area / ReproducibleMath.Exp(-TailFrom);
        reach[1] = TailFrom;
        for (int layer = 2; layer < Layers; layer++)
            reach[layer] = -ReproducibleMath.Log(ReproducibleMath.Exp(-reach[layer - 1]) + (Area / reach[layer - 1]));
        return reach;
    }
}
