namespace KubeNetSim.Model.Controllers.Scheduling;

/// <summary>
/// Filters that depend on the pod and the node only, not on other pods: cordons, taints, selectors and affinity. The texts are those of
/// kube-scheduler's plugins (pkg/scheduler/framework/plugins), so that they can be searched for.
/// </summary>
internal static class NodeFilters
{
    private const string NotReady = "node.kubernetes.io/not-ready";
    private const string Cordon = "node.kubernetes.io/unschedulable";

    /// <summary>
    /// Why the pod must not be placed on the node; null where it may. In the order of the plugins, the first refusal only.
    /// </summary>
    public static string? Refusal(PodSpec spec, Node node)
    {
        if (node.Unschedulable && !Tolerates(spec, new Taint(Cordon, "", "NoSchedule")))
            return "node(s) were unschedulable";
        if (!ToleratesAll(spec, node))
            return "node(s) had untolerated taint(s)";
        return Selects(spec, node) ? null : "node(s) didn't match Pod's node affinity/selector";
    }

    /// <summary>Whether the node has the labels that the pod asks for.</summary>
    public static bool Selects(PodSpec spec, Node node)
    {
        foreach ((string key, string value) in spec.NodeSelector)
            if (node.Meta.Labels.GetValueOrDefault(key) != value)
                return false;
        if (spec.NodeAffinityTerms.IsEmpty)
            return true;
        foreach (LabelSelector term in spec.NodeAffinityTerms)
            // A term without expressions matches no node, unlike an empty label selector (core/v1 NodeSelectorTerm).
            if (!term.Requirements.IsEmpty && term.Matches(node.Meta.Labels))
                return true;
        return false;
    }

    private static bool ToleratesAll(PodSpec spec, Node node)
    {
        foreach (Taint taint in node.Taints)
            if (taint.Effect is "NoSchedule" or "NoExecute" && !Tolerates(spec, taint))
                return false;
        // The node lifecycle controller taints a node that is not ready with both effects (pkg/controller/nodelifecycle).
        return node.Ready || (Tolerates(spec, new Taint(NotReady, "", "NoSchedule"))
            && Tolerates(spec, new Taint(NotReady, "", "NoExecute")));
    }

    private static bool Tolerates(PodSpec spec, Taint taint)
    {
        foreach (Toleration toleration in spec.Tolerations)
            if (toleration.Tolerates(taint))
                return true;
        return false;
    }
}
