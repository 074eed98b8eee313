namespace KubeNetSim.Model.Controllers.Nodes;

/// <summary>How many nodes of a zone are lost.</summary>
internal enum ZoneState
{
    /// <summary>Few or none.</summary>
    Normal,

    /// <summary>At least three, and at least the threshold's share.</summary>
    PartialDisruption,

    /// <summary>All of them.</summary>
    FullDisruption,
}

/// <summary>
/// How fast lost nodes get their NoExecute taint, so that a broken network does not evict a whole zone
/// (pkg/controller/nodelifecycle/node_lifecycle_controller.go, ComputeZoneState and handleDisruption).
/// </summary>
/// <param name="Threshold">unhealthy-zone-threshold: the share of lost nodes from which a zone is disrupted.</param>
/// <param name="Rate">node-eviction-rate [nodes/s].</param>
/// <param name="SlowRate">secondary-node-eviction-rate, for a large zone that is disrupted [nodes/s].</param>
/// <param name="LargeZone">large-cluster-size-threshold: a zone of more nodes is large.</param>
internal sealed record ZoneDisruption(double Threshold, double Rate, double SlowRate, int LargeZone)
{
    // ComputeZoneState: two lost nodes are no disruption, however small the zone.
    private const int FewNodes = 2;

    /// <summary>The defaults of kube-controller-manager.</summary>
    public static ZoneDisruption Default { get; } = new(0.55, 0.1, 0.01, 50);

    /// <summary>The state of a zone.</summary>
    public ZoneState StateOf(int ready, int lost) =>
        ready == 0 && lost > 0 ? ZoneState.FullDisruption
        : lost > FewNodes && (double)lost / (lost + ready) >= Threshold ? ZoneState.PartialDisruption
        : ZoneState.Normal;

    /// <summary>Nodes of a zone that are tainted in a second. The first one is tainted at once.</summary>
    /// <param name="state">The state of the zone.</param>
    /// <param name="nodes">Its nodes.</param>
    /// <param name="isEveryZoneLost">Whether all zones are fully disrupted: then the control plane itself is taken for cut off.</param>
    public double RateOf(ZoneState state, int nodes, bool isEveryZoneLost) =>
        isEveryZoneLost ? 0
        : state != ZoneState.PartialDisruption ? Rate
        : nodes > LargeZone ? SlowRate
        : 0;
}
