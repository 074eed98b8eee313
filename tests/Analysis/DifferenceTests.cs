using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class DifferenceTests
{
    // Law, Simulation Modeling and Analysis, 5th edition, example 10.2: two inventory policies, five replications each.
    private static readonly double[] LawsFirst = [126.97, 124.31, 126.68, 122.66, 127.23];
    private static readonly double[] LawsSecond = [118.21, 120.22, 122.45, 122.68, 119.40];

    // Student's own data ("The probable error of a mean", 1908): extra hours of sleep under two soporifics, ten patients. Published results
    // (R's t.test): paired difference 1.58, interval 0.70 to 2.46; Welch interval -0.205 to 3.365 with 17.776 degrees of freedom.
    private static readonly double[] SleepFirst = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] SleepSecond = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];

    [Test]
    public void Students_sleep_data_compared_in_pairs_give_the_published_interval()
    {
        Difference difference = Difference.Paired(SleepFirst, SleepSecond);

        Assert.That(difference.Mean, Is.EqualTo(1.58).Within(1e-9));
        Assert.That(difference.Interval!.Value.Lower, Is.EqualTo(0.7001).Within(0.0001));
        Assert.That(difference.Interval!.Value.Upper, Is.EqualTo(2.4599).Within(0.0001));
        Assert.That(difference.IsShown, Is.True);
    }

    [Test]
    public void Students_sleep_data_taken_as_independent_show_no_difference()
    {
        Difference difference = Difference.Welch(SleepFirst, SleepSecond);

        Assert.That(difference.Interval!.Value.Lower, Is.EqualTo(-0.2055).Within(0.0001));
        Assert.That(difference.Interval!.Value.Upper, Is.EqualTo(3.3655).Within(0.0001));
        Assert.That(difference.IsShown, Is.False);
    }

    [Test]
    public void Laws_inventory_policies_compared_in_pairs_give_the_textbooks_interval()
    {
        ConfidenceInterval interval = Difference.Paired(LawsSecond, LawsFirst, level: 0.90).Interval!.Value;

        Assert.That(interval.Lower, Is.EqualTo(1.65).Within(0.02));
        Assert.That(interval.Upper, Is.EqualTo(8.31).Within(0.02));
    }

    [Test]
    public void One_replication_each_shows_nothing()
    {
        Difference difference = Difference.Welch([1], [100]);

        Assert.That(difference.Interval, Is.Null);
        Assert.That(difference.IsShown, Is.False);
    }

    [Test]
    public void Unequal_numbers_are_no_pairs() => Assert.That(() => Difference.Paired([1, 2], [1]), Throws.ArgumentException);
}
