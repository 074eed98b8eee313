using System.Collections.Immutable;
using System.Globalization;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>The pods of one controller: which are missing, which are too many, what a new one looks like.</summary>
/// <param name="controller">The controller.</param>
/// <param name="owned">Its pods that are not on their way out.</param>
/// <param name="names">Namespace and name of every pod.</param>
/// <param name="made">Takes the pods that it makes.</param>
/// <param name="surplus">Takes the pods that it removes.</param>
/// <param name="leaving">Its pods that are on their way out.</param>
internal sealed class ControllerPods(
    PodController controller, List<Pod> owned, HashSet<(string Namespace, string Name)> names, List<Pod> made, HashSet<Pod> surplus, List<Pod> leaving)
{
    private const string DeletionCost = "controller.kubernetes.io/pod-deletion-cost";
    private const string DeploymentHash = "pod-template-hash";
    private const string RevisionHash = "controller-revision-hash";

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
            case PodControllerKind.Deployment when controller.TemplateChangedAtNs is not null:
                RollOut();
                break;
            default:
                Resize(owned, controller.Replicas);
                break;
        }
    }

    // pkg/controller/replicaset. Names end in letters that the API server draws; here they follow from the number of the pod.
    private void Resize(List<Pod> pods, int replicas)
    {
        string prefix = controller.Meta.Name;
        ImmutableSortedDictionary<string, string> labels = controller.TemplateLabels;
        if (controller.Kind == PodControllerKind.Deployment)
        {
            string hash = controller.TemplateHash;
            (prefix, labels) = ($"{prefix}-{hash}", labels.SetItem(DeploymentHash, hash));
        }
        int count = pods.Count;
        for (int number = 0; count < replicas; number++)
        {
            string name = NameSuffix.Generate(prefix, controller.Meta.FullName, number);
            if (!names.Add((controller.Meta.Namespace, name)))
                continue;
            made.Add(Make(name, labels, controller.Template));
            count++;
        }
        if (count > replicas)
            foreach (Pod pod in FirstToGo(pods).Take(count - replicas))
                surplus.Add(pod);
    }

    // Each template has a ReplicaSet of its own, which its pods name in a label.
    private void RollOut()
    {
        List<Pod> now = [];
        List<(string? Hash, List<Pod> Pods)> old = [];
        foreach (Pod pod in owned)
        {
            string? hash = pod.Meta.Labels.GetValueOrDefault(DeploymentHash);
            List<Pod>? set = hash == controller.TemplateHash ? now : old.Find(item => item.Hash == hash).Pods;
            if (set is null)
                old.Add((hash, set = []));
            set.Add(pod);
        }
        int oldLeaving = leaving.Count(pod => pod.Meta.Labels.GetValueOrDefault(DeploymentHash) != controller.TemplateHash);
        (int[] sizes, int size) = DeploymentSizes.Next(controller, [.. old.Select(set => SizeOf(set.Pods))], SizeOf(now), oldLeaving);
        Resize(now, size);
        foreach (((_, List<Pod> pods), int kept) in old.Zip(sizes))
            foreach (Pod pod in FirstToGo(pods).Take(pods.Count - kept))
                surplus.Add(pod);
    }

    private static ReplicaSetSize SizeOf(List<Pod> pods) => new(pods.Count, pods.Count(pod => pod.Available));

    private bool IsOfNow(Pod pod) =>
        controller.TemplateChangedAtNs is null || pod.Meta.Labels.GetValueOrDefault(RevisionHash) == controller.TemplateHash;

    // Pods that were made before the first change of the template carry no hash.
    private ImmutableSortedDictionary<string, string> RevisionLabels => controller.TemplateChangedAtNs is null
        ? controller.TemplateLabels : controller.TemplateLabels.SetItem(RevisionHash, controller.TemplateHash);

    // The order of ActivePodsWithRanks (pkg/controller/controller_utils.go), without what is not known here: how long a pod has been ready,
    // and restarts. Nor does it matter how many share a node: pods are placed evenly, so the newest are those that made it fuller.
    private static IEnumerable<Pod> FirstToGo(List<Pod> pods) => pods
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
            ImmutableSortedDictionary<string, string> labels = RevisionLabels
                .SetItem("apps.kubernetes.io/pod-index", ordinal.ToString(CultureInfo.InvariantCulture))
                .SetItem("statefulset.kubernetes.io/pod-name", name);
            // Its pods have names in DNS below the governing Service.
            made.Add(Make(name, labels, controller.Template with { Hostname = name, Subdomain = controller.ServiceName }));
        }
        foreach (Pod pod in owned)
            if (!wanted.Contains(pod.Meta.Name))
                surplus.Add(pod);
        if (controller.TemplateChangedAtNs is not null && leaving.Count == 0 && wanted.SetEquals(present))
            surplus.UnionWith(OrdinalUpdate.NextToReplace(controller, owned.Select(pod => (OrdinalOf(pod), pod)), IsOfNow) is { } next ? [next] : []);
    }

    private static int OrdinalOf(Pod pod) =>
        int.Parse(pod.Meta.Name.AsSpan(pod.Meta.Name.LastIndexOf('-') + 1), NumberStyles.None, CultureInfo.InvariantCulture);

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
            made.Add(Make(name, RevisionLabels, template) with { NodeName = node.Meta.Name });
        }
        if (controller.TemplateChangedAtNs is not null)
            surplus.UnionWith(DaemonUpdate.ToReplace(controller, served.Count + made.Count(pod => pod.OwnedBy == _owner), owned.FindAll(pod => pod.NodeName is not null), IsOfNow));
    }

    private Pod Make(string name, ImmutableSortedDictionary<string, string> labels, PodSpec spec) => new()
    {
        Meta = new ObjectMeta { Namespace = controller.Meta.Namespace, Name = name, Labels = labels, Origin = controller.Meta.Origin },
        Spec = spec,
        OwnedBy = _owner,
    };
}
