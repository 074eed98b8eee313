namespace KubeNetSim.Model.Controllers.Nodes;

/// <summary>
/// The NoExecute taints of lost nodes, and how long a pod stays (pkg/controller/nodelifecycle/node_lifecycle_controller.go,
/// pkg/controller/tainteviction/taint_eviction.go).
/// </summary>
internal static class NodeTaint
{
    /// <summary>The taint of a node whose condition Ready is False.</summary>
    public const string NotReady = "node.kubernetes.io/not-ready";

    /// <summary>The taint of a node whose condition Ready is Unknown.</summary>
    public const string Unreachable = "node.kubernetes.io/unreachable";

    /// <summary>The taint that a status of the condition Ready leads to; null for none. It replaces the other one.</summary>
    public static string? Of(string? ready) => ready switch
    {
        "False" => NotReady,
        "Unknown" => Unreachable,
        _ => null,
    };

    /// <summary>Seconds from the taint to the deletion of a pod; null where it stays for ever.</summary>
    /// <param name="tolerations">
    /// For each taint of the node whether the pod tolerates it, and for how many seconds; null for ever. Any taint that it does not tolerate
    /// deletes it at once, and the shortest toleration counts (getMinTolerationTime).
    /// </param>
    public static long? DeletedAfter(IReadOnlyCollection<(bool IsTolerated, long? Seconds)> tolerations)
    {
        if (tolerations.Any(item => !item.IsTolerated))
            return 0;
        return tolerations.Where(item => item.Seconds is not null).Select(item => (long?)Math.Max(0, item.Seconds!.Value)).Min();
    }
}
