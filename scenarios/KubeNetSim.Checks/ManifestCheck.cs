using System.Collections.Immutable;

namespace KubeNetSim.Checks;

/// <summary>
/// Looks for what the API server accepts and what hurts all the same. Controllers derive the cluster, the router says where packets go and
/// the cost profile what that costs, so that advice comes with figures of the simulator. No run is needed: it takes seconds for thousands
/// of objects.
/// </summary>
public static class ManifestCheck
{
    /// <summary>Finds everything there is to say besides what reading has said.</summary>
    /// <param name="scenario">What was read.</param>
    /// <param name="leftOut">Objects that were left out for their errors: what refers to them is not to blame.</param>
    /// <param name="hasErrors">Whether reading found errors: then nothing is said of workloads, which may have lost what they call.</param>
    public static ImmutableArray<Problem> Find(Scenario scenario, ImmutableArray<ObjectMeta> leftOut, bool hasErrors)
    {
        Reconciliation reconciliation = ControlPlane.Reconcile(scenario.Objects, scenario.Cluster);
        Inspection inspection = new(scenario, reconciliation.Cluster, leftOut);
        ImmutableArray<Problem>.Builder problems = ImmutableArray.CreateBuilder<Problem>();
        problems.AddRange(reconciliation.Problems);
        if (!hasErrors && !scenario.Workloads.IsEmpty)
            problems.AddRange(Preparation.Of(scenario, reconciliation.Cluster).Problems);
        foreach (Func<Inspection, IEnumerable<Problem>> find in KnownPitfalls.All)
            problems.AddRange(find(inspection));
        return [.. problems.Distinct()];
    }
}
