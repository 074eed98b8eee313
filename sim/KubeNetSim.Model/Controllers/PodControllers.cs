using System.Collections.Immutable;

namespace KubeNetSim.Model;

/// <summary>
/// Deployments, ReplicaSets, StatefulSets and DaemonSets: pods that are missing are made, with the names that the real controllers give.
/// Pods that are given and name a controller as their owner, as those of a live cluster do, count as its own.
/// </summary>
internal static class PodControllers
{
    public static ImmutableArray<Pod> Pods(ImmutableArray<PodController> controllers, ImmutableArray<Pod> given, ImmutableArray<Node> nodes)
    {
        ImmutableArray<Pod>.Builder pods = ImmutableArray.CreateBuilder<Pod>();
        pods.AddRange(given);
        HashSet<string> known = [.. controllers.Select(Key)];
        Dictionary<string, int> existing = [];
        foreach (Pod pod in given)
            if (!pod.Terminating && OwnerKey(pod, known) is { } key)
                existing[key] = existing.GetValueOrDefault(key) + 1;
        foreach (PodController controller in controllers)
        {
            // The Deployment of a live cluster comes with its ReplicaSet: that one makes no pods besides.
            if (controller.OwnedBy is { } owner && controllers.Any(other => other.Meta.Namespace == controller.Meta.Namespace && OwnerName(other) == owner))
                continue;
            pods.AddRange(Missing(controller, existing.GetValueOrDefault(Key(controller)), nodes));
        }
        return pods.ToImmutable();
    }

    /// <summary><c>Kind/name</c>, as <see cref="Pod.OwnedBy"/> names it.</summary>
    public static string OwnerName(PodController controller) => $"{controller.Kind}/{controller.Meta.Name}";

    private static string Key(PodController controller) => $"{controller.Meta.Namespace}/{OwnerName(controller)}";

    // The pods of a Deployment name its ReplicaSet, which is the Deployment's name and a hash.
    private static string? OwnerKey(Pod pod, HashSet<string> known)
    {
        if (pod.OwnedBy is not { } owner)
            return null;
        string key = $"{pod.Meta.Namespace}/{owner}";
        const string ReplicaSet = "ReplicaSet/";
        int hash = owner.LastIndexOf('-');
        if (!owner.StartsWith(ReplicaSet, StringComparison.Ordinal) || hash < 0)
            return key;
        string deployment = $"{pod.Meta.Namespace}/Deployment/{owner[ReplicaSet.Length..hash]}";
        return known.Contains(deployment) ? deployment : key;
    }

    private static IEnumerable<Pod> Missing(PodController controller, int existing, ImmutableArray<Node> nodes)
    {
        if (controller.Kind == PodControllerKind.DaemonSet)
        {
            if (existing == 0)
                foreach (Node node in nodes)
                    if (Scheduler.MayRunDaemon(controller.Template, node))
                        yield return Make(controller, $"{controller.Meta.Name}-{NameSuffix.Of(controller.Meta.FullName + node.Meta.Name, 0, 5)}") with { NodeName = node.Meta.Name };
            yield break;
        }
        for (int number = existing; number < controller.Replicas; number++)
            yield return Make(controller, NameOf(controller, number));
    }

    private static string NameOf(PodController controller, int number) => controller.Kind switch
    {
        PodControllerKind.StatefulSet => $"{controller.Meta.Name}-{controller.OrdinalStart + number}",
        PodControllerKind.Deployment =>
            $"{controller.Meta.Name}-{NameSuffix.Of(controller.Meta.FullName, -1, 9)}-{NameSuffix.Of(controller.Meta.FullName, number, 5)}",
        _ => $"{controller.Meta.Name}-{NameSuffix.Of(controller.Meta.FullName, number, 5)}",
    };

    private static Pod Make(PodController controller, string name)
    {
        bool isStateful = controller.Kind == PodControllerKind.StatefulSet;
        return new Pod
        {
            Meta = new ObjectMeta
            {
                Namespace = controller.Meta.Namespace,
                Name = name,
                Labels = isStateful
                    ? controller.TemplateLabels.SetItem("statefulset.kubernetes.io/pod-name", name)
                    : controller.TemplateLabels,
                Origin = controller.Meta.Origin,
            },
            // A StatefulSet's pods have names in DNS below its governing Service.
            Spec = isStateful ? controller.Template with { Hostname = name, Subdomain = controller.ServiceName } : controller.Template,
            OwnedBy = OwnerName(controller),
        };
    }
}
