using MathNet.Numerics.Distributions;
using MathNet.Numerics.Statistics;
using NUnit.Framework;

namespace KubeNetSim.Tests.Engine;

internal sealed class RandomStreamTests
{
    private const int Draws = 100_000;

    // Every chi-square below is held against this: a right generator is above it once in ten thousand seeds.
    private const double Confidence = 0.9999;

    [Test]
    public void The_twin_gives_the_published_numbers()
    {
        // The crate rand_xoshiro's vector for the state 1, 2, 3, 4, and Rosetta Code's for SplitMix64 from 1234567.
        SlowXoshiro xoshiro = new(1, 2, 3, 4);
        ulong state = 1_234_567;

        Assert.That(Take(4, xoshiro.Next), Is.EqualTo((ulong[])[41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386]));
        Assert.That(
            Take(3, () => SlowXoshiro.SplitMix(ref state)),
            Is.EqualTo((ulong[])[6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423]));
    }

    [TestCase(0UL, 0, "", "")]
    [TestCase(42UL, 3, "workload/shoppers", "arrivals")]
    [TestCase(ulong.MaxValue, int.MaxValue, "Knoten-Ä", "日本")]
    public void A_stream_is_xoshiro_seeded_by_its_name(ulong seed, int replication, string entity, string purpose)
    {
        RandomStream stream = RandomStream.Create(seed, replication, entity, purpose);
        SlowXoshiro twin = SlowXoshiro.Named(seed, replication, entity, purpose);

        Assert.That(Take(1_000, stream.NextUInt64), Is.EqualTo(Take(1_000, twin.Next)));
    }

    // Recorded once: whoever changes these changes the result of every scenario.
    [Test]
    public void The_draws_of_a_name_never_change()
    {
        RandomStream stream = RandomStream.Create(42, 0, "workload/shoppers", "arrivals");

        Assert.That(Take(3, stream.NextUInt64), Is.EqualTo((ulong[])[0xF4AC903396E3920B, 0x9BE48B937D13259A, 0xBB239DAE0256EC36]));
        Assert.That(Take(2, stream.NextDouble), Is.EqualTo((double[])[0.9066019702858324, 0.4845180648998133]));
        Assert.That(Take(3, () => stream.NextInt(1_000)), Is.EqualTo((int[])[515, 414, 219]));
        Assert.That(Take(3, stream.NextExponential), Is.EqualTo((double[])[0.007088577676442426, 0.5677962904393242, 2.2442328324357628]));
        Assert.That(Take(3, stream.NextNormal), Is.EqualTo((double[])[-2.05323576027298, 0.6371117850091131, 1.6636360843063598]));
    }

    [Test]
    public void Each_part_of_the_name_makes_another_stream()
    {
        ulong[] firsts =
        [
            First(1, 0, "a", "b"), First(2, 0, "a", "b"), First(1, 1, "a", "b"), First(1, 0, "b", "b"), First(1, 0, "a", "a"),
            First(1, 0, "ab", ""), First(1, 0, "", "ab"), First(0, 1, "a", "b"), First(1, 0, "b", "a"),
        ];

        Assert.That(firsts, Is.Unique);
    }

    [TestCase(1UL, 0, "node-1", "jitter")]
    [TestCase(2UL, 0, "node-0", "jitter")]
    [TestCase(1UL, 1, "node-0", "jitter")]
    [TestCase(1UL, 0, "node-0", "jitters")]
    public void Streams_of_neighbouring_names_are_independent(ulong seed, int replication, string entity, string purpose)
    {
        RandomStream one = RandomStream.Create(1, 0, "node-0", "jitter");
        RandomStream other = RandomStream.Create(seed, replication, entity, purpose);
        int[] cells = new int[16 * 16];
        for (int draw = 0; draw < Draws; draw++)
            cells[(one.NextInt(16) * 16) + other.NextInt(16)]++;

        Assert.That(ChiSquare(cells), Is.LessThan(Limit(cells.Length)));
    }

    [Test]
    public void Successive_draws_are_independent()
    {
        RandomStream stream = RandomStream.Create(1, 0, "serial", "test");
        int[] cells = new int[16 * 16];
        for (int draw = 0; draw < Draws; draw++)
            cells[((int)(stream.NextDouble() * 16) * 16) + (int)(stream.NextDouble() * 16)]++;

        Assert.That(ChiSquare(cells), Is.LessThan(Limit(cells.Length)));
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(1_000)]
    public void Integers_are_uniform(int bound)
    {
        RandomStream stream = RandomStream.Create(1, 0, "integers", "test");
        int[] cells = new int[bound];
        for (int draw = 0; draw < Draws; draw++)
            cells[stream.NextInt(bound)]++;

        Assert.That(ChiSquare(cells), Is.LessThan(Limit(bound)));
    }

    // Of 2^32 numbers, 3 * 2^29 get 2 or 3 each: without rejection one remainder in three would come a quarter less often.
    [Test]
    public void Integers_below_a_large_bound_are_without_bias()
    {
        RandomStream stream = RandomStream.Create(1, 0, "integers", "bias");
        int[] cells = new int[3];
        for (int draw = 0; draw < Draws; draw++)
            cells[stream.NextInt(3 << 29) % 3]++;

        Assert.That(ChiSquare(cells), Is.LessThan(Limit(3)));
    }

    [Test]
    public void A_bound_is_at_least_one()
    {
        RandomStream stream = RandomStream.Create(1, 0, "integers", "bound");

        Assert.That(() => stream.NextInt(0), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [Test]
    public void Uniform_numbers_stay_in_their_intervals()
    {
        RandomStream stream = RandomStream.Create(1, 0, "uniform", "interval");

        Assert.That(Take(Draws, stream.NextDouble), Has.All.InRange(0.0, Math.BitDecrement(1.0)));
        Assert.That(Take(Draws, stream.NextDoubleOpen), Has.All.InRange(double.Epsilon, 1.0));
    }

    [Test]
    public void Uniform_exponential_and_normal_draws_follow_their_distributions()
    {
        RandomStream stream = RandomStream.Create(1, 0, "shapes", "test");

        Assert.That(KolmogorovSmirnov.Distance(Take(Draws, stream.NextDouble), x => x), Is.LessThan(KolmogorovSmirnov.Limit(Draws)));
        Assert.That(
            KolmogorovSmirnov.Distance(Take(Draws, stream.NextExponential), x => Exponential.CDF(1, x)), Is.LessThan(KolmogorovSmirnov.Limit(Draws)));
        Assert.That(
            KolmogorovSmirnov.Distance(Take(Draws, stream.NextNormal), x => Normal.CDF(0, 1, x)), Is.LessThan(KolmogorovSmirnov.Limit(Draws)));
    }

    // The polar method makes two at a time from one pair of uniform numbers.
    [Test]
    public void The_two_normal_draws_of_a_pair_are_uncorrelated()
    {
        RandomStream stream = RandomStream.Create(1, 0, "normal", "pairs");
        double[] draws = Take(2 * Draws, stream.NextNormal);
        IEnumerable<double> first = draws.Where((_, item) => item % 2 == 0);
        IEnumerable<double> second = draws.Where((_, item) => item % 2 == 1);

        Assert.That(Correlation.Pearson(first, second), Is.Zero.Within(4 / Math.Sqrt(Draws)));
    }

    private static ulong First(ulong seed, int replication, string entity, string purpose) =>
        RandomStream.Create(seed, replication, entity, purpose).NextUInt64();

    private static T[] Take<T>(int count, Func<T> next) => [.. Enumerable.Range(0, count).Select(_ => next())];

    private static double ChiSquare(int[] cells)
    {
        double expected = (double)cells.Sum() / cells.Length;
        return cells.Sum(cell => (cell - expected) * (cell - expected) / expected);
    }

    private static double Limit(int cells) => cells == 1 ? 1e-9 : MathNet.Numerics.Distributions.ChiSquared.InvCDF(cells - 1, Confidence);
}
