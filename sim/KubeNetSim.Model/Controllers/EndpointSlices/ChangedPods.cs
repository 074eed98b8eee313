using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.EndpointSlices;

/// <summary>Which pods differ between two moments: those that came, went, or have another record.</summary>
internal static class ChangedPods
{
    /// <summary>Each of them as it was and as it is.</summary>
    public static List<Pod> Between(ImmutableArray<Pod> before, ImmutableArray<Pod> after)
    {
        HashSet<Pod> unchanged = new(before.Length, ReferenceEqualityComparer.Instance);
        foreach (Pod pod in before)
            unchanged.Add(pod);
        List<Pod> changed = [];
        foreach (Pod pod in after)
            if (!unchanged.Remove(pod))
                changed.Add(pod);
        // What is left in the set went; take it in the order of the list, not of the set.
        foreach (Pod pod in before)
            if (unchanged.Contains(pod))
                changed.Add(pod);
        return changed;
    }
}
