namespace KubeNetSim.Simulation.Changing;

/// <summary>
/// kube-proxy on one node: it receives changed endpoints, and writes the state that it knows at the start of a sync into the kernel.
/// Syncs are at least
/// minSyncPeriod apart, from the end of one to the start of the next (pkg/proxy/runner/bounded_frequency_runner.go); what comes in between
/// waits. Until a run ends, packets meet the rules of the run before.
/// </summary>
internal sealed class NodeProxy(Simulation<Flight> simulation, NodeState node, Func<int, ulong> orderOf, long minSyncPeriod, SyncCosts costs)
{
    private ServiceTable _programmed = node.Snapshot.Services;
    private ServiceTable _latest = node.Snapshot.Services;
    private int _version;
    private int _syncs;
    private long _notBefore;
    private bool _isSyncing;

    /// <summary>Receives a version of the Services; ignores one that is older than what it knows.</summary>
    public void OnServicesChanged(int version, ServiceTable services)
    {
        if (version <= _version)
            return;
        _version = version;
        _latest = services;
        if (!_isSyncing)
            simulation.Spawn(Sync);
        _isSyncing = true;
    }

    private async Task Sync()
    {
        while (!ReferenceEquals(_programmed, _latest))
        {
            await simulation.Delay(Math.Max(0, _notBefore - simulation.Now));
            ServiceTable target = _latest;
            await simulation.Delay(costs.Of(target.Ports.Count, target.EndpointCount));
            node.Snapshot = node.Snapshot.Synced(target, orderOf(++_syncs));
            _programmed = target;
            _notBefore = simulation.Now + minSyncPeriod;
        }
        _isSyncing = false;
    }
}
