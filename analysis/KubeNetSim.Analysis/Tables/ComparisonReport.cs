using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Tables;

/// <summary>
/// Two results side by side, with the intervals of their differences. Replications of equal seeds are compared in
/// pairs, since both runs drew the same random numbers; others by Welch's interval.
/// </summary>
public static class ComparisonReport
{
    private const string Absent = "-";

    /// <summary>Writes it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="first">The results compared with.</param>
    /// <param name="second">The results that may be better or worse.</param>
    /// <param name="firstName">What a reader calls the first, for example its folder.</param>
    /// <param name="secondName">What a reader calls the second.</param>
    public static void Write(TextWriter writer, RunResults first, RunResults second, string firstName, string secondName)
    {
        writer.Write($"A: {Describe(first, firstName)}\nB: {Describe(second, secondName)}\n\n");
        TextTable table = new("WORKLOAD", "METRIC", "A>", "B>", "B - A>", "95% INTERVAL>", "VERDICT");
        foreach (WorkloadResult one in first.Workloads)
            if (second.Workloads.FirstOrDefault(workload => workload.Name == one.Name) is { } other)
                Add(table, one, other, IsPaired(first, second));
        AddCost(table, first.Cost, second.Cost, IsPaired(first, second));
        if (!table.IsEmpty)
            table.Write(writer);
        Alone(writer, first, second, "A");
        Alone(writer, second, first, "B");
        Incomplete(writer, first, "A");
        Incomplete(writer, second, "B");
        Unstable(writer, first, "A");
        Unstable(writer, second, "B");
        writer.Write($"\n{How(first, second)}\n");
    }

    /// <summary>The difference of two workloads' mean latencies, second less first [ms]; null where one has none.</summary>
    public static Difference? MeanLatency(WorkloadResult first, WorkloadResult second, bool paired) =>
        Compare(first.LatencyByReplicationMs?.Mean, second.LatencyByReplicationMs?.Mean, paired);

    /// <summary>Whether two runs used the same random numbers, replication by replication.</summary>
    public static bool IsPaired(RunResults first, RunResults second) =>
        first.Seed == second.Seed && Math.Min(first.Replications, second.Replications) > 1;

    private static void Add(TextTable table, WorkloadResult one, WorkloadResult other, bool paired)
    {
        Latency(table, one, other, "mean", latency => latency.Mean, MeanLatency(one, other, paired));
        Latency(table, one, other, "p99", latency => latency.P99,
            Compare(one.LatencyByReplicationMs?.P99, other.LatencyByReplicationMs?.P99, paired));
        Other("failed", workload => Part(workload.Failed.Total, workload.Requests), means => means.FailedShare, Format.Share);
        Other("hops", workload => workload.HopsMean, means => means.Hops, Format.Digits);
        Other("cross-node", workload => workload.CrossNodeShare, means => means.CrossNodeShare, Format.Share);
        Other("cross-zone", workload => workload.CrossZoneShare, means => means.CrossZoneShare, Format.Share);
        Other("rules", workload => workload.RulesPerConnection, means => means.RulesPerConnection, Format.Amount);

        void Other(string metric, Func<WorkloadResult, double> of, Func<ReplicationMeans, ImmutableArray<double>> samples, Func<double, string> format) => Plain(
            table, one.Name, metric, of(one), of(other), format,
            Compare(one.MeansByReplication is { } first ? samples(first) : null, other.MeansByReplication is { } second ? samples(second) : null, paired), "has more", "has less");
    }

    private static void Latency(
        TextTable table, WorkloadResult one, WorkloadResult other, string metric, Func<LatencyResult, double> of, Difference? difference)
    {
        table.Add(
            one.Name, metric, one.LatencyMs is null ? Absent : Format.Duration(of(one.LatencyMs)),
            other.LatencyMs is null ? Absent : Format.Duration(of(other.LatencyMs)),
            difference is null ? Absent : Signed(difference.Mean),
            difference?.Interval is { } interval ? $"{Signed(interval.Lower)} .. {Signed(interval.Upper)}" : Absent,
            one.LatencyMs is null || other.LatencyMs is null ? Missing(one, other) : Faster(difference, of(one.LatencyMs)));
    }

    private static string Missing(WorkloadResult one, WorkloadResult other) =>
        one.Succeeded == 0 || other.Succeeded == 0 ? "no answers to compare" : "no steady state to compare";

    private static string Faster(Difference? difference, double from)
    {
        string part = Format.Share(Math.Abs(difference?.Mean ?? 0) / from);
        return Verdict(difference, $"is {part} faster", $"is {part} slower");
    }

    private static string Verdict(Difference? difference, string less, string more) => difference switch
    {
        null => "no replications to compare",
        { Interval: null } => "one replication shows nothing",
        { IsShown: false } => "no difference shown",
        { Mean: < 0 } => $"B {less}",
        _ => $"B {more}",
    };

    // What does not differ is not worth a line.
    private static void Plain(
        TextTable table, string workload, string metric, double before, double after, Func<double, string> format, Difference? difference, string more, string less)
    {
        if (format(before) == format(after))
            return;
        table.Add(
            workload, metric, format(before), format(after), Signed(after - before),
            difference?.Interval is { } interval ? $"{Signed(interval.Lower)} .. {Signed(interval.Upper)}" : Absent,
            Verdict(difference, less, more));

        // The difference of two shares is in percentage points: a percentage would be taken for a part of the first.
        string Signed(double value) => (value < 0 ? "-" : "+") + (format == Format.Share ? $"{Format.Significant(100 * Math.Abs(value))}pp" : format(Math.Abs(value)));
    }

    private static void AddCost(TextTable table, CostResult? one, CostResult? other, bool paired)
    {
        if (one is null || other is null || one.Currency != other.Currency)
            return;
        Plain(table, "(all)", $"{one.Currency} a month", one.Monthly, other.Monthly, Format.Money,
            Compare(one.MonthlyByReplication, other.MonthlyByReplication, paired), "costs more", "costs less");
    }

    // Replications of the same number used the same random numbers; those that only one of the two has are left out.
    internal static Difference? Compare(IReadOnlyList<double>? first, IReadOnlyList<double>? second, bool paired)
    {
        if (first is null || second is null)
            return null;
        int common = Math.Min(first.Count, second.Count);
        return paired ? Difference.Paired([.. first.Take(common)], [.. second.Take(common)]) : Difference.Welch(first, second);
    }

    private static void Alone(TextWriter writer, RunResults results, RunResults other, string name)
    {
        foreach (WorkloadResult workload in results.Workloads.Where(one => other.Workloads.All(two => two.Name != one.Name)))
            writer.Write($"only in {name}: {workload.Name}\n");
    }

    private static void Incomplete(TextWriter writer, RunResults results, string name)
    {
        if (Incompleteness.Of(results) is { } what)
            writer.Write($"{name} is incomplete: {what}\n");
    }

    private static void Unstable(TextWriter writer, RunResults results, string name)
    {
        foreach (UnstableStation station in results.Unstable.Take(Conclusion.MostStations))
            writer.Write($"{name} is unstable: {station.Why}\n");
    }

    private static string How(RunResults first, RunResults second) =>
        IsPaired(first, second) ? "Replications are compared in pairs: both runs have the same seed. One interval in twenty errs by chance."
        : Math.Min(first.Replications, second.Replications) == 1 ? "One replication shows nothing of chance: run several to compare."
        : "Replications are compared as independent ones (Welch): equal seeds would tell more. One interval in twenty errs by chance.";

    private static string Describe(RunResults results, string name) =>
        $"{name}: {results.Scenario}, {results.ProxyMode}, {Format.Count(results.Cluster.Services)} Services, {results.Replications} replications, seed {results.Seed}";

    private static string Signed(double milliseconds) => (milliseconds < 0 ? "-" : "+") + Format.Duration(Math.Abs(milliseconds));

    private static double Part(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
