namespace KubeNetSim.Model.Controllers.Rollouts;

/// <summary>The daemons that a DaemonSet replaces when its template changes (pkg/controller/daemon/update.go, without surge).</summary>
internal static class DaemonUpdate
{
    /// <summary>The pods to delete in this pass: those that are not available at once, others as far as the budget allows.</summary>
    /// <param name="controller">The DaemonSet.</param>
    /// <param name="nodes">How many nodes are to run a daemon.</param>
    /// <param name="pods">Its pods, in the order of their nodes.</param>
    /// <param name="isOfNow">Whether a pod is of the present template.</param>
    public static IEnumerable<Pod> ToReplace(PodController controller, int nodes, IReadOnlyList<Pod> pods, Func<Pod, bool> isOfNow)
    {
        if (controller.Rollout.OnDelete || controller.Rollout.Paused)
            return [];
        int budget = Math.Max(1, controller.Rollout.MaxUnavailable.Of(nodes, roundUp: true)) - (nodes - pods.Count(pod => pod.Available));
        Pod[] old = [.. pods.Where(pod => !isOfNow(pod))];
        return [.. old.Where(pod => !pod.Available), .. old.Where(pod => pod.Available).Take(Math.Max(0, budget))];
    }
}
