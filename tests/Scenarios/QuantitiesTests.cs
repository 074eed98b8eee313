using KubeNetSim.Scenarios;
using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>Amounts are what Kubernetes and the page on scenarios say; everything near to one is none.</summary>
internal sealed class QuantitiesTests
{
    [TestCase("0", 0)]
    [TestCase("4ms", 4e6)]
    [TestCase("1.5s", 1.5e9)]
    [TestCase("1h30m", 5_400e9)]
    [TestCase("2us", 2e3)]
    [TestCase("2µs", 2e3)]
    [TestCase("7ns", 7)]
    [TestCase("30d", 2_592_000e9)]
    public void A_duration_is_a_sum_of_numbers_with_units(string text, double nanoseconds)
    {
        Assert.That(Quantities.TryParseDuration(text, out double value), Is.True);
        Assert.That(value, Is.EqualTo(nanoseconds));
    }

    [TestCase("5")]
    [TestCase("-5s")]
    [TestCase("5 s")]
    [TestCase("5sec")]
    [TestCase("s")]
    [TestCase("")]
    [TestCase("1s2")]
    [TestCase("1e3s")]
    [TestCase("NaN")]
    public void What_is_no_duration_is_refused(string text)
    {
        Assert.That(Quantities.TryParseDuration(text, out _), Is.False);
    }

    [TestCase("500/s", 500)]
    [TestCase("30/m", 0.5)]
    [TestCase("2k/s", 2_000)]
    [TestCase("1/ms", 1_000)]
    public void A_rate_is_a_number_for_each_unit_of_time(string text, double perSecond)
    {
        Assert.That(Quantities.TryParseRate(text, out double value), Is.True);
        Assert.That(value, Is.EqualTo(perSecond).Within(1e-12));
    }

    [TestCase("500")]
    [TestCase("/s")]
    [TestCase("500/")]
    [TestCase("500/x")]
    [TestCase("fast/s")]
    public void What_is_no_rate_is_refused(string text)
    {
        Assert.That(Quantities.TryParseRate(text, out _), Is.False);
    }

    // The suffixes of k8s.io/apimachinery pkg/api/resource/suffix.go.
    [TestCase("500m", 0.5)]
    [TestCase("512Mi", 536_870_912)]
    [TestCase("1e3", 1_000)]
    [TestCase("2E", 2e18)]
    [TestCase("1.5Gi", 1_610_612_736)]
    [TestCase("100n", 1e-7)]
    [TestCase("+3", 3)]
    public void A_quantity_has_the_suffixes_of_Kubernetes(string text, double amount)
    {
        Assert.That(Quantities.TryParse(text, out double value), Is.True);
        Assert.That(value, Is.EqualTo(amount).Within(1e-9).Percent);
    }

    [TestCase("512MiB")]
    [TestCase("1 Gi")]
    [TestCase("half")]
    [TestCase("1K")]
    [TestCase("")]
    [TestCase("1\n")]
    public void What_is_no_quantity_is_refused(string text)
    {
        Assert.That(Quantities.TryParse(text, out _), Is.False);
    }

    [TestCase("10Gbps", 1e10)]
    [TestCase("100Mbps", 1e8)]
    [TestCase("0bps", 0)]
    public void A_bandwidth_is_in_bits_a_second(string text, double bitsPerSecond)
    {
        Assert.That(Quantities.TryParseBandwidth(text, out double value), Is.True);
        Assert.That(value, Is.EqualTo(bitsPerSecond));
    }
}
