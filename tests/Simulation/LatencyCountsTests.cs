using HdrHistogram;
using KubeNetSim.Simulation;
using NUnit.Framework;

namespace KubeNetSim.Tests.Simulation;

internal sealed class LatencyCountsTests
{
    [Test]
    public void They_are_those_of_the_library_for_latencies_of_every_size()
    {
        Random random = new(4);
        LatencyCounts counts = new();
        LongHistogram library = new(LatencyCounts.LongestNs, 3);
        foreach (long edge in (long[])[0, 1, 1_023, 1_024, 2_047, 2_048, 2_049, 4_095, 4_096, LatencyCounts.LongestNs - 1, LatencyCounts.LongestNs])
            Record(edge);
        for (int draw = 0; draw < 200_000; draw++)
            Record((long)Math.Pow(10, 12.55 * random.NextDouble()));

        LongHistogram histogram = counts.ToHistogram();

        Assert.That(histogram.TotalCount, Is.EqualTo(library.TotalCount));
        Assert.That(histogram.RecordedValues().Select(cell => (cell.ValueIteratedTo, cell.CountAtValueIteratedTo)),
            Is.EqualTo(library.RecordedValues().Select(cell => (cell.ValueIteratedTo, cell.CountAtValueIteratedTo))));
        Assert.That(histogram.GetMaxValue(), Is.EqualTo(library.GetMaxValue()));

        void Record(long value)
        {
            counts.Record(value);
            library.RecordValue(value);
        }
    }

    [Test]
    public void What_takes_longer_than_an_hour_counts_as_an_hour()
    {
        LatencyCounts counts = new();
        counts.Record(long.MaxValue);

        Assert.That(counts.ToHistogram().RecordedValues().Single().ValueIteratedTo, Is.EqualTo(LatencyCounts.LongestNs).Within(0.1).Percent);
    }
}
