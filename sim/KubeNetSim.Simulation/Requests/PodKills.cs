namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// When pods are killed. A request that is not answered by then is reset. Kept apart from <see cref="BackendState"/>, since few pods
/// terminate and every request reads that.
/// </summary>
internal sealed class PodKills
{
    private readonly Dictionary<int, long> _killedAt = [];

    /// <summary>
    /// For how long it is certain that a pod lives that is not terminating: the shortest grace period, to which the kubelet raises 0
    /// (pkg/kubelet/pod_workers.go) [ns].
    /// </summary>
    public const long CertainForNs = Nanoseconds.PerSecond;

    /// <summary>A pod terminates and is killed at this time [ns].</summary>
    public void Set(int backend, long at) => _killedAt[backend] = at;

    /// <summary>A pod starts that has the number of an earlier one.</summary>
    public void Clear(int backend) => _killedAt.Remove(backend);

    /// <summary>When a pod is killed [ns]; <see cref="long.MaxValue"/> where it does not terminate.</summary>
    public long TimeOf(int backend) => _killedAt.GetValueOrDefault(backend, long.MaxValue);
}
