using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class SequentialSamplingTests
{
    [TestCase(10, 0.019, 0.02, 10, Description = "enough")]
    [TestCase(10, 0.024, 0.02, 15, Description = "10 x (2.4 / 2)², rounded up")]
    [TestCase(10, 0.0201, 0.02, 11, Description = "one more at least")]
    [TestCase(10, 0.2, 0.02, 20, Description = "twice as many at most")]
    [TestCase(80, 0.1, 0.02, 100, Description = "no more than allowed")]
    [TestCase(100, 0.1, 0.02, 100, Description = "no more are allowed")]
    public void The_next_number_is_what_the_interval_suggests(int run, double reached, double asked, int expected) =>
        Assert.That(SequentialSampling.Next(run, reached, asked, most: 100), Is.EqualTo(expected));

    [TestCase(0.5)]
    [TestCase(1.5)]
    [TestCase(3)]
    public void Intervals_hold_what_they_promise_although_sampling_stops_when_they_are_narrow(double spreadOverPrecision)
    {
        const double Asked = 0.02;
        const int Cases = 4_000;
        RandomStream stream = RandomStream.Create(1, 0, "sampling", "normal");

        int held = Enumerable.Range(0, Cases).Count(_ => Sample(stream, spreadOverPrecision * Asked, Asked).Contains(1));

        // Three standard errors (of 4,000 cases at 94%: 0.4%) below the 93.8% to 95% that it is.
        Assert.That((double)held / Cases, Is.InRange(0.926, 0.96));
    }

    // Replications' means are nearly normal: each is one of thousands of requests.
    private static ConfidenceInterval Sample(RandomStream stream, double spread, double asked)
    {
        List<double> means = [];
        for (int wanted = SequentialSampling.Fewest; means.Count < wanted;)
        {
            while (means.Count < wanted)
                means.Add(1 + (spread * Normal(stream)));
            ConfidenceInterval interval = ConfidenceInterval.OfMean(means)!.Value;
            wanted = SequentialSampling.Next(means.Count, interval.Half / means.Average(), asked, most: 100);
            if (wanted == means.Count)
                return interval;
        }
        throw new InvalidOperationException("The loop ends with an interval.");
    }

    // The polar method's older sister (Box and Muller 1958).
    private static double Normal(RandomStream stream) =>
        Math.Sqrt(-2 * Math.Log(1 - stream.NextDouble())) * Math.Cos(Math.Tau * stream.NextDouble());
}
