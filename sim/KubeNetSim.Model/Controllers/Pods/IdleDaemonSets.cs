using System.Collections.Immutable;

namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>DaemonSets that no node suits. They make no pods at all, so that no pod is Pending either.</summary>
internal static class IdleDaemonSets
{
    /// <summary>Reports each of them once, with the reason.</summary>
    public static void Warn(ImmutableArray<PodController> controllers, ImmutableArray<Node> nodes, ControllerLog log)
    {
        foreach (PodController controller in controllers)
            if (Reason(controller, nodes) is { } reason)
                log.Warn("daemonset-without-nodes", controller.Meta, "spec.template.spec",
                    $"DaemonSet {controller.Meta.FullName} makes no pod: {reason}", "ask for labels that some node has, and tolerate its taints");
    }

    /// <summary>Why a DaemonSet makes no pod; null where it makes some, or is of another kind.</summary>
    public static string? Reason(PodController controller, IReadOnlyCollection<Node> nodes)
    {
        if (controller.Kind != PodControllerKind.DaemonSet || nodes.Count == 0)
            return null;
        PodSpec template = DaemonTolerations.AddTo(controller.Template);
        string[] refusals = [.. nodes.Select(node => NodeFilters.Refusal(template, node)).TakeWhile(refusal => refusal is not null).OfType<string>()];
        if (refusals.Length < nodes.Count)
            return null;
        string selector = string.Join(", ", template.NodeSelector.Select(label => $"{label.Key}: {label.Value}"));
        return $"0/{nodes.Count} nodes suit it, {string.Join(", ", refusals.CountBy(refusal => refusal).Select(item => $"{item.Value} {item.Key}"))}"
            + (selector.Length == 0 ? "" : $" (nodeSelector {selector})");
    }
}
