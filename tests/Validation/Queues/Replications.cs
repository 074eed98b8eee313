using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Validation.Queues;

/// <summary>
/// Independent replications against theory: it must lie in their 99% confidence interval (Student's t), and the interval must be narrow,
/// or it would prove nothing. The seeds are fixed, so a test that passes always does.
/// </summary>
/// <typeparam name="TRun">What one replication leaves.</typeparam>
internal sealed class Replications<TRun>(Func<int, TRun> run)
{
    private const int Count = 25;
    private const double Confidence = 0.99;

    private readonly TRun[] _runs = [.. Enumerable.Range(0, Count).Select(run)];

    /// <summary>Asserts that theory and measurement agree.</summary>
    /// <param name="what">What is measured.</param>
    /// <param name="measure">Its estimate from one replication.</param>
    /// <param name="theory">Its true value.</param>
    /// <param name="within">The half width that the interval may have, relative to the true value.</param>
    public void Agree(string what, Func<TRun, double> measure, double theory, double within)
    {
        double[] estimates = [.. _runs.Select(measure)];
        double mean = estimates.Mean();
        double half = StudentT.InvCDF(0, 1, Count - 1, (1 + Confidence) / 2) * estimates.StandardDeviation() / Math.Sqrt(Count);

        Assert.That(theory, Is.InRange(mean - half, mean + half), $"{what}: theory against the interval");
        Assert.That(half, Is.LessThan(within * theory), $"{what}: the interval is too wide to prove anything");
    }
}
