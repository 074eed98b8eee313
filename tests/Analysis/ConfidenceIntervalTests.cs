using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class ConfidenceIntervalTests
{
    // Law, Simulation Modeling and Analysis, 5th edition, example 4.26: ten observations, 1.34 ± 0.24 at 90%.
    private static readonly double[] LawsObservations = [1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09];

    [Test]
    public void The_interval_of_a_textbook_sample_is_the_textbooks()
    {
        ConfidenceInterval interval = ConfidenceInterval.OfMean(LawsObservations, level: 0.90)!.Value;

        Assert.That((interval.Lower + interval.Upper) / 2, Is.EqualTo(1.34).Within(0.005));
        Assert.That(interval.Half, Is.EqualTo(0.24).Within(0.005));
    }

    [TestCase(1, 12.706, Description = "Student's t, two-sided 95%, NIST Engineering Statistics Handbook 1.3.6.7.2")]
    [TestCase(4, 2.776)]
    [TestCase(9, 2.262)]
    [TestCase(29, 2.045)]
    public void Students_quantiles_are_those_of_the_tables(int degreesOfFreedom, double expected) =>
        Assert.That(ConfidenceInterval.Quantile(0.95, degreesOfFreedom), Is.EqualTo(expected).Within(0.0005));

    [Test]
    public void Quantiles_with_one_degree_of_freedom_follow_the_tangent_however_many_intervals_hold_at_once([Values(1, 13, 500, 1_000_000)] int intervals)
    {
        // With one degree of freedom Student's t is Cauchy's distribution, whose quantile is a tangent; Bonferroni over n intervals at 99% each.
        double alpha = 0.01 / intervals;

        Assert.That(ConfidenceInterval.Quantile(1 - alpha, 1), Is.EqualTo(1 / Math.Tan(Math.PI * alpha / 2)).Within(1e-6).Percent);
    }

    [Test]
    public void Samples_that_are_not_finite_have_no_interval() => Assert.That(ConfidenceInterval.OfMean([1, double.NaN]), Is.Null);

    [Test]
    public void A_single_sample_has_no_interval() => Assert.That(ConfidenceInterval.OfMean([3.5]), Is.Null);

    [Test]
    public void An_interval_holds_its_ends_and_nothing_outside()
    {
        var interval = new ConfidenceInterval(-1, 2);

        Assert.That(new[] { -1.0, 0, 2 }, Has.All.Matches<double>(interval.Contains));
        Assert.That(new[] { -1.001, 2.001 }, Has.None.Matches<double>(interval.Contains));
    }
}
