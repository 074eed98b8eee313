using System.Collections.Immutable;

namespace KubeNetSim.Experiments.Inputs;

/// <summary>Objectives that a scenario cannot answer: of a workload that there is not, or of costs without a price.</summary>
public static class ObjectiveProblems
{
    /// <summary>Finds them.</summary>
    /// <param name="objectives">The objectives.</param>
    /// <param name="workloads">Names of the workloads that there are.</param>
    /// <param name="hasPrices">Whether there are prices.</param>
    public static IEnumerable<Problem> Of(IEnumerable<WantedObjective> objectives, ImmutableArray<string> workloads, bool hasPrices)
    {
        foreach (WantedObjective wanted in objectives)
        {
            if (wanted.Objective.Workload is { } name && !workloads.Contains(name))
                yield return new Problem(Severity.Error, "unknown-workload", wanted.Position, wanted.Field, $"There is no workload \"{name}\"", $"one of {string.Join(", ", workloads)}");
            if (wanted.Objective.Metric == ObjectiveMetric.Cost && !hasPrices)
                yield return NoPrices(wanted.Position, wanted.Field);
        }
    }

    /// <summary>Costs that are asked for where there are none.</summary>
    internal static Problem NoPrices(SourcePosition position, string field) => new(
        Severity.Error, "no-prices", position, field, "Nobody charges for the network of this cluster, so there are no costs to compare", "cluster.cloud: aws, a PriceSheet, or --prices FILE");
}
