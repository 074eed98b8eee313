using System.Collections.Immutable;
using System.Globalization;
using k8s;
using k8s.Models;

namespace KubeNetSim.Cli.Get;

/// <summary>Deployments, StatefulSets, DaemonSets and ReplicaSets as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go).</summary>
internal static class ControllerListing
{
    public static ImmutableArray<ListedKind> Kinds { get; } =
    [
        new(["deployments", "deployment", "deploy"], ["READY", "UP-TO-DATE", "AVAILABLE", "AGE"], ["SELECTOR"], (cluster, _) => Of(cluster, PodControllerKind.Deployment,
            (wanted, there, ready, _) => [$"{ready}/{wanted}", Text(there), Text(ready), ListedKind.Age])),
        new(["statefulsets", "statefulset", "sts"], ["READY", "AGE"], ["SELECTOR"], (cluster, _) => Of(cluster, PodControllerKind.StatefulSet,
            (wanted, _, ready, _) => [$"{ready}/{wanted}", ListedKind.Age])),
        new(["daemonsets", "daemonset", "ds"], ["DESIRED", "CURRENT", "READY", "UP-TO-DATE", "AVAILABLE", "NODE SELECTOR", "AGE"], ["SELECTOR"], (cluster, _) => Of(cluster, PodControllerKind.DaemonSet,
            (_, there, ready, controller) => [Text(there), Text(there), Text(ready), Text(there), Text(ready), Labels(controller.Template.NodeSelector), ListedKind.Age])),
        new(["replicasets", "replicaset", "rs"], ["DESIRED", "CURRENT", "READY", "AGE"], ["SELECTOR"], (cluster, _) => Of(cluster, PodControllerKind.ReplicaSet,
            (wanted, there, ready, _) => [Text(wanted), Text(there), Text(ready), ListedKind.Age])),
    ];

    private static IEnumerable<ListedObject> Of(Cluster cluster, PodControllerKind kind, Func<int, int, int, PodController, ImmutableArray<string>> cells)
    {
        ILookup<(string, string?), Pod> pods = cluster.Pods.ToLookup(pod => (pod.Meta.Namespace, pod.OwnedBy));
        return cluster.Controllers.Where(controller => controller.Kind == kind).Select(controller =>
        {
            Pod[] own = [.. pods[(controller.Meta.Namespace, $"{kind}/{controller.Meta.Name}")]];
            int ready = own.Count(pod => pod.Ready && pod.NodeName is not null);
            int wanted = kind == PodControllerKind.DaemonSet ? own.Length : controller.Replicas;
            return new ListedObject(controller.Meta, cells(wanted, own.Length, ready, controller), [Labels(controller.TemplateLabels)], () => Export(controller, ready));
        });
    }

    private static IKubernetesObject<V1ObjectMeta> Export(PodController controller, int ready)
    {
        V1ObjectMeta metadata = ObjectMetaExport.Of(controller.Meta);
        V1LabelSelector selector = new() { MatchLabels = ObjectMetaExport.OrNull(controller.TemplateLabels) };
        V1PodTemplateSpec template = new() { Metadata = new V1ObjectMeta { Labels = ObjectMetaExport.OrNull(controller.TemplateLabels) }, Spec = PodSpecExport.Of(controller.Template) };
        return controller.Kind switch
        {
            PodControllerKind.Deployment => new V1Deployment
            {
                ApiVersion = "apps/v1",
                Kind = "Deployment",
                Metadata = metadata,
                Spec = new V1DeploymentSpec { Replicas = controller.Replicas, Selector = selector, Template = template },
                Status = new V1DeploymentStatus { ReadyReplicas = ready },
            },
            PodControllerKind.StatefulSet => new V1StatefulSet
            {
                ApiVersion = "apps/v1",
                Kind = "StatefulSet",
                Metadata = metadata,
                Spec = new V1StatefulSetSpec { Replicas = controller.Replicas, ServiceName = controller.ServiceName, Selector = selector, Template = template },
            },
            PodControllerKind.DaemonSet => new V1DaemonSet { ApiVersion = "apps/v1", Kind = "DaemonSet", Metadata = metadata, Spec = new V1DaemonSetSpec { Selector = selector, Template = template } },
            PodControllerKind.ReplicaSet => new V1ReplicaSet
            {
                ApiVersion = "apps/v1",
                Kind = "ReplicaSet",
                Metadata = metadata,
                Spec = new V1ReplicaSetSpec { Replicas = controller.Replicas, Selector = selector, Template = template },
            },
            _ => throw new System.Diagnostics.UnreachableException($"controller {controller.Kind}"),
        };
    }

    private static string Labels(ImmutableSortedDictionary<string, string> labels) =>
        labels.IsEmpty ? ListedKind.None : string.Join(",", labels.Select(label => $"{label.Key}={label.Value}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
