using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>Reports that pods of a manifest do not run: once for all pods of a controller.</summary>
internal static class PendingPods
{
    public static void Warn(ImmutableArray<Pod> pods, ControllerLog log)
    {
        if (pods.All(pod => pod.PendingReason is null))
            return;
        Dictionary<(string, string), int> counts = [];
        foreach (Pod pod in pods)
            counts[OwnerOf(pod)] = counts.GetValueOrDefault(OwnerOf(pod)) + 1;
        foreach (IGrouping<(string Namespace, string Owner), Pod> group in pods.Where(pod => pod.PendingReason is not null)
            .GroupBy(OwnerOf))
        {
            Pod first = group.First();
            bool isBare = first.OwnedBy is null;
            string what = isBare ? $"Pod {first.Meta.FullName} stays"
                : $"{group.Count()} of {counts[group.Key]} pods of "
                    + $"{first.OwnedBy!.Replace("/", $" {first.Meta.Namespace}/", StringComparison.Ordinal)} stay";
            log.Warn("pod-pending", first.Meta, isBare ? "spec" : "spec.template.spec", $"{what} Pending: {first.PendingReason}",
                "ask for what some node has: its room, labels, taints and zones");
        }
    }

    private static (string Namespace, string Owner) OwnerOf(Pod pod) => (pod.Meta.Namespace, pod.OwnedBy ?? $"Pod/{pod.Meta.Name}");
}
