namespace KubeNetSim.Simulation.Changing;

/// <summary>
/// What load balancers know of the cluster while it changes. Those that send to nodes learn by their health checks: a number of them in a
/// row, an interval apart. Those that send to pods learn from their controller, which registers and deregisters pods as soon as they enter and
/// leave the EndpointSlice; each takes its time to have an effect.
/// </summary>
internal sealed class LoadBalancerState(Simulation<Flight> simulation, Router router)
{
    private LoadBalancerTable _latest = router.LoadBalancers;

    /// <summary>The load balancers that the published endpoints make.</summary>
    public void Follow(LoadBalancerTable next)
    {
        LoadBalancerTable before = _latest;
        _latest = next;
        simulation.Spawn(() => UseNodes(next));
        foreach (LoadBalancer balancer in next.ToPods)
        {
            EndpointEntry[] known = EndpointsIn(before, balancer);
            EndpointEntry[] added = [.. balancer.TargetEndpoints.Except(known)];
            EndpointEntry[] removed = [.. known.Except(balancer.TargetEndpoints)];
            if (added.Length > 0)
                simulation.Spawn(() => Register(balancer, added));
            if (removed.Length > 0)
                simulation.Spawn(() => Deregister(balancer, removed));
        }
    }

    private async Task UseNodes(LoadBalancerTable next)
    {
        await simulation.Delay(next.DetectionNs);
        LoadBalancerTable now = router.LoadBalancers;
        router.LoadBalancers = next.With(balancer => balancer.WithEndpoints([.. EndpointsIn(now, balancer)]));
    }

    // A pod that has left meanwhile is not registered any more, and one that has come back stays.
    private async Task Register(LoadBalancer balancer, EndpointEntry[] added)
    {
        await simulation.Delay(balancer.Traits.Pods!.RegistrationNs);
        Change(balancer, known => known.Union(added.Intersect(EndpointsIn(_latest, balancer))));
    }

    private async Task Deregister(LoadBalancer balancer, EndpointEntry[] removed)
    {
        await simulation.Delay(balancer.Traits.Pods!.DeregistrationNs);
        Change(balancer, known => known.Except(removed.Except(EndpointsIn(_latest, balancer))));
    }

    private void Change(LoadBalancer changed, Func<EndpointEntry[], IEnumerable<EndpointEntry>> change) =>
        router.LoadBalancers = router.LoadBalancers.With(balancer =>
            balancer.IsSame(changed) ? balancer.WithEndpoints([.. change([.. balancer.TargetEndpoints])]) : balancer);

    private static EndpointEntry[] EndpointsIn(LoadBalancerTable table, LoadBalancer balancer) =>
        [.. table.ToPods.FirstOrDefault(balancer.IsSame)?.TargetEndpoints ?? []];
}
