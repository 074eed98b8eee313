namespace KubeNetSim.Model.Controllers.Rollouts;

/// <summary>
/// What becomes of the ReplicaSets of a Deployment that is scaled while it rolls out (pkg/controller/deployment/sync.go, scale): each of
/// them gets its share of the change, so that the risk of the new template stays as it was.
/// </summary>
internal static class ProportionalScaling
{
    /// <summary>The next sizes, in the same order.</summary>
    /// <param name="sets">Sizes of the ReplicaSets that have pods, the newest first.</param>
    /// <param name="replicas">The wanted number of pods.</param>
    /// <param name="maxSurge">How many pods there may be beyond it.</param>
    /// <param name="mostBefore">The same two numbers together, before the change; 0 where they are not known.</param>
    public static int[] Next(IReadOnlyList<int> sets, int replicas, int maxSurge, int mostBefore)
    {
        int most = replicas > 0 ? replicas + maxSurge : 0;
        int missing = most - sets.Sum();
        int[] next = [.. sets];
        if (missing == 0 || next.Length == 0)
            return next;
        // The largest first; of equal ones the newer first when growing and the older first when shrinking.
        int[] order = [.. Enumerable.Range(0, next.Length).OrderByDescending(set => sets[set]).ThenBy(set => missing > 0 ? set : -set)];
        int given = 0;
        foreach (int set in order)
        {
            int share = ShareOf(sets[set], replicas, most, mostBefore);
            int left = missing - given;
            share = sets[set] == 0 || left == 0 ? 0 : missing > 0 ? Math.Min(share, left) : Math.Max(share, left);
            next[set] += share;
            given += share;
        }
        next[order[0]] = Math.Max(0, next[order[0]] + missing - given);
        return next;
    }

    // getReplicaSetFraction: half a pod is rounded away from zero.
    private static int ShareOf(int size, int replicas, int most, int mostBefore)
    {
        if (replicas == 0)
            return -size;
        return mostBefore == 0 ? 0 : (int)Math.Round((double)size * most / mostBefore, MidpointRounding.AwayFromZero) - size;
    }
}
