using MathNet.Numerics.Statistics;

namespace KubeNetSim.Analysis.Statistics;

/// <summary>How two means differ, and how sure that is.</summary>
/// <param name="Mean">The second mean less the first.</param>
/// <param name="Interval">Its confidence interval; null where there are too few samples to say.</param>
/// <param name="IsPaired">Whether samples were compared pair by pair, as common random numbers allow.</param>
public sealed record Difference(double Mean, ConfidenceInterval? Interval, bool IsPaired)
{
    /// <summary>Whether a difference was shown: its interval does not hold zero.</summary>
    public bool IsShown => Interval is { } interval && !interval.Contains(0);

    /// <summary>
    /// Compares pairs: the n-th samples of both used the same random numbers, so that what is common to them cancels out (Law, Simulation
    /// Modeling and Analysis, 5th edition, section 10.2.1).
    /// </summary>
    /// <param name="first">Samples of the first.</param>
    /// <param name="second">Samples of the second, one for each of the first.</param>
    /// <param name="level">Confidence, for example 0.95.</param>
    /// <exception cref="ArgumentException">There is not one sample for each, or none.</exception>
    public static Difference Paired(IReadOnlyList<double> first, IReadOnlyList<double> second, double level = 0.95)
    {
        if (first.Count == 0 || first.Count != second.Count)
            throw new ArgumentException($"Pairs are needed, not {first.Count} and {second.Count} samples.", nameof(second));
        double[] differences = [.. first.Zip(second, (one, other) => other - one)];
        return new Difference(differences.Average(), ConfidenceInterval.OfMean(differences, level), IsPaired: true);
    }

    /// <summary>
    /// Compares independent samples of possibly different variance: Welch's interval, with the degrees of freedom of Welch and Satterthwaite
    /// (Law, section 10.2.2).
    /// </summary>
    /// <param name="first">Samples of the first, at least one.</param>
    /// <param name="second">Samples of the second, at least one.</param>
    /// <param name="level">Confidence, for example 0.95.</param>
    public static Difference Welch(IReadOnlyList<double> first, IReadOnlyList<double> second, double level = 0.95)
    {
        double mean = second.Average() - first.Average();
        if (first.Count < 2 || second.Count < 2)
            return new Difference(mean, null, IsPaired: false);
        double firstPart = first.Variance() / first.Count;
        double secondPart = second.Variance() / second.Count;
        double variance = firstPart + secondPart;
        if (variance == 0)
            return new Difference(mean, new ConfidenceInterval(mean, mean), IsPaired: false);
        (double firstShare, double secondShare) = (firstPart / variance, secondPart / variance);
        double freedom = 1 / (firstShare * firstShare / (first.Count - 1) + secondShare * secondShare / (second.Count - 1));
        double half = ConfidenceInterval.Quantile(level, freedom) * Math.Sqrt(variance);
        return new Difference(mean, double.IsFinite(half) ? new ConfidenceInterval(mean - half, mean + half) : null, IsPaired: false);
    }
}
