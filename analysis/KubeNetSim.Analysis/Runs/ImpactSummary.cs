using System.Collections.Immutable;

namespace KubeNetSim.Analysis.Runs;

/// <summary>What the events of a timeline cost, over all replications.</summary>
internal static class ImpactSummary
{
    private const double NsPerSecond = 1e9;

    /// <summary>One entry for each event that happened, in the order of time.</summary>
    public static ImmutableArray<ImpactResult> Of(RunDescription run, ImmutableArray<ReplicationRecord> replications) =>
        [.. run.Timeline.Select((mark, number) => Of(mark, number, replications)).Where(impact => impact.AtSeconds * NsPerSecond < replications[0].SimulatedNs)];

    private static ImpactResult Of(TimelineMark mark, int number, ImmutableArray<ReplicationRecord> replications)
    {
        ImpactRecord[] records = [.. replications.SelectMany(record => record.Impact).Where(record => record.Event == number)];
        double Mean(IEnumerable<ImpactRecord> some, Func<FailureCounts, long> count) => (double)some.Sum(record => count(record.Failed)) / replications.Length;
        double[] failed = [.. replications.Select(record => (double)record.Impact.Where(item => item.Event == number).Sum(item => item.Failed.Total))];
        return new ImpactResult(
            mark.What, mark.AtSeconds, failed.Average(), ConfidenceInterval.OfMean(failed) is { } interval ? [Math.Max(0, interval.Lower), interval.Upper] : null,
            new ImpactKinds(
                Mean(records, kinds => kinds.Refused), Mean(records, kinds => kinds.Dropped), Mean(records, kinds => kinds.TimedOut),
                Mean(records, kinds => kinds.Overflowed), Mean(records, kinds => kinds.Unresolved)),
            records.Length == 0 ? 0 : Math.Max(0, (records.Max(record => record.LastNs) / NsPerSecond) - mark.AtSeconds),
            [
                .. records.GroupBy(record => record.Cause)
                    .Select(cause => new ImpactCause(WordsOf(cause.Key), Mean(cause, kinds => kinds.Total), cause.Max(record => record.LongestNs) / NsPerSecond))
                    .OrderByDescending(cause => cause.Requests),
            ]);
    }

    private static string WordsOf(LossCause cause) => cause switch
    {
        LossCause.OldRules => "nodes had old rules",
        LossCause.OldAddress => "clients had an old address",
        LossCause.KeptConnection => "open connections were reset",
        LossCause.Killed => "pods were killed before they answered",
        LossCause.NoEndpoint => "no endpoint was ready",
        LossCause.HealthCheck => "a load balancer had not noticed",
        _ => throw new System.Diagnostics.UnreachableException($"cause {cause}"),
    };
}
