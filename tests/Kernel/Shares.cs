using MathNet.Numerics.Distributions;

namespace KubeNetSim.Tests.Kernel;

/// <summary>Pearson's chi-square test of counts that should be equal up to chance.</summary>
internal static class Shares
{
    // A run makes fewer than 1,000 of these tests: less than one sound run in 100,000 fails because of chance.
    private const double Significance = 1e-8;

    public static bool AreEqual(IEnumerable<int> counts)
    {
        int[] seen = [.. counts];
        double expected = seen.Average();
        double distance = seen.Sum(count => (count - expected) * (count - expected) / expected);
        return distance <= ChiSquared.InvCDF(seen.Length - 1, 1 - Significance);
    }
}
