namespace KubeNetSim.Simulation.Requests;

/// <summary>
/// When pods are killed. A request that is not answered by then is reset. Kept apart from <see cref="BackendState"/>, since few pods
/// terminate and every request reads that.
/// </summary>
internal sealed class PodKills
{
    private readonly Dictionary<int, Termination> _terminations = [];

    /// <summary>
    /// For how long it is certain that a pod lives that is not terminating: the shortest grace period, to which the kubelet raises 0
    /// (pkg/kubelet/pod_workers.go) [ns].
    /// </summary>
    public const long CertainForNs = Nanoseconds.PerSecond;

    /// <summary>A pod terminates.</summary>
    public void Set(int backend, Termination termination) => _terminations[backend] = termination;

    /// <summary>A pod starts that has the number of an earlier one.</summary>
    public void Clear(int backend) => _terminations.Remove(backend);

    /// <summary>When a pod is killed [ns]; <see cref="long.MaxValue"/> where it does not terminate.</summary>
    public long TimeOf(int backend) => _terminations.TryGetValue(backend, out Termination termination) ? termination.KilledAtNs : long.MaxValue;

    /// <summary>How a pod terminates; null where it does not.</summary>
    public Termination? TerminationOf(int backend) => _terminations.TryGetValue(backend, out Termination termination) ? termination : null;
}

/// <summary>The end of a pod.</summary>
/// <param name="Event">Place of the event of the timeline that ended it.</param>
/// <param name="AtNs">When it was deleted [ns].</param>
/// <param name="KilledAtNs">When its processes are killed [ns].</param>
internal readonly record struct Termination(int Event, long AtNs, long KilledAtNs);
