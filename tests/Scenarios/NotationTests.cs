using NUnit.Framework;

namespace KubeNetSim.Tests.Scenarios;

/// <summary>What values mean: YAML as kubectl reads it, and amounts with units.</summary>
internal sealed class NotationTests
{
    [TestCase("80", 80)]
    [TestCase("0x50", 80)]
    [TestCase("0120", 80)]
    [TestCase("0o120", 80)]
    [TestCase("0b1010000", 80)]
    [TestCase("8_0", 80)]
    [TestCase("80.0", 80)]
    [TestCase("8e1", 80)]
    [TestCase("+80", 80)]
    [TestCase("08", 8)]
    public void A_whole_number_is_what_kubectl_reads(string text, int port) =>
        Assert.That(Reading.Scenario(ServiceWithPort(text)).Objects.Services.Single().Ports.Single().Port, Is.EqualTo(port));

    [TestCase("80.5")]
    [TestCase("\"80\"")]
    [TestCase("80x")]
    [TestCase("0x")]
    [TestCase("99999999999999999999999")]
    [TestCase("yes")]
    public void Anything_else_is_no_port(string text) =>
        Assert.That(Reading.Of(ServiceWithPort(text)).Problems.Single().Rule, Is.EqualTo("wrong-type"));

    [TestCase("true", true)]
    [TestCase("Yes", true)]
    [TestCase("on", true)]
    [TestCase("y", true)]
    [TestCase("FALSE", false)]
    [TestCase("No", false)]
    [TestCase("off", false)]
    [TestCase("n", false)]
    public void A_boolean_is_one_of_YAML_1_1(string text, bool expected) =>
        Assert.That(Reading.Scenario($"{ServiceWithPort("80")}  publishNotReadyAddresses: {text}\n").Objects.Services.Single().PublishNotReadyAddresses, Is.EqualTo(expected));

    [TestCase("4ms", 4e6)]
    [TestCase("1.5s", 1.5e9)]
    [TestCase("1h30m", 5_400e9)]
    [TestCase("100us", 1e5)]
    [TestCase("7µs", 7e3)]
    [TestCase("3ns", 3)]
    [TestCase("2d", 172_800e9)]
    [TestCase("0", 0)]
    public void A_duration_has_units(string text, double nanoseconds)
    {
        Assert.That(Notation.TryParseDuration(text, out double read), Is.True);
        Assert.That(read, Is.EqualTo(nanoseconds));
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("5 s")]
    [TestCase("s")]
    [TestCase("-1s")]
    [TestCase("1s junk")]
    [TestCase("1s\n")]
    [TestCase("1e9s")]
    public void Anything_else_is_no_duration(string text) => Assert.That(Notation.TryParseDuration(text, out _), Is.False);

    [TestCase("500m", 0.5)]
    [TestCase("2", 2)]
    [TestCase("1.5Gi", 1.5 * (1L << 30))]
    [TestCase("512Mi", 512 << 20)]
    [TestCase("1e3", 1_000)]
    [TestCase("1E", 1e18)]
    [TestCase(".5k", 500)]
    [TestCase("100u", 1e-4)]
    public void A_quantity_is_that_of_Kubernetes(string text, double value)
    {
        Assert.That(Quantities.TryParse(text, out double read), Is.True);
        Assert.That(read, Is.EqualTo(value).Within(1e-12).Percent);
    }

    [TestCase("500/s", 500)]
    [TestCase("30/m", 0.5)]
    [TestCase("2k/s", 2_000)]
    [TestCase("1/ms", 1_000)]
    public void A_rate_has_a_unit_of_time(string text, double perSecond)
    {
        Assert.That(Quantities.TryParseRate(text, out double read), Is.True);
        Assert.That(read, Is.EqualTo(perSecond).Within(1e-12).Percent);
    }

    [TestCase("10Gbps", 1e10)]
    [TestCase("100Mbps", 1e8)]
    public void A_bandwidth_counts_bits(string text, double bitsPerSecond)
    {
        Assert.That(Quantities.TryParseBandwidth(text, out double read), Is.True);
        Assert.That(read, Is.EqualTo(bitsPerSecond));
    }

    [TestCase("http://web.shop/", "http://web.shop:80/")]
    [TestCase("https://web.shop", "https://web.shop:443/")]
    [TestCase("http://web.shop:8080/a?b=c", "http://web.shop:8080/a?b=c")]
    [TestCase("tcp://[fd00::1]:53", "tcp://[fd00::1]:53/")]
    [TestCase("web.shop:9000", "tcp://web.shop:9000/")]
    public void A_target_is_a_URL_or_a_host_and_a_port(string text, string expected)
    {
        Assert.That(Notation.TryParseTarget(text, out WorkloadTarget.Url? url, out string why), Is.True, why);
        Assert.That(url!.ToString(), Is.EqualTo(expected));
    }

    private static string ServiceWithPort(string port) =>
        $"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  ports:\n  - port: {port}\n";
}
