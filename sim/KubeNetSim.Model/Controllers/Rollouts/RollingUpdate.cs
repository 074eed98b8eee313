namespace KubeNetSim.Model.Controllers.Rollouts;

/// <summary>
/// What the Deployment controller decides in one pass of a rolling update (pkg/controller/deployment/rolling.go and
/// util/deployment_util.go): the next sizes of the new ReplicaSet and of the old ones.
/// </summary>
/// <param name="replicas">How many pods the Deployment wants, <c>spec.replicas</c>.</param>
/// <param name="strategy">Its strategy.</param>
internal readonly struct RollingUpdate(int replicas, RolloutStrategy strategy)
{
    /// <summary>
    /// The limits in pods. The surge is rounded up, the pods that may be missing are rounded down; where both come to 0 the rollout could
    /// not begin, and one pod may be missing (ResolveFenceposts).
    /// </summary>
    public (int MaxSurge, int MaxUnavailable) Fenceposts
    {
        get
        {
            int surge = strategy.MaxSurge.Of(replicas, roundUp: true);
            int unavailable = strategy.MaxUnavailable.Of(replicas, roundUp: false);
            return surge == 0 && unavailable == 0 ? (0, 1) : (surge, unavailable);
        }
    }

    /// <summary>How many of the wanted pods may be missing: never more than there are; none where all are replaced at once.</summary>
    public int MaxUnavailable => strategy.Recreate || replicas == 0 ? 0 : Math.Min(replicas, Fenceposts.MaxUnavailable);

    /// <summary>How many pods there may be beyond the wanted number.</summary>
    public int MaxSurge => strategy.Recreate ? 0 : Fenceposts.MaxSurge;

    /// <summary>The next size of the new ReplicaSet (reconcileNewReplicaSet, NewRSNewReplicas).</summary>
    /// <param name="now">Its present size.</param>
    /// <param name="old">Pods that the old ReplicaSets are to have together.</param>
    public int NextOfNew(int now, int old)
    {
        if (strategy.Recreate || now >= replicas)
            return replicas;
        int room = replicas + strategy.MaxSurge.Of(replicas, roundUp: true) - (now + old);
        return room <= 0 ? now : now + Math.Min(room, replicas - now);
    }

    /// <summary>
    /// The next sizes of the old ReplicaSets (reconcileOldReplicaSets): those whose pods are not available give them up first, then as many
    /// available pods go as the Deployment can do without.
    /// </summary>
    /// <param name="old">The old ReplicaSets, the oldest first.</param>
    /// <param name="now">The new one.</param>
    public int[] NextOfOld(IReadOnlyList<ReplicaSetSize> old, ReplicaSetSize now)
    {
        int unavailableOfNew = now.Replicas - now.Available;
        int removable = old.Sum(set => set.Replicas) + now.Replicas - (replicas - MaxUnavailable) - unavailableOfNew;
        int[] sizes = [.. old.Select(set => set.Replicas)];
        if (removable <= 0)
            return sizes;
        sizes = CleanUp(old, removable);
        return ScaleDown(sizes, old.Sum(set => set.Available) + now.Available);
    }

    /// <summary>Old ReplicaSets without pods that are not available (cleanupUnhealthyReplicas); the oldest first.</summary>
    /// <param name="old">The old ReplicaSets, the oldest first.</param>
    /// <param name="most">How many pods may go.</param>
    public static int[] CleanUp(IReadOnlyList<ReplicaSetSize> old, int most)
    {
        int[] sizes = [.. old.Select(set => set.Replicas)];
        for (int set = 0; set < sizes.Length && most > 0; set++)
        {
            int gone = Math.Clamp(old[set].Replicas - old[set].Available, 0, most);
            sizes[set] -= gone;
            most -= gone;
        }
        return sizes;
    }

    /// <summary>Old ReplicaSets after as many pods have gone as are available beyond the least (scaleDownOldReplicaSetsForRollingUpdate).</summary>
    /// <param name="sizes">Sizes of the old ReplicaSets, the oldest first.</param>
    /// <param name="available">Available pods of all ReplicaSets.</param>
    public int[] ScaleDown(IReadOnlyList<int> sizes, int available)
    {
        int spare = available - (replicas - MaxUnavailable);
        int[] next = [.. sizes];
        for (int set = 0; set < next.Length && spare > 0; set++)
        {
            int gone = Math.Min(next[set], spare);
            next[set] -= gone;
            spare -= gone;
        }
        return next;
    }
}
