namespace KubeNetSim.Analysis.Statistics;

/// <summary>
/// Finds where the warm-up of a series ends: MSER-5, the Marginal Standard Error Rule on means of five (White, An effective truncation
/// heuristic for bias reduction in simulation output, Simulation 69(6), 1997). It cuts where the rest has the smallest standard error.
/// </summary>
public static class WarmUp
{
    private const int BatchSize = 5;

    /// <summary>Proposes how much of a series to cut from its start.</summary>
    /// <param name="series">Observations in the order of time, for example latencies or a queue's length at equal steps.</param>
    /// <exception cref="ArgumentException">There are fewer than ten observations, two batches: nothing could be cut.</exception>
    public static WarmUpCut Find(ReadOnlySpan<double> series)
    {
        if (series.Length < 2 * BatchSize)
            throw new ArgumentException($"A series of at least {2 * BatchSize} observations is needed, not {series.Length}.", nameof(series));
        double[] batches = BatchMeans(series);
        int best = Smallest(batches);
        // A minimum in the middle of the series, the last place looked at, means that it was still settling there.
        return new WarmUpCut(best * BatchSize, IsSettled: best < batches.Length / 2);
    }

    private static double[] BatchMeans(ReadOnlySpan<double> series)
    {
        double[] means = new double[series.Length / BatchSize];
        for (int batch = 0; batch < means.Length; batch++)
        {
            double sum = 0;
            foreach (double value in series.Slice(batch * BatchSize, BatchSize))
                sum += value;
            means[batch] = sum / BatchSize;
        }
        return means;
    }

    // From the end, so that sums grow by one batch at a time: n values are looked at once, not n²/2 times.
    private static int Smallest(double[] batches)
    {
        int best = 0;
        double bestError = double.PositiveInfinity;
        double mean = 0, squares = 0;
        for (int start = batches.Length - 1; start >= 0; start--)
        {
            int kept = batches.Length - start;
            double delta = batches[start] - mean;
            mean += delta / kept;
            squares += delta * (batches[start] - mean);
            double error = squares / ((double)kept * kept);
            // Of equal errors the earlier cut: it keeps more.
            if (start <= batches.Length / 2 && error <= bestError)
                (best, bestError) = (start, error);
        }
        return best;
    }
}

/// <summary>Where a warm-up ends.</summary>
/// <param name="Observations">Observations to leave out, from the start.</param>
/// <param name="IsSettled">
/// Whether the series settled in its first half. Otherwise it is too short, or it never settles: a queue that grows without bound.
/// </param>
public readonly record struct WarmUpCut(int Observations, bool IsSettled);
