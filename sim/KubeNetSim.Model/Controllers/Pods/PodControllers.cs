using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>
/// Deployments, ReplicaSets, StatefulSets and DaemonSets: pods that are missing are made, and those that are too many go. Pods that are
/// given and name a controller as their owner, as those of a live cluster do, count as its own. Running it again changes nothing.
/// </summary>
internal static class PodControllers
{
    /// <summary>The pods that stay, in their order, and then those that the controllers make, in theirs.</summary>
    public static ImmutableArray<Pod> Sync(
        ImmutableArray<PodController> controllers, ImmutableArray<Pod> present, ImmutableArray<Node> nodes)
    {
        PodOwnership ownership = new(controllers);
        List<Pod>[] owned = [.. controllers.Select(_ => new List<Pod>())];
        List<Pod>[] leaving = [.. controllers.Select(_ => new List<Pod>())];
        HashSet<(string, string)> names = [];
        List<Pod> pods = new(present.Length);
        foreach (Pod pod in present)
        {
            int owner = ownership.OwnerOf(pod);
            pods.Add(owner < 0 ? pod : Adopt(pod, controllers[owner]));
            names.Add((pod.Meta.Namespace, pod.Meta.Name));
            // Controllers do not count pods that are on their way out (pkg/controller FilterActivePods).
            if (owner >= 0)
                (pod.Terminating ? leaving : owned)[owner].Add(pods[^1]);
        }
        HashSet<Pod> surplus = new(ReferenceEqualityComparer.Instance);
        List<Pod> made = [];
        for (int number = 0; number < controllers.Length; number++)
        {
            // The Deployment of a live cluster comes with its ReplicaSets: those make no pods besides.
            if (ownership.OwnerOf(controllers[number]) >= 0)
                continue;
            ControllerPods own = new(controllers[number], owned[number], names, made, surplus, leaving[number]);
            own.Sync(nodes);
        }
        return [.. pods.Where(pod => !surplus.Contains(pod)), .. made];
    }

    private static Pod Adopt(Pod pod, PodController controller)
    {
        string owner = PodOwnership.NameOf(controller);
        return pod.OwnedBy == owner ? pod : pod with { OwnedBy = owner };
    }
}
