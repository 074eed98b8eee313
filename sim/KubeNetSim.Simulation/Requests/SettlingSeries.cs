using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>Mean latency of a workload by the time at which requests started: what shows when a run has settled.</summary>
internal sealed class SettlingSeries(long durationNs)
{
    /// <summary>Intervals of the run: forty times what a batch of MSER-5 holds, where there are requests enough.</summary>
    private const int Intervals = 200;

    /// <summary>Fewer say nothing.</summary>
    private const int FewestIntervals = 50;

    private readonly double[] _sums = new double[Intervals];
    private readonly long[] _counts = new long[Intervals];

    /// <summary>A request that started then took so long [ns].</summary>
    public void Count(long startedAt, long latency)
    {
        int interval = (int)((Int128)startedAt * Intervals / durationNs);
        _sums[interval] += latency;
        _counts[interval]++;
    }

    /// <summary>The means [ns] of as many intervals as have so many requests each; empty where they would be too few.</summary>
    public ImmutableArray<double> Means(int fewest)
    {
        for (int joined = 1; Intervals / joined >= FewestIntervals; joined *= 2)
        {
            long[] counts = [.. _counts.Chunk(joined).Select(chunk => chunk.Sum())];
            if (counts.Min() >= fewest)
                return [.. _sums.Chunk(joined).Select((chunk, interval) => chunk.Sum() / counts[interval])];
        }
        return [];
    }
}
