namespace KubeNetSim.Simulation.Changing;

/// <summary>When the parts of a pod's termination happen.</summary>
/// <param name="StoppedAtNs">Its processes get SIGTERM: they close their listeners and finish their requests [ns].</param>
/// <param name="KilledAtNs">They get SIGKILL: the kernel resets the connections of unfinished requests [ns].</param>
internal readonly record struct PodTermination(long StoppedAtNs, long KilledAtNs)
{
    /// <summary>
    /// The shortest time from SIGTERM to SIGKILL, however long preStop took (pkg/kubelet/kuberuntime, minimumGracePeriodInSeconds).
    /// </summary>
    private const long LeastStopNs = 2 * Nanoseconds.PerSecond;

    /// <summary>
    /// From the exit of a pod's last process until its network is gone: StopPodSandbox of the container runtime, which calls the CNI
    /// plugin.
    /// Meanwhile the kernel answers for the pod and refuses connections. Assumed: runtimes take 0.1 s to 1 s under load.
    /// </summary>
    public const long SandboxRemovalNs = Nanoseconds.PerSecond / 2;

    /// <summary>The times of a pod that is deleted now. preStop counts against the grace period.</summary>
    public static PodTermination Of(Pod pod, long now)
    {
        long stopped = now + pod.Spec.PreStopSleepNs;
        long graceEnd = now + Math.Max(PodKills.CertainForNs, pod.Spec.TerminationGraceNs);
        return new PodTermination(stopped, pod.Spec.PreStopSleepNs > 0 ? Math.Max(graceEnd, stopped + LeastStopNs) : graceEnd);
    }
}
