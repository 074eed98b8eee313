namespace KubeNetSim.Model.Controllers.Rollouts;

/// <summary>
/// The sizes that a Deployment's ReplicaSets reach before the controller has to wait for pods. The controller makes one change a pass and
/// looks again at once; its passes take milliseconds, and pods take seconds.
/// </summary>
internal static class DeploymentSizes
{
    /// <summary>The next sizes.</summary>
    /// <param name="controller">The Deployment.</param>
    /// <param name="old">ReplicaSets of earlier templates, the oldest first.</param>
    /// <param name="now">The ReplicaSet of the present template.</param>
    /// <param name="oldPodsLeaving">Pods of earlier templates that have not ended yet.</param>
    public static (int[] Old, int New) Next(PodController controller, ReplicaSetSize[] old, ReplicaSetSize now, int oldPodsLeaving)
    {
        RollingUpdate update = new(controller.Replicas, controller.Rollout);
        if (controller.Replicas != controller.ReplicasBefore && old.Any(set => set.Replicas > 0) && now.Replicas > 0)
            (old, now) = Scale(controller, old, now, update.MaxSurge);
        if (controller.Rollout.Paused)
            return ([.. old.Select(set => set.Replicas)], now.Replicas);
        if (controller.Rollout.Recreate)
            return (new int[old.Length], oldPodsLeaving + old.Sum(set => set.Replicas) > 0 ? now.Replicas : controller.Replicas);
        while (true)
        {
            int next = update.NextOfNew(now.Replicas, old.Sum(set => set.Replicas));
            if (next != now.Replicas)
            {
                now = Resized(now, next);
                continue;
            }
            ReplicaSetSize[] left = [.. old.Zip(update.NextOfOld(old, now), Resized)];
            if (left.AsSpan().SequenceEqual(old))
                return ([.. old.Select(set => set.Replicas)], now.Replicas);
            old = left;
        }
    }

    private static (ReplicaSetSize[] Old, ReplicaSetSize New) Scale(
        PodController controller, ReplicaSetSize[] old, ReplicaSetSize now, int maxSurge)
    {
        int mostBefore = controller.ReplicasBefore + new RollingUpdate(controller.ReplicasBefore, controller.Rollout).MaxSurge;
        ReplicaSetSize[] newestFirst = [now, .. old.Reverse()];
        int[] next = ProportionalScaling.Next([.. newestFirst.Select(set => set.Replicas)], controller.Replicas, maxSurge, mostBefore);
        ReplicaSetSize[] sized = [.. newestFirst.Zip(next, Resized)];
        return ([.. sized.Skip(1).Reverse()], sized[0]);
    }

    // A ReplicaSet that shrinks gives up the pods first that are not available; pods that it makes are not available yet.
    private static ReplicaSetSize Resized(ReplicaSetSize set, int replicas) => new(replicas, Math.Min(set.Available, replicas));
}
