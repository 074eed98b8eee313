namespace KubeNetSim.Model.Controllers.Pods;

/// <summary>
/// What every daemon tolerates (pkg/controller/daemon/util AddOrUpdateDaemonPodTolerations): trouble of its node, and a cordon.
/// </summary>
internal static class DaemonTolerations
{
    private static readonly Toleration[] Always =
    [
        new("node.kubernetes.io/not-ready", true, "", "NoExecute"),
        new("node.kubernetes.io/unreachable", true, "", "NoExecute"),
        new("node.kubernetes.io/disk-pressure", true, "", "NoSchedule"),
        new("node.kubernetes.io/memory-pressure", true, "", "NoSchedule"),
        new("node.kubernetes.io/pid-pressure", true, "", "NoSchedule"),
        new("node.kubernetes.io/unschedulable", true, "", "NoSchedule"),
    ];

    private static readonly Toleration InTheNodesNetwork = new("node.kubernetes.io/network-unavailable", true, "", "NoSchedule");

    public static PodSpec AddTo(PodSpec template) => template with
    {
        Tolerations = template.HostNetwork
            ? [.. template.Tolerations, .. Always, InTheNodesNetwork]
            : [.. template.Tolerations, .. Always],
    };
}
