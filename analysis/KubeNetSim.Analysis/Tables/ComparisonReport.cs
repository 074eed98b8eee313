using KubeNetSim.Measurements;

namespace KubeNetSim.Analysis;

/// <summary>
/// Two results side by side: latency with the interval of its difference, and what else differs. Replications of equal seeds are compared in
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
        AddCost(table, first.Cost, second.Cost);
        if (!table.IsEmpty)
            table.Write(writer);
        Alone(writer, first, second, "A");
        Alone(writer, second, first, "B");
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
        Plain(table, one, other, "failed", workload => Part(workload.Failed.Total, workload.Requests), Format.Share);
        Plain(table, one, other, "hops", workload => workload.HopsMean, Format.Digits);
        Plain(table, one, other, "cross-node", workload => workload.CrossNodeShare, Format.Share);
        Plain(table, one, other, "cross-zone", workload => workload.CrossZoneShare, Format.Share);
        Plain(table, one, other, "rules", workload => workload.RulesPerConnection, Format.Digits);
    }

    private static void Latency(
        TextTable table, WorkloadResult one, WorkloadResult other, string metric, Func<LatencyResult, double> of, Difference? difference)
    {
        table.Add(
            one.Name, metric, one.LatencyMs is null ? Absent : Format.Duration(of(one.LatencyMs)),
            other.LatencyMs is null ? Absent : Format.Duration(of(other.LatencyMs)),
            difference is null ? Absent : Signed(difference.Mean),
            difference?.Interval is { } interval ? $"{Signed(interval.Lower)} .. {Signed(interval.Upper)}" : Absent,
            one.LatencyMs is null || other.LatencyMs is null ? Missing(one, other) : Verdict(difference, of(one.LatencyMs)));
    }

    private static string Missing(WorkloadResult one, WorkloadResult other) =>
        one.Succeeded == 0 || other.Succeeded == 0 ? "no answers to compare" : "no steady state to compare";

    private static string Verdict(Difference? difference, double from) => difference switch
    {
        { Interval: null } or null => "one replication shows nothing",
        { IsShown: false } => "no difference shown",
        { Mean: < 0 } => $"B is {Format.Share(-difference.Mean / from)} faster",
        _ => $"B is {Format.Share(difference.Mean / from)} slower",
    };

    // What does not differ is not worth a line.
    private static void Plain(
        TextTable table, WorkloadResult one, WorkloadResult other, string metric, Func<WorkloadResult, double> of, Func<double, string> format)
    {
        string before = format(of(one)), after = format(of(other));
        if (before != after)
            table.Add(one.Name, metric, before, after, "", "", of(other) > of(one) ? "more" : "less");
    }

    private static void AddCost(TextTable table, CostResult? one, CostResult? other)
    {
        if (one is null || other is null || one.Currency != other.Currency || one.Monthly == other.Monthly)
            return;
        double difference = other.Monthly - one.Monthly;
        table.Add(
            "(all)", $"{one.Currency} a month", Format.Money(one.Monthly), Format.Money(other.Monthly),
            (difference > 0 ? "+" : "") + Format.Money(difference), "", difference > 0 ? "B costs more" : "B costs less");
    }

    // Replications of the same number used the same random numbers; those that only one of the two has are left out.
    private static Difference? Compare(IReadOnlyList<double>? first, IReadOnlyList<double>? second, bool paired)
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

    private static void Unstable(TextWriter writer, RunResults results, string name)
    {
        foreach (UnstableStation station in results.Unstable.Take(Conclusion.MostStations))
            writer.Write($"{name} is unstable: {station.Why}\n");
    }

    private static string How(RunResults first, RunResults second) =>
        IsPaired(first, second) ? "Replications are compared in pairs: both runs have the same seed."
        : Math.Min(first.Replications, second.Replications) == 1 ? "One replication shows nothing of chance: run several to compare."
        : "Replications are compared as independent ones (Welch): equal seeds would tell more.";

    private static string Describe(RunResults results, string name) =>
        $"{name}: {results.Scenario}, {results.ProxyMode}, {Format.Count(results.Cluster.Services)} Services, {results.Replications} replications, seed {results.Seed}";

    private static string Signed(double milliseconds) => (milliseconds < 0 ? "-" : "+") + Format.Duration(Math.Abs(milliseconds));

    private static double Part(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
