namespace KubeNetSim.Cli.Get;

/// <summary>
/// Pods as kubectl prints them (kubernetes pkg/printers/internalversion/printers.go, printPod). The model keeps what a pod's
/// containers ask for together, so that every pod counts as one container.
/// </summary>
internal static class PodListing
{
    public static ListedKind Kind { get; } = new(
        ["pods", "pod", "po"],
        ["READY", "STATUS", "RESTARTS", "AGE"],
        ["IP", "NODE", "NOMINATED NODE", "READINESS GATES"],
        (cluster, _) => cluster.Pods.Select(Listed));

    private static ListedObject Listed(Pod pod) => new(
        pod.Meta,
        [pod.Ready && pod.NodeName is not null ? "1/1" : "0/1", Status(pod), "0", ListedKind.Age],
        [
            pod.Addresses.Length > 0 ? pod.Addresses[0].ToString() : ListedKind.None,
            pod.NodeName ?? ListedKind.None, ListedKind.None, ListedKind.None,
        ],
        () => PodExport.Of(pod));

    private static string Status(Pod pod) => pod.Terminating ? "Terminating" : pod.NodeName is null ? "Pending" : "Running";
}
