namespace KubeNetSim.Tests.Engine;

/// <summary>The largest distance between what was drawn and the distribution function that it should follow.</summary>
internal static class KolmogorovSmirnov
{
    public static double Distance(double[] draws, Func<double, double> distribution)
    {
        double[] sorted = [.. draws.Order()];
        double worst = 0;
        for (int item = 0; item < sorted.Length; item++)
        {
            double expected = distribution(sorted[item]);
            worst = Math.Max(worst, Math.Max(expected - ((double)item / sorted.Length), ((double)(item + 1) / sorted.Length) - expected));
        }
        return worst;
    }

    /// <summary>A right sample is above it once in ten thousand seeds: sqrt(-ln(0.0001 / 2) / 2) over the root of the size.</summary>
    public static double Limit(int draws) => 2.2253 / Math.Sqrt(draws);
}
