using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Statistics;

/// <summary>How unevenly the backends of a workload are loaded within one replication.</summary>
internal static class Skew
{
    /// <summary>Summarizes replications; null where none had an answer from a backend.</summary>
    public static SkewResult? Of(IReadOnlyList<WorkloadRecord> records)
    {
        WorkloadRecord[] answered = [.. records.Where(record => !record.Backends.IsEmpty && record.Succeeded > 0)];
        if (answered.Length == 0)
            return null;
        ImmutableArray<double> shares = [.. answered.Select(BusiestShare)];
        ImmutableArray<double> idle = [.. answered.Select(IdleBackends)];
        return new SkewResult(shares.Average(), [shares.Min(), shares.Max()], idle.Average(), [idle.Min(), idle.Max()], shares, idle);
    }

    /// <summary>Share of the answered requests that the busiest backend answered; NaN where there is none.</summary>
    public static double BusiestShare(WorkloadRecord record) => record.Backends.IsEmpty || record.Succeeded == 0
        ? double.NaN : (double)record.Backends.Max(backend => backend.Requests) / record.Succeeded;

    /// <summary>Backends without any request, also those that are too many to be listed; NaN where there is no backend.</summary>
    public static double IdleBackends(WorkloadRecord record) => record.Backends.IsEmpty
        ? double.NaN : record.Backends.Count(backend => backend.Requests == 0) + Math.Max(0, record.PossibleBackends - record.Backends.Length);
}
