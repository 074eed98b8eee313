using System.Collections.Immutable;
using KubeNetSim.DataPlane;

namespace KubeNetSim.Simulation.Changing;

/// <summary>
/// The control plane of one replication: it does what the scenario's timeline says, and each change takes the way that it takes in a
/// cluster. A new pod starts, becomes ready, and its EndpointSlice says so; every kube-proxy hears of that at its own time and writes its
/// rules. A pod that is deleted leaves the EndpointSlice while it still answers, for as long as its preStop hook sleeps; then it
/// finishes what it has and refuses the rest, and whoever has old rules still sends to it.
/// </summary>
internal sealed class ControlPlaneState
{
    private readonly Simulation<Flight> _simulation;
    private readonly RunState _state;
    private readonly NetworkProfile _network;
    private readonly PodRoster _roster;
    private readonly NodeProxy[] _proxies;
    private readonly RandomStream _watchStream;
    private readonly SortedDictionary<string, EventAction> _lastActions = new(StringComparer.Ordinal);
    private readonly int _replication;

    private Cluster _cluster;
    private Cluster _published;
    private ServiceTable _services;
    private int _version;
    private bool _isStopped;

    public ControlPlaneState(Simulation<Flight> simulation, RunState state, int replication)
    {
        PreparedScenario prepared = state.Prepared;
        _simulation = simulation;
        _state = state;
        _replication = replication;
        _network = prepared.Scenario.Network;
        _cluster = _published = prepared.Cluster;
        _services = prepared.Services;
        _roster = new PodRoster(state);
        _watchStream = RandomStream.Create(prepared.Scenario.Run.Seed, replication, "control plane", "watch");
        long minSyncPeriod = prepared.Cluster.KubeProxy.MinSyncPeriodNs ?? prepared.Mode.DefaultMinSyncPeriodNs;
        _proxies = new NodeProxy[state.Nodes.Length];
        for (int number = 0; number < _proxies.Length; number++)
        {
            int node = number;
            _proxies[node] = new NodeProxy(simulation, state.Nodes[node], sync => prepared.OrderOf(node, replication, sync), minSyncPeriod, prepared.Costs.Sync);
        }
    }

    /// <summary>Waits for the events of the timeline, those after the end of the run left out.</summary>
    public void Start()
    {
        Scenario scenario = _state.Prepared.Scenario;
        foreach (TimelineEvent item in scenario.Timeline.Where(item => item.AtNs < scenario.Run.DurationNs))
            _simulation.Spawn(() => ApplyLater(item));
    }

    /// <summary>Applies no further event of the timeline.</summary>
    public void Stop() => _isStopped = true;

    private async Task ApplyLater(TimelineEvent item)
    {
        await _simulation.Delay(item.AtNs);
        if (_isStopped)
            return;
        EventAction action = EventAction.Of(item);
        _lastActions[action.Key] = action;
        Follow(action.ApplyTo(_cluster).Cluster);
    }

    // Pods that controllers want and that have a node begin; those that they do not want any more begin to end.
    private void Follow(Cluster wanted)
    {
        Dictionary<(string, string), Pod> left = [];
        foreach (Pod pod in wanted.Pods)
            left.TryAdd((pod.Meta.Namespace, pod.Meta.Name), pod);
        ImmutableArray<Pod>.Builder pods = ImmutableArray.CreateBuilder<Pod>(wanted.Pods.Length);
        foreach (Pod pod in _cluster.Pods)
            if (left.Remove((pod.Meta.Namespace, pod.Meta.Name), out Pod? next))
                pods.Add(pod.NodeName is null && next.NodeName is not null ? Begin(next) : next);
            else if (pod.NodeName is not null)
                pods.Add(BeginToEnd(pod));
        // The next pod of a StatefulSet has the name of one that is on its way out, and waits for it: it is not among these.
        foreach (Pod pod in wanted.Pods)
            if (left.Remove((pod.Meta.Namespace, pod.Meta.Name)))
                pods.Add(pod.NodeName is null ? pod : Begin(pod));
        Change(_cluster with { Controllers = wanted.Controllers }, pods.DrainToImmutable());
    }

    private Pod Begin(Pod pod)
    {
        Pod starting = pod with { Ready = false };
        _roster.Enter(starting);
        _simulation.Spawn(() => BecomeReady(starting));
        return starting;
    }

    private async Task BecomeReady(Pod pod)
    {
        RandomStream stream = RandomStream.Create(_state.Prepared.Scenario.Run.Seed, _replication, $"pod/{pod.Meta.FullName}", "start-up");
        await _simulation.Delay(_state.Prepared.Servings.Of(pod).StartupTime.Next(stream));
        int place = PlaceOf(pod);
        // It may have been deleted meanwhile.
        if (place < 0 || _cluster.Pods[place].Terminating)
            return;
        Pod ready = _cluster.Pods[place] with { Ready = true };
        StartSending(ready);
        Change(_cluster, _cluster.Pods.SetItem(place, ready));
    }

    private Pod BeginToEnd(Pod pod)
    {
        Pod terminating = pod with { Terminating = true };
        _simulation.Spawn(() => End(terminating));
        return terminating;
    }

    private async Task End(Pod pod)
    {
        await _simulation.Delay(pod.Spec.PreStopSleepNs);
        int number = _roster.NumberOf(pod);
        _state.Backends[number].Life = BackendLife.Stopping;
        foreach (WorkloadState workload in _state.Workloads)
            if (workload.Spec.From is WorkloadSource.Pods or WorkloadSource.NamedPod)
                workload.Sources.Silence(number);
        await _simulation.Delay(Math.Max(0, _state.Backends[number].LastDeparture - _simulation.Now));
        _roster.Leave(pod);
        Change(_cluster, _cluster.Pods.RemoveAt(PlaceOf(pod)));
        // What waited for its room or its name may come now.
        foreach (EventAction action in _lastActions.Values)
            Follow(action.ApplyTo(_cluster).Cluster);
    }

    private void StartSending(Pod pod)
    {
        int number = _roster.NumberOf(pod);
        int node = _state.Topology.NodeOfPod(number);
        if (pod.Addresses.IsEmpty || node < 0)
            return;
        Source source = new(pod.Spec.HostNetwork ? PacketSource.Node : PacketSource.Pod, node, number, pod.Addresses[0]);
        foreach (WorkloadState workload in _state.Workloads)
            if (workload.Spec.From switch
            {
                WorkloadSource.Pods pods => pods.Namespace == pod.Meta.Namespace && pods.Selector.Matches(pod.Meta.Labels),
                WorkloadSource.NamedPod named => named.Namespace == pod.Meta.Namespace && named.Name == pod.Meta.Name,
                _ => false,
            })
                workload.Sources.Add(source);
    }

    private void Change(Cluster cluster, ImmutableArray<Pod> pods)
    {
        _cluster = ControlPlane.WithPods(cluster, pods);
        Cluster changed = _cluster;
        _simulation.Spawn(() => Publish(changed));
    }

    private async Task Publish(Cluster cluster)
    {
        await _simulation.Delay(_network.EndpointSliceLatencyNs);
        List<PublishedService> changed = ChangedServices.Between(_published, cluster);
        _published = cluster;
        _state.FollowEndpoints(cluster, _simulation.Now);
        if (changed.Count == 0)
            return;
        Cluster numbered = cluster with { Pods = _roster.All };
        ServiceTable services = _services = _services.With(numbered, changed);
        int version = ++_version;
        foreach (NodeProxy proxy in _proxies)
            _simulation.Spawn(() => Tell(proxy, version, services, (long)(_network.WatchLatencyNs * _watchStream.NextExponential())));
        _state.Follow(cluster);
        if (_state.Names.FollowsPods)
            _state.Names.Follow(PreparedScenario.DnsOf(cluster, _state.Prepared.Scenario));
        _simulation.Spawn(() => Balance(LoadBalancerTable.Compile(numbered, services)));
    }

    private async Task Tell(NodeProxy proxy, int version, ServiceTable services, long latency)
    {
        await _simulation.Delay(latency);
        proxy.Hear(version, services);
    }

    // Load balancers find out by their health checks: so many in a row, so far apart.
    private async Task Balance(LoadBalancerTable balancers)
    {
        await _simulation.Delay(balancers.DetectionNs);
        _state.Router.LoadBalancers = balancers;
    }

    private int PlaceOf(Pod pod)
    {
        for (int place = 0; place < _cluster.Pods.Length; place++)
            if (_cluster.Pods[place].Meta.Name == pod.Meta.Name && _cluster.Pods[place].Meta.Namespace == pod.Meta.Namespace)
                return place;
        return Topology.None;
    }
}
