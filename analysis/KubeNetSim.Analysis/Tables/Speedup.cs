using System.Globalization;

namespace KubeNetSim.Analysis.Tables;

/// <summary>
/// How many times faster one of two runs is: the ratio of their mean latencies, replication by replication, since both drew the same random numbers. The interval is
/// that of the mean of these ratios by Student's t.
/// </summary>
public static class Speedup
{
    private const int FewestDecimals = 2;
    private const int MostDecimals = 7;

    /// <summary>A line for each workload: <c>nftables: 1.32 ± 0.05 times faster than iptables</c>, and one more where they differ in failures.</summary>
    /// <param name="first">One run.</param>
    /// <param name="firstName">What its reader calls it.</param>
    /// <param name="second">The other, of the same seed.</param>
    /// <param name="secondName">What its reader calls that.</param>
    public static IEnumerable<string> Lines(RunResults first, string firstName, RunResults second, string secondName)
    {
        foreach (WorkloadResult one in first.Workloads)
        {
            if (second.Workloads.FirstOrDefault(workload => workload.Name == one.Name) is not { } other)
                continue;
            string of = first.Workloads.Length > 1 ? $" ({one.Name})" : "";
            yield return Latency(one, firstName, other, secondName) + of;
            if (one.MeansByReplication is { } means && other.MeansByReplication is { } others
                && ComparisonReport.Compare(means.FailedShare, others.FailedShare, ComparisonReport.IsPaired(first, second)) is { IsShown: true })
                yield return $"{firstName}: {Failed(one)} failed, {secondName}: {Failed(other)}{of}";
        }
    }

    private static string Latency(WorkloadResult one, string firstName, WorkloadResult other, string secondName)
    {
        if (one.LatencyByReplicationMs is not { } first || other.LatencyByReplicationMs is not { } second || one.LatencyMs is null || other.LatencyMs is null)
            return $"{(one.LatencyMs is null ? firstName : secondName)} has no mean latency, so nothing can be compared: {firstName} {Failed(one)} failed, {secondName} {Failed(other)}";
        double[] ratios = [.. first.Mean.Zip(second.Mean, (a, b) => b / a)];
        if (ConfidenceInterval.OfMean(ratios) is not { } interval)
            return $"{firstName}: {Format.Digits(ratios.Average())} times as fast as {secondName}; one replication shows nothing of chance";
        if (interval.Contains(1))
            return $"{firstName}: no faster or slower than {secondName} beyond chance ({WithHalf(interval)} times as fast)";
        if (interval.Lower > 1)
            return $"{firstName}: {WithHalf(interval)} times faster than {secondName}";
        return $"{secondName}: {WithHalf(ConfidenceInterval.OfMean([.. ratios.Select(ratio => 1 / ratio)])!.Value)} times faster than {firstName}";
    }

    // As many decimals as the half of the interval needs: 1.32 ± 0.05, 1.00041 ± 0.00006.
    private static string WithHalf(ConfidenceInterval interval)
    {
        int decimals = interval.Half > 0 ? Math.Clamp((int)Math.Ceiling(-Math.Log10(interval.Half)), FewestDecimals, MostDecimals) : FewestDecimals;
        string format = "F" + decimals.ToString(CultureInfo.InvariantCulture);
        return $"{(interval.Lower + interval.Half).ToString(format, CultureInfo.InvariantCulture)} ± {interval.Half.ToString(format, CultureInfo.InvariantCulture)}";
    }

    private static string Failed(WorkloadResult workload) => Format.Share(workload.Requests == 0 ? 0 : (double)workload.Failed.Total / workload.Requests);
}
