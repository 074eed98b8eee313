namespace KubeNetSim.Model.Controllers.Rollouts;

/// <summary>The pod that a StatefulSet replaces next when its template changes (pkg/controller/statefulset, updateStatefulSet).</summary>
internal static class OrdinalUpdate
{
    /// <summary>The pod to delete in this pass; null where the controller waits for another, or all are new.</summary>
    /// <param name="controller">The StatefulSet.</param>
    /// <param name="pods">Its pods with their ordinals; none is missing.</param>
    /// <param name="isOfNow">Whether a pod is of the present template.</param>
    public static Pod? NextToReplace(PodController controller, IEnumerable<(int Ordinal, Pod Pod)> pods, Func<Pod, bool> isOfNow)
    {
        if (controller.Rollout.OnDelete || controller.Rollout.Paused)
            return null;
        (int Ordinal, Pod Pod)[] descending = [.. pods.OrderByDescending(pod => pod.Ordinal)];
        if (descending.Any(pod => !pod.Pod.Available))
            return null;
        return descending
            .Where(pod => pod.Ordinal >= controller.OrdinalStart + controller.Rollout.Partition && !isOfNow(pod.Pod))
            .Select(pod => pod.Pod)
            .FirstOrDefault();
    }
}
