using MathNet.Numerics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

/// <summary>The platform's functions are right to about one unit in the last place (2e-16), so a difference is ours.</summary>
internal sealed class ReproducibleMathTests
{
    private const int Points = 200_000;

    [TestCase(1e-300, 1e300)]
    [TestCase(0.5, 2)]
    [TestCase(1 - 1e-9, 1 + 1e-9)]
    public void The_logarithm_is_right_to_a_millionth_of_a_billionth(double from, double to)
    {
        Assert.That(Worst(Grid(from, to), ReproducibleMath.Log, Math.Log), Is.LessThan(1e-15));
    }

    [Test]
    public void The_logarithm_of_powers_of_two_and_of_one_is_right()
    {
        Assert.That(ReproducibleMath.Log(1), Is.Zero);
        for (int power = -1_000; power <= 1_000; power++)
            Assert.That(ReproducibleMath.Log(Math.ScaleB(1, power)), Is.EqualTo(power * Math.Log(2)).Within(1).Ulps);
    }

    [TestCase(-1, 1)]
    [TestCase(-40, 40)]
    [TestCase(-708, 709)]
    public void The_exponential_is_right_to_a_millionth_of_a_billionth(double from, double to)
    {
        IEnumerable<double> points = Enumerable.Range(0, Points).Select(point => from + ((to - from) * point / (Points - 1)));

        Assert.That(Worst(points, ReproducibleMath.Exp, Math.Exp), Is.LessThan(1e-15));
    }

    [TestCase(-709, 0)]
    [TestCase(-1e6, 0)]
    [TestCase(710, double.PositiveInfinity)]
    [TestCase(1e6, double.PositiveInfinity)]
    public void The_exponential_ends_where_numbers_do(double value, double expected)
    {
        Assert.That(ReproducibleMath.Exp(value), Is.EqualTo(expected));
    }

    [TestCase(2, 10, 1024)]
    [TestCase(9, 0.5, 3)]
    [TestCase(0.1, 2500, 0)]
    public void A_power_is_right(double value, double power, double expected)
    {
        Assert.That(ReproducibleMath.Pow(value, power), Is.EqualTo(expected).Within(1e-13).Percent);
    }

    // From the reference implementation of MathNet; near 1 and 2, where it is 0, the error is absolute.
    [TestCase(0.01, 0.5)]
    [TestCase(0.5, 3)]
    [TestCase(3, 200)]
    public void The_logarithm_of_the_gamma_function_is_right(double from, double to)
    {
        foreach (double value in Grid(from, to).Where((_, point) => point % 100 == 0))
        {
            double expected = SpecialFunctions.GammaLn(value);
            Assert.That(ReproducibleMath.LogGamma(value), Is.EqualTo(expected).Within(2e-14 * Math.Max(1, Math.Abs(expected))), $"{value}");
        }
    }

    private static double Worst(IEnumerable<double> points, Func<double, double> ours, Func<double, double> theirs) =>
        points.Max(point => theirs(point) == 0 ? Math.Abs(ours(point)) : Math.Abs((ours(point) / theirs(point)) - 1));

    private static IEnumerable<double> Grid(double from, double to) =>
        Enumerable.Range(0, Points).Select(point => Math.Exp(Math.Log(from) + ((Math.Log(to) - Math.Log(from)) * point / (Points - 1))));
}
