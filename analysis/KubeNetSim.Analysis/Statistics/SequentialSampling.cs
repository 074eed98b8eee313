namespace KubeNetSim.Analysis.Statistics;

/// <summary>
/// How many replications it takes until means are as precise as asked for (the sequential procedure of Law, Simulation Modeling and Analysis, 5th
/// edition, section 9.4.1, in steps). Stopping as soon as an interval looks narrow favors those that are so by chance: from ten replications on,
/// 95% intervals still hold the true mean in about 94% of the cases.
/// </summary>
public static class SequentialSampling
{
    /// <summary>No fewer replications than this, where a precision is asked for.</summary>
    public const int Fewest = 10;

    /// <summary>Half of the 95% interval of the mean latency over the mean, of the workload that comes off worst; null where one has no mean or no interval.</summary>
    public static double? Reached(RunResults results)
    {
        double widest = 0;
        foreach (WorkloadResult workload in results.Workloads)
        {
            if (workload is not { LatencyMs: { } latency, LatencyIntervalsMs: { } intervals })
                return null;
            widest = Math.Max(widest, (intervals.Mean[1] - intervals.Mean[0]) / 2 / latency.Mean);
        }
        return widest;
    }

    /// <summary>
    /// How many replications there should be, those that have been run included. Intervals narrow with the square root of their number; it at most
    /// doubles at a time, since the first estimates are rough.
    /// </summary>
    /// <param name="replications">How many have been run.</param>
    /// <param name="reached">What they reached: half of the interval over the mean.</param>
    /// <param name="asked">What was asked for, above 0.</param>
    /// <param name="most">No more than this.</param>
    /// <returns>The number; what has been run, where that is enough or no more are allowed.</returns>
    public static int Next(int replications, double reached, double asked, int most)
    {
        if (reached <= asked || replications >= most)
            return replications;
        double estimate = Math.Ceiling(replications * reached * reached / (asked * asked));
        return (int)Math.Clamp(estimate, replications + 1, Math.Min(2.0 * replications, most));
    }
}
