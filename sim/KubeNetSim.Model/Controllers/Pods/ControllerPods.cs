using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>The pods of one controller: which are missing, which are too many, what a new one looks like.</summary>
/// <param name="controller">The controller.</param>
/// <param name="owned">Its pods that are not on their way out.</param>
/// <param name="names">Namespace and name of every pod.</param>
/// <param name="made">Takes the pods that it makes.</param>
/// <param name="surplus">Takes the pods that it removes.</param>
internal sealed class ControllerPods(
    PodController controller, List<Pod> owned, HashSet<(string Namespace, string Name)> names, List<Pod> made, HashSet<Pod> surplus)
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";

    private readonly string _owner = PodOwnership.NameOf(controller);

    /// <summary>Makes what is missing and marks what is too much.</summary>
    public void Sync(ImmutableArray<Node> nodes)
    {
        switch (controller.Kind)
        {
            case PodControllerKind.DaemonSet:
                SyncDaemons(nodes);
                break;
            case PodControllerKind.StatefulSet:
                SyncOrdinals();
                break;
            default:
                SyncReplicas();
                break;
        }
    }

    // pkg/controller/replicaset. Names end in letters that the API server draws; here they follow from the number of the pod.
    private void SyncReplicas()
    {
        string prefix = controller.Meta.Name;
        ImmutableSortedDictionary<string, string> labels = controller.TemplateLabels;
        if (controller.Kind == PodControllerKind.Deployment)
        {
            string hash = NameSuffix.Of(controller.Meta.FullName, -1, 9);
            (prefix, labels) = ($"{prefix}-{hash}", labels.SetItem("pod-template-hash", hash));
        }
        int count = owned.Count;
        for (int number = 0; count < controller.Replicas; number++)
        {
            string name = NameSuffix.Generate(prefix, controller.Meta.FullName, number);
            if (!names.Add((controller.Meta.Namespace, name)))
                continue;
            made.Add(Make(name, labels, controller.Template));
            count++;
        }
        if (count > controller.Replicas)
            foreach (Pod pod in FirstToGo().Take(count - controller.Replicas))
                surplus.Add(pod);
    }

    // The order of ActivePodsWithRanks (pkg/controller/controller_utils.go), without what is not known here: how long a pod has been ready,
    // and restarts. Nor does it matter how many share a node: pods are placed evenly, so the newest are those that made it fuller.
    private IEnumerable<Pod> FirstToGo() => owned
        .Select((pod, age) => (Pod: pod, Age: age))
        .OrderBy(entry => entry.Pod.NodeName is null ? 0 : 1)
        .ThenBy(entry => entry.Pod.Ready ? 1 : 0)
        .ThenBy(entry => CostOf(entry.Pod))
        .ThenByDescending(entry => entry.Age)
        .Select(entry => entry.Pod);

    private static int CostOf(Pod pod) =>
        int.TryParse(pod.Meta.Annotations.GetValueOrDefault(DeletionCost), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture,
            out int cost)
            ? cost : 0;

    // pkg/controller/statefulset: pods NAME-ordinal from spec.ordinals.start on (KEP-3335); any other ordinal is condemned.
    private void SyncOrdinals()
    {
        HashSet<string> wanted = [];
        HashSet<string> present = [.. owned.Select(pod => pod.Meta.Name)];
        for (int ordinal = controller.OrdinalStart; ordinal < controller.OrdinalStart + controller.Replicas; ordinal++)
        {
            string name = $"{controller.Meta.Name}-{ordinal}";
            wanted.Add(name);
            if (present.Contains(name))
                continue;
            names.Add((controller.Meta.Namespace, name));
            ImmutableSortedDictionary<string, string> labels = controller.TemplateLabels
                .SetItem("apps.kubernetes.io/pod-index", ordinal.ToString(CultureInfo.InvariantCulture))
                .SetItem("statefulset.kubernetes.io/pod-name", name);
            // Its pods have names in DNS below the governing Service.
            made.Add(Make(name, labels, controller.Template with { Hostname = name, Subdomain = controller.ServiceName }));
        }
        foreach (Pod pod in owned)
            if (!wanted.Contains(pod.Meta.Name))
                surplus.Add(pod);
    }

    // pkg/controller/daemon: a pod on every node that it selects and whose taints it tolerates; the scheduler then only checks the room.
    private void SyncDaemons(ImmutableArray<Node> nodes)
    {
        PodSpec template = DaemonTolerations.AddTo(controller.Template);
        HashSet<string> served = [.. owned.Select(pod => pod.NodeName).OfType<string>()];
        // One that waits for room is made again, so that it still knows which node it is for.
        foreach (Pod pod in owned)
            if (pod.NodeName is null)
            {
                surplus.Add(pod);
                names.Remove((pod.Meta.Namespace, pod.Meta.Name));
            }
        foreach (Node node in nodes)
        {
            if (served.Contains(node.Meta.Name) || NodeFilters.Refusal(template, node) is not null)
                continue;
            int number = 0;
            string name;
            do
                name = NameSuffix.Generate(controller.Meta.Name, $"{controller.Meta.FullName} {node.Meta.Name}", number++);
            while (!names.Add((controller.Meta.Namespace, name)));
            made.Add(Make(name, controller.TemplateLabels, template) with { NodeName = node.Meta.Name });
        }
    }

    private Pod Make(string name, ImmutableSortedDictionary<string, string> labels, PodSpec spec) => new()
    {
        Meta = new ObjectMeta { Namespace = controller.Meta.Namespace, Name = name, Labels = labels, Origin = controller.Meta.Origin },
        Spec = spec,
        OwnedBy = _owner,
    };
}
