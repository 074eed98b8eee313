namespace KubeNetSim.Model.Controllers.Nodes;

/// <summary>
/// When the node controller takes a node for lost (pkg/controller/nodelifecycle/node_lifecycle_controller.go, tryUpdateNodeHealth). Times
/// count from when the controller saw a change, not from when the node made it.
/// </summary>
/// <param name="GraceNs">node-monitor-grace-period [ns].</param>
/// <param name="StartupGraceNs">node-startup-grace-period, for a node whose kubelet has never posted a status [ns].</param>
internal readonly record struct NodeHeartbeat(long GraceNs, long StartupGraceNs)
{
    /// <summary>The kubelet renews its lease so often: a quarter of the 40 s that it is valid (pkg/kubelet/kubelet.go) [ns].</summary>
    public const long LeaseRenewalNs = 10_000_000_000;

    /// <summary>Passes of the controller are so far apart (node-monitor-period) [ns].</summary>
    public const long MonitorPeriodNs = 5_000_000_000;

    /// <summary>The defaults since Kubernetes 1.32: 50 s and 60 s.</summary>
    public static NodeHeartbeat Default { get; } = new(50_000_000_000, 60_000_000_000);

    /// <summary>Whether a pass sets the node's condition Ready to Unknown. A lease or a status alone keeps a node.</summary>
    /// <param name="hasPosted">Whether its kubelet has ever posted a status.</param>
    /// <param name="ageNs">Time since the node was created [ns].</param>
    /// <param name="sinceStatusNs">Time since a change of its status was seen; null where none was [ns].</param>
    /// <param name="sinceLeaseNs">Time since a renewal of its lease was seen; null where none was [ns].</param>
    public bool IsLost(bool hasPosted, long ageNs, long? sinceStatusNs, long? sinceLeaseNs)
    {
        long since = Math.Min(sinceStatusNs ?? ageNs, sinceLeaseNs ?? long.MaxValue);
        return since > (hasPosted ? GraceNs : StartupGraceNs);
    }
}
