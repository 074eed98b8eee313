using MathNet.Numerics;

namespace KubeNetSim.Analysis.Statistics;

/// <summary>A confidence interval of a mean.</summary>
/// <param name="Lower">Lower end.</param>
/// <param name="Upper">Upper end.</param>
public readonly record struct ConfidenceInterval(double Lower, double Upper)
{
    /// <summary>
    /// Of the mean of independent samples, such as one of each replication, by Student's t (Law, Simulation Modeling and Analysis, 4.5).
    /// </summary>
    /// <param name="samples">The samples.</param>
    /// <param name="level">Confidence, for example 0.95.</param>
    /// <returns>The interval; null for fewer than two samples, which say nothing of their spread, and where a sample is not finite.</returns>
    public static ConfidenceInterval? OfMean(IReadOnlyList<double> samples, double level = 0.95)
    {
        if (samples.Count < 2)
            return null;
        double mean = samples.Average();
        double variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Count - 1);
        double half = Quantile(level, samples.Count - 1) * Math.Sqrt(variance / samples.Count);
        return double.IsFinite(half) ? new ConfidenceInterval(mean - half, mean + half) : null;
    }

    /// <summary>Half of its width.</summary>
    public double Half => (Upper - Lower) / 2;

    /// <summary>The same interval in a unit that is this many times as large.</summary>
    internal ConfidenceInterval In(double unit) => new(Lower / unit, Upper / unit);

    /// <summary>Whether a value lies inside, ends included.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>The two-sided quantile t(1 - α/2) of Student's distribution for a confidence of 1 - α.</summary>
    /// <param name="level">The confidence; many simultaneous intervals (Bonferroni) bring it as near to 1 as they like.</param>
    /// <param name="degreesOfFreedom">Degrees of freedom, at least 1; Welch's are no whole number.</param>
    internal static double Quantile(double level, double degreesOfFreedom)
    {
        double tail = (1 - level) / 2;
        // Above the median the distribution mirrors what is below it.
        if (tail > 0.5)
            return -Quantile(-level, degreesOfFreedom);
        if (!(tail > 0))
            return double.PositiveInfinity;
        double low = 0, high = 1;
        while (UpperTail(high, degreesOfFreedom) > tail && double.IsFinite(high))
            (low, high) = (high, high * 2);
        // Halving the bracket cannot diverge, however small the tail is.
        for (double middle = high / 2 + low / 2; middle > low && middle < high; middle = high / 2 + low / 2)
            if (UpperTail(middle, degreesOfFreedom) > tail)
                low = middle;
            else
                high = middle;
        return high;
    }

    // P(T > t) by the regularized incomplete beta function (NIST DLMF 8.17; Abramowitz and Stegun 26.7.1): exact where 1 - CDF has no digits left.
    private static double UpperTail(double t, double degreesOfFreedom) =>
        SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + t * t)) / 2;
}
