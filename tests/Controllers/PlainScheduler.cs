namespace KubeNetSim.Tests.Controllers;

/// <summary>
/// The scheduler as one would first write it: every pod looks at every node and at every pod that is placed. Slow and obvious; the real one
/// must place every pod where this one does.
/// </summary>
internal static class PlainScheduler
{
    /// <summary>The node of each pod, in order; null for those that stay Pending.</summary>
    public static string?[] Place(IReadOnlyList<Node> nodes, IReadOnlyList<Pod> pods)
    {
        List<(Pod Pod, Node Node)> placed = [];
        string?[] result = new string?[pods.Count];
        int before;
        do
        {
            before = placed.Count;
            for (int number = 0; number < pods.Count; number++)
                if (result[number] is null && Best(pods[number], nodes, placed) is { } best)
                {
                    placed.Add((pods[number], best));
                    result[number] = best.Meta.Name;
                }
        }
        while (placed.Count > before);
        return result;
    }

    private static Node? Best(Pod pod, IReadOnlyList<Node> nodes, List<(Pod Pod, Node Node)> placed) => nodes
        .Where(node => MayRun(pod, node, nodes, placed))
        .OrderBy(node => placed.Count(entry => IsSibling(entry.Pod, pod) && entry.Node.Zone == node.Zone))
        .ThenBy(node => placed.Count(entry => IsSibling(entry.Pod, pod) && entry.Node == node))
        .ThenBy(node => placed.Count(entry => entry.Node == node))
        .FirstOrDefault();

    private static bool IsSibling(Pod one, Pod other) =>
        one.OwnedBy is not null && one.OwnedBy == other.OwnedBy && one.Meta.Namespace == other.Meta.Namespace;

    private static bool MayRun(Pod pod, Node node, IReadOnlyList<Node> nodes, List<(Pod Pod, Node Node)> placed)
    {
        List<Pod> here = [.. placed.Where(entry => entry.Node == node).Select(entry => entry.Pod)];
        return !node.Unschedulable && node.Ready
            && node.Taints.All(taint => taint.Effect == "PreferNoSchedule" || pod.Spec.Tolerations.Any(toleration => toleration.Tolerates(taint)))
            && Selects(pod, node)
            && here.Count < node.AllocatablePods
            && (pod.Spec.RequestedMilliCpu == 0 || here.Sum(other => other.Spec.RequestedMilliCpu) + pod.Spec.RequestedMilliCpu <= node.AllocatableMilliCpu)
            && pod.Spec.TopologySpread.All(constraint => IsWithinSkew(pod, constraint, node, nodes, placed))
            && pod.Spec.AntiAffinity.All(term => !placed.Any(entry => Clashes(pod, term, entry.Pod, entry.Node, node)))
            && placed.All(entry => entry.Pod.Spec.AntiAffinity.All(term => !Clashes(entry.Pod, term, pod, entry.Node, node)));
    }

    private static bool Selects(Pod pod, Node node) => pod.Spec.NodeSelector.All(label => node.Meta.Labels.GetValueOrDefault(label.Key) == label.Value);

    private static bool Clashes(Pod owner, PodAntiAffinityTerm term, Pod other, Node one, Node two) =>
        term.Selector.Matches(other.Meta.Labels) && owner.Meta.Namespace == other.Meta.Namespace
        && one.Meta.Labels.TryGetValue(term.TopologyKey, out string? domain) && domain == two.Meta.Labels.GetValueOrDefault(term.TopologyKey);

    private static bool IsWithinSkew(
        Pod pod, TopologySpreadConstraint constraint, Node node, IReadOnlyList<Node> nodes, List<(Pod Pod, Node Node)> placed)
    {
        string key = constraint.TopologyKey;
        bool Counts(Node other) => Selects(pod, other) && pod.Spec.TopologySpread.All(item => other.Meta.Labels.ContainsKey(item.TopologyKey));
        int In(string domain) => placed.Count(entry => Counts(entry.Node) && entry.Node.Meta.Labels[key] == domain
            && entry.Pod.Meta.Namespace == pod.Meta.Namespace && constraint.Selector.Matches(entry.Pod.Meta.Labels));
        if (!node.Meta.Labels.TryGetValue(key, out string? own))
            return false;
        int self = constraint.Selector.Matches(pod.Meta.Labels) ? 1 : 0;
        return In(own) + self - nodes.Where(Counts).Min(other => In(other.Meta.Labels[key])) <= constraint.MaxSkew;
    }
}
