using MathNet.Numerics.Distributions;

namespace KubeNetSim.Analysis;

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
    /// <returns>The interval; null for fewer than two samples, which say nothing of their spread.</returns>
    public static ConfidenceInterval? OfMean(IReadOnlyList<double> samples, double level = 0.95)
    {
        if (samples.Count < 2)
            return null;
        double mean = samples.Average();
        double variance = samples.Sum(sample => (sample - mean) * (sample - mean)) / (samples.Count - 1);
        double half = Quantile(level, samples.Count - 1) * Math.Sqrt(variance / samples.Count);
        return new ConfidenceInterval(mean - half, mean + half);
    }

    /// <summary>Half of its width.</summary>
    public double Half => (Upper - Lower) / 2;

    /// <summary>The same interval in a unit that is this many times as large.</summary>
    internal ConfidenceInterval In(double unit) => new(Lower / unit, Upper / unit);

    /// <summary>Whether a value lies inside, ends included.</summary>
    public bool Contains(double value) => Lower <= value && value <= Upper;

    /// <summary>The two-sided quantile t(1 - α/2) of Student's distribution for a confidence of 1 - α.</summary>
    internal static double Quantile(double level, double degreesOfFreedom) =>
        StudentT.InvCDF(location: 0, scale: 1, degreesOfFreedom, (1 + level) / 2);
}
