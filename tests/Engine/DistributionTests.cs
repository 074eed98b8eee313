using MathNet.Numerics.Statistics;
using NUnit.Framework;
using Theory = MathNet.Numerics.Distributions;

namespace KubeNetSim.Tests.Engine;

internal sealed class DistributionTests
{
    private const int Draws = 100_000;
    private const double Mean = 1e9;

    public sealed record Shape(string Name, Distribution Distribution, double Cv, Func<double, double> Cumulative)
    {
        public override string ToString() => Name;
    }

    // Theory is MathNet's, in units of the mean.
    private static IEnumerable<Shape> Shapes()
    {
        yield return new("exponential", Distribution.Exponential(Mean), 1, x => Theory.Exponential.CDF(1, x));
        foreach (double cv in (double[])[0.1, 0.5, 1, 2])
        {
            double variance = Math.Log(1 + (cv * cv));
            double shape = 1 / (cv * cv);
            double power = WeibullShape(cv);
            double tail = 1 + Math.Sqrt(1 + (1 / (cv * cv)));
            yield return new($"lognormal {cv}", Distribution.Lognormal(Mean, cv), cv, x => Theory.LogNormal.CDF(-variance / 2, Math.Sqrt(variance), x));
            yield return new($"gamma {cv}", Distribution.Gamma(Mean, cv), cv, x => Theory.Gamma.CDF(shape, shape, x));
            yield return new(
                $"Weibull {cv}", Distribution.Weibull(Mean, cv), cv,
                x => Theory.Weibull.CDF(power, 1 / MathNet.Numerics.SpecialFunctions.Gamma(1 + (1 / power)), x));
            yield return new($"Pareto {cv}", Distribution.Pareto(Mean, cv), cv, x => Theory.Pareto.CDF((tail - 1) / tail, tail, x));
        }
    }

    private static IEnumerable<Shape> LightShapes() =>
        Shapes().Where(shape => shape.Cv <= 1 && !shape.Name.StartsWith("Pareto", StringComparison.Ordinal));

    [TestCaseSource(nameof(Shapes))]
    public void Draws_follow_the_distribution_function(Shape shape)
    {
        Assert.That(KolmogorovSmirnov.Distance(Draw(shape.Distribution), shape.Cumulative), Is.LessThan(KolmogorovSmirnov.Limit(Draws)));
    }

    [TestCaseSource(nameof(Shapes))]
    public void The_mean_is_the_one_asked_for(Shape shape)
    {
        Assert.That(shape.Distribution.Mean, Is.EqualTo(Mean));
        Assert.That(Draw(shape.Distribution).Mean(), Is.EqualTo(1).Within(4 * shape.Cv / Math.Sqrt(Draws)));
    }

    // A sample's deviation is only worth comparing where the fourth moment exists and is not huge.
    [TestCaseSource(nameof(LightShapes))]
    public void The_coefficient_of_variation_is_the_one_asked_for(Shape shape)
    {
        double[] draws = Draw(shape.Distribution);

        Assert.That(draws.StandardDeviation() / draws.Mean(), Is.EqualTo(shape.Cv).Within(3).Percent);
    }

    // Shapes of 1/100 and less, whose powers of uniform numbers leave the range of doubles.
    [TestCase(10)]
    [TestCase(50)]
    public void A_gamma_with_a_large_coefficient_of_variation_has_its_mean_and_no_negative_draw(double cv)
    {
        double[] draws = Draw(Distribution.Gamma(Mean, cv));

        Assert.That(draws.Min(), Is.Zero);
        Assert.That(draws.Mean(), Is.EqualTo(1).Within(4 * cv / Math.Sqrt(Draws)));
    }

    [Test]
    public void A_gamma_and_a_Weibull_with_the_variation_of_an_exponential_are_one()
    {
        foreach (Distribution distribution in (Distribution[])[Distribution.Gamma(Mean, 1), Distribution.Weibull(Mean, 1)])
            Assert.That(
                KolmogorovSmirnov.Distance(Draw(distribution), x => Theory.Exponential.CDF(1, x)), Is.LessThan(KolmogorovSmirnov.Limit(Draws)));
    }

    [Test]
    public void What_does_not_vary_is_the_mean()
    {
        Distribution[] distributions =
        [
            Distribution.Constant(4.6), Distribution.Lognormal(4.6, 0), Distribution.Gamma(4.6, 0), Distribution.Weibull(4.6, 0),
            Distribution.Pareto(4.6, 0), Distribution.Empirical([4.6]),
        ];
        RandomStream stream = RandomStream.Create(1, 0, "constant", "test");

        Assert.That(distributions.Select(distribution => distribution.Next(stream)), Has.All.EqualTo(5));
    }

    [Test]
    public void An_empirical_distribution_draws_each_value_alike()
    {
        Distribution distribution = Distribution.Empirical([10, 20, 20, 50]);
        RandomStream stream = RandomStream.Create(1, 0, "empirical", "test");
        ILookup<long, int> counts = Enumerable.Range(0, Draws).ToLookup(_ => distribution.Next(stream));

        Assert.That(distribution.Mean, Is.EqualTo(25));
        Assert.That(counts.Select(group => group.Key), Is.EquivalentTo([10L, 20L, 50L]));
        Assert.That(counts[20].Count(), Is.EqualTo(Draws / 2).Within(4 * Math.Sqrt(Draws) / 2));
        Assert.That(counts[10].Count(), Is.EqualTo(Draws / 4).Within(4 * Math.Sqrt(Draws * 3.0 / 16)));
    }

    // Recorded once: whoever changes these changes the result of every scenario.
    [Test]
    public void The_draws_of_a_distribution_never_change()
    {
        Assert.That(FirstFour(Distribution.Exponential(5e6)), Is.EqualTo((long[])[5_148_551, 14_337_423, 6_191_615, 7_603_669]));
        Assert.That(FirstFour(Distribution.Lognormal(5e6, 0.5)), Is.EqualTo((long[])[8_183_084, 4_016_792, 6_921_641, 8_048_180]));
        Assert.That(FirstFour(Distribution.Gamma(5e6, 0.5)), Is.EqualTo((long[])[8_377_104, 4_060_470, 9_521_930, 2_316_060]));
        Assert.That(FirstFour(Distribution.Gamma(5e6, 2)), Is.EqualTo((long[])[14_883_511, 322_852, 653_672, 486_187]));
        Assert.That(FirstFour(Distribution.Weibull(5e6, 0.5)), Is.EqualTo((long[])[5_724_522, 9_319_790, 6_249_807, 6_891_673]));
        Assert.That(FirstFour(Distribution.Pareto(5e6, 0.5)), Is.EqualTo((long[])[4_749_293, 8_380_431, 5_065_540, 5_527_471]));
    }

    [Test]
    public void Wrong_parameters_are_refused()
    {
        Action[] wrong =
        [
            () => Distribution.Constant(-1), () => Distribution.Exponential(double.NaN), () => Distribution.Gamma(1, -0.1),
            () => Distribution.Weibull(1, 51), () => Distribution.Weibull(1, 0.01), () => Distribution.Lognormal(double.PositiveInfinity, 1),
        ];

        foreach (Action construction in wrong)
            Assert.That(construction, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Distribution.Empirical([]), Throws.ArgumentException);
        Assert.That(() => Distribution.Empirical([1, -1]), Throws.ArgumentException);
    }

    private static long[] FirstFour(Distribution distribution)
    {
        RandomStream stream = RandomStream.Create(42, 0, "backend/echo", "service");
        return [.. Enumerable.Range(0, 4).Select(_ => distribution.Next(stream))];
    }

    // In units of the mean.
    private static double[] Draw(Distribution distribution)
    {
        RandomStream stream = RandomStream.Create(1, 0, "distribution", "test");
        return [.. Enumerable.Range(0, Draws).Select(_ => distribution.Next(stream) / Mean)];
    }

    private static double WeibullShape(double cv) => MathNet.Numerics.RootFinding.Brent.FindRoot(
        shape => (MathNet.Numerics.SpecialFunctions.Gamma(1 + (2 / shape)) / Math.Pow(MathNet.Numerics.SpecialFunctions.Gamma(1 + (1 / shape)), 2)) - 1 - (cv * cv),
        0.3, 20);
}
