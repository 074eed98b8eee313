using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class FormatTests
{
    [TestCase(0, "0")]
    [TestCase(0.000002, "2.00ns")]
    [TestCase(0.0123456, "12.3µs")]
    [TestCase(0.9997, "1.00ms")]
    [TestCase(4.057, "4.06ms")]
    [TestCase(1234.5, "1.23s")]
    [TestCase(123456, "123s")]
    public void Durations_carry_three_digits_and_the_unit_that_fits(double milliseconds, string expected) =>
        Assert.That(Format.Duration(milliseconds), Is.EqualTo(expected));

    [TestCase(1000, "1s")]
    [TestCase(1.5, "1.5ms")]
    [TestCase(0.02, "20µs")]
    [TestCase(0.0005, "500ns")]
    public void Round_durations_have_no_needless_zeros(double milliseconds, string expected) =>
        Assert.That(Format.RoundDuration(milliseconds), Is.EqualTo(expected));

    [TestCase(0, "0%")]
    [TestCase(0.0004, "<0.1%")]
    [TestCase(0.335, "34%")]
    [TestCase(0.9997, ">99.9%")]
    [TestCase(1, "100%")]
    public void A_share_close_to_nothing_or_all_is_not_rounded_to_it(double share, string expected) =>
        Assert.That(Format.Share(share), Is.EqualTo(expected));

    [TestCase(0, "0")]
    [TestCase(0.005234, "0.00523")]
    [TestCase(0.0117, "0.0117")]
    [TestCase(1.25, "1.25")]
    [TestCase(42.36, "42.4")]
    [TestCase(3263, "3,263")]
    [TestCase(0.00000012, "1.20e-7")]
    [TestCase(-0.5, "-0.500")]
    public void A_number_of_any_size_keeps_three_digits_that_matter(double value, string expected) =>
        Assert.That(Format.Significant(value), Is.EqualTo(expected));
}
