using MathNet.Numerics.Statistics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

internal sealed class ArrivalProcessTests
{
    private const long Second = Nanoseconds.PerSecond;

    [Test]
    public void Constant_arrivals_do_not_drift()
    {
        long[] times = Times(ArrivalProcess.Constant(perSecond: 3), until: 100_000 * Second);

        Assert.That(times, Has.Length.EqualTo(300_000));
        Assert.That(times[0], Is.EqualTo(333_333_333));
        Assert.That(times[^1], Is.EqualTo(100_000 * Second));
    }

    [Test]
    public void Poisson_arrivals_have_exponential_gaps()
    {
        long[] times = Times(ArrivalProcess.Poisson(perSecond: 50), until: 2_000 * Second);
        double[] gaps = [.. times.Skip(1).Zip(times, (later, earlier) => (later - earlier) * 50.0 / Second)];

        Assert.That(times, Has.Length.EqualTo(100_000).Within(4 * Math.Sqrt(100_000)));
        Assert.That(KolmogorovSmirnov.Distance(gaps, x => 1 - Math.Exp(-x)), Is.LessThan(KolmogorovSmirnov.Limit(gaps.Length)));
    }

    [Test]
    public void Poisson_counts_vary_as_much_as_they_are()
    {
        Assert.That(Dispersion(ArrivalProcess.Poisson(perSecond: 50), windows: 4_000, window: Second), Is.EqualTo(1).Within(0.1));
    }

    // Two states, rates 90 and 10 a second, on for 1 s and off for 3 s on average: 30 a second.
    [Test]
    public void Bursts_have_the_mean_rate_of_their_two_states()
    {
        long[] times = Times(Bursts(), until: 20_000 * Second);

        Assert.That(times.Length / 20_000.0, Is.EqualTo(30).Within(1));
    }

    // Fischer and Meier-Hellstern, Performance Evaluation 18 (1993): the index of dispersion of an MMPP of two states tends to
    // 1 + 2 (r1 - r2)^2 q1 q2 / ((q1 + q2)^2 (r1 q2 + r2 q1)), where q1 and q2 are the rates of leaving the states.
    [Test]
    public void Bursts_vary_as_a_modulated_Poisson_process_does()
    {
        (double leaveOn, double leaveOff) = (1.0, 1.0 / 3);
        double expected = 1 + (2 * 80 * 80 * leaveOn * leaveOff / (Math.Pow(leaveOn + leaveOff, 2) * ((90 * leaveOff) + (10 * leaveOn))));

        // A window of 100 s is long against the 0.75 s after which the states are forgotten.
        Assert.That(Dispersion(Bursts(), windows: 2_000, window: 100 * Second), Is.EqualTo(expected).Within(12).Percent);
    }

    [Test]
    public void Nothing_arrives_while_a_burst_without_a_second_rate_is_off()
    {
        long[] times = Times(ArrivalProcess.Bursts(1_000, 0, 0.1 * Second, 0.9 * Second), until: 2_000 * Second);
        long quiet = times.Skip(1).Zip(times, (later, earlier) => later - earlier).Where(gap => gap > 20 * Second / 1_000).Sum();

        Assert.That(quiet / (2_000.0 * Second), Is.EqualTo(0.9).Within(0.03));
    }

    // The count up to t is Poisson with the area below the line: t (2 from + (to - from) t / T) / 2.
    [TestCase(0, 100)]
    [TestCase(100, 0)]
    [TestCase(20, 80)]
    public void A_ramp_follows_its_line(double from, double to)
    {
        const double Over = 1_000;
        long[] times = Times(ArrivalProcess.Ramp(from, to, (long)Over * Second), until: (long)Over * Second);
        double Area(double time) => time * ((2 * from) + ((to - from) * time / Over)) / 2;
        double[] seconds = [.. times.Select(time => (double)time / Second)];

        Assert.That(times.Length, Is.EqualTo(Area(Over)).Within(4 * Math.Sqrt(Area(Over))));
        Assert.That(
            KolmogorovSmirnov.Distance(seconds, time => Area(time) / Area(Over)), Is.LessThan(KolmogorovSmirnov.Limit(times.Length)));
    }

    [Test]
    public void A_ramp_stays_at_its_end()
    {
        long[] times = Times(ArrivalProcess.Ramp(1_000, 10, 10 * Second), until: 1_010 * Second);
        int after = times.Count(time => time > 10 * Second);

        Assert.That(after, Is.EqualTo(10_000).Within(400));
    }

    [Test]
    public void A_ramp_to_nothing_ends()
    {
        long[] times = Times(ArrivalProcess.Ramp(100, 0, Second), until: long.MaxValue - 1);

        Assert.That(times, Is.Not.Empty.And.All.LessThanOrEqualTo(Second));
    }

    [Test]
    public void Recorded_arrivals_come_once_or_again_after_the_last()
    {
        Assert.That(Times(ArrivalProcess.Recorded([5, 7, 7, 10], repeat: false), until: 100), Is.EqualTo([5, 7, 7, 10]));
        Assert.That(Times(ArrivalProcess.Recorded([5, 10], repeat: true), until: 30), Is.EqualTo([5, 10, 15, 20, 25, 30]));
        Assert.That(Times(ArrivalProcess.Recorded([], repeat: true), until: 30), Is.Empty);
    }

    [Test]
    public void Wrong_parameters_are_refused()
    {
        Action[] wrong =
        [
            () => ArrivalProcess.Constant(0), () => ArrivalProcess.Poisson(-1), () => ArrivalProcess.Poisson(double.NaN),
            () => ArrivalProcess.Bursts(1, -1, 1, 1), () => ArrivalProcess.Ramp(0, 0, 1), () => ArrivalProcess.Ramp(1, 2, 0),
        ];

        foreach (Action construction in wrong)
            Assert.That(construction, Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => ArrivalProcess.Recorded([3, 2], repeat: false), Throws.ArgumentException);
    }

    private static ArrivalProcess Bursts() => ArrivalProcess.Bursts(90, 10, Second, 3.0 * Second);

    // Variance over mean of the counts in windows.
    private static double Dispersion(ArrivalProcess process, int windows, long window)
    {
        double[] counts = new double[windows];
        foreach (long time in Times(process, (windows * window) - 1))
            counts[time / window]++;
        return counts.Variance() / counts.Mean();
    }

    private static long[] Times(ArrivalProcess process, long until)
    {
        RandomStream stream = RandomStream.Create(1, 0, "arrivals", "test");
        List<long> times = [];
        for (long time = process.Next(0, stream); time <= until; time = process.Next(time, stream))
            times.Add(time);
        return [.. times];
    }
}
