using NUnit.Framework;

namespace KubeNetSim.Tests.Analysis;

public sealed class WarmUpTests
{
    [Test]
    public void A_step_is_cut_at_the_batch_in_which_it_happens()
    {
        double[] series = [.. Enumerable.Repeat(9.0, 20), .. Wave(180)];

        Assert.That(WarmUp.Find(series), Is.EqualTo(new WarmUpCut(20, IsSettled: true)));
    }

    [Test]
    public void A_decay_is_cut_where_it_has_faded()
    {
        double[] series = [.. Wave(500).Select((value, index) => value + 50 * Math.Exp(-index / 10.0))];

        WarmUpCut cut = WarmUp.Find(series);

        Assert.That(cut.Observations, Is.InRange(20, 80));
        Assert.That(cut.IsSettled, Is.True);
    }

    [Test]
    public void A_series_in_its_steady_state_is_kept_whole() => Assert.That(WarmUp.Find(Wave(200)).Observations, Is.Zero);

    [Test]
    public void A_series_that_grows_without_end_is_not_settled() =>
        Assert.That(WarmUp.Find([.. Enumerable.Range(0, 200).Select(index => (double)index)]).IsSettled, Is.False);

    [Test]
    public void The_fast_sums_find_the_cut_that_the_definition_finds()
    {
        // A deterministic chaotic series: no pattern that the two ways could agree on by luck.
        double[] series = new double[400];
        for (double value = 0.3, index = 0; index < series.Length; index++)
            series[(int)index] = (value = 3.9 * value * (1 - value)) + 5 / (1 + index);

        Assert.That(WarmUp.Find(series).Observations, Is.EqualTo(ByDefinition(series)));
    }

    [Test]
    public void Less_than_two_batches_are_refused() => Assert.That(() => WarmUp.Find(new double[9]), Throws.ArgumentException);

    private static int ByDefinition(double[] series)
    {
        double[] batches = [.. series.Chunk(5).Select(chunk => chunk.Average())];
        return 5 * Enumerable.Range(0, batches.Length / 2 + 1).MinBy(cut =>
        {
            double[] rest = batches[cut..];
            double mean = rest.Average();
            return rest.Sum(value => (value - mean) * (value - mean)) / ((double)rest.Length * rest.Length);
        });
    }

    // Ten observations a period: two batches that differ, over and over.
    private static double[] Wave(int count) => [.. Enumerable.Range(0, count).Select(index => Math.Sin(index * Math.Tau / 10))];
}
