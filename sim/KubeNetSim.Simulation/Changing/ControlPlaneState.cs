using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Changing;

/// <summary>
/// The control plane of one replication. It applies the events of the scenario's timeline, and each change propagates as in a cluster: a
/// new pod starts, becomes ready and enters its EndpointSlice; each kube-proxy receives the EndpointSlice after its own delay and writes
/// its
/// rules. A deleted pod leaves the EndpointSlice at once, but nodes with old rules still send to it. It answers during its preStop hook,
/// then finishes its requests and refuses others, and is killed at the end of its grace period.
/// </summary>
internal sealed class ControlPlaneState
{
    private readonly Simulation<Flight> _simulation;
    private readonly RunState _state;
    private readonly NetworkProfile _network;
    private readonly PodRoster _roster;
    private readonly NodeProxy[] _proxies;
    private readonly LoadBalancerState _balancers;
    private readonly RandomStream _watchStream;
    private readonly SortedDictionary<string, (EventAction Action, int Event)> _lastActions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Namespace, string Owner), int> _lastEvents = [];
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
        _balancers = new LoadBalancerState(simulation, state.Router);
        _watchStream = RandomStream.Create(prepared.Scenario.Run.Seed, replication, "control plane", "watch");
        long minSyncPeriod = prepared.Cluster.KubeProxy.MinSyncPeriodNs ?? prepared.Mode.DefaultMinSyncPeriodNs;
        _proxies = new NodeProxy[state.Nodes.Length];
        for (int number = 0; number < _proxies.Length; number++)
        {
            int node = number;
            _proxies[node] = new NodeProxy(simulation, state.Nodes[node], sync => prepared.OrderOf(node, replication, sync), minSyncPeriod, prepared.Costs.Sync);
        }
    }

    /// <summary>Schedules the events of the timeline that lie within the run.</summary>
    public void Start()
    {
        Scenario scenario = _state.Prepared.Scenario;
        for (int place = 0; place < scenario.Timeline.Length; place++)
        {
            (TimelineEvent item, int number) = (scenario.Timeline[place], place);
            if (item.AtNs < scenario.Run.DurationNs)
                _simulation.Spawn(() => ApplyLater(item, number));
        }
    }

    /// <summary>Applies no further event of the timeline.</summary>
    public void Stop() => _isStopped = true;

    private async Task ApplyLater(TimelineEvent item, int number)
    {
        await _simulation.Delay(item.AtNs);
        if (_isStopped)
            return;
        EventAction action = EventAction.Of(item);
        _lastActions[action.Key] = (action, number);
        _lastEvents[action.Controller] = number;
        _state.Impact.Last = (number, _simulation.Now);
        Reconcile(action.ApplyTo(_cluster).Cluster, number);
    }

    // Starts the pods that controllers want and that have a node, and terminates those that they do not want any more.
    private void Reconcile(Cluster wanted, int number)
    {
        Dictionary<(string, string), Pod> left = [];
        foreach (Pod pod in wanted.Pods)
            left.TryAdd((pod.Meta.Namespace, pod.Meta.Name), pod);
        ImmutableArray<Pod>.Builder pods = ImmutableArray.CreateBuilder<Pod>(wanted.Pods.Length);
        foreach (Pod pod in _cluster.Pods)
            if (left.Remove((pod.Meta.Namespace, pod.Meta.Name), out Pod? next))
                pods.Add(pod.NodeName is null && next.NodeName is not null ? Start(next) : next);
            else if (pod.NodeName is not null)
                pods.Add(pod.Terminating ? pod : Terminate(pod, number));
        // The next pod of a StatefulSet has the name of one that is terminating, and waits for it: it is not among these.
        foreach (Pod pod in wanted.Pods)
            if (left.Remove((pod.Meta.Namespace, pod.Meta.Name)))
                pods.Add(pod.NodeName is null ? pod : Start(pod));
        Change(_cluster with { Controllers = wanted.Controllers }, pods.DrainToImmutable());
    }

    private Pod Start(Pod pod)
    {
        Pod starting = pod with { Ready = false };
        _roster.Add(starting);
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
        long minReady = _cluster.Controllers.FirstOrDefault(controller => Owns(controller, pod))?.Rollout.MinReadyNs ?? 0;
        Pod ready = _cluster.Pods[place] with { Ready = true, WaitsToBeAvailable = minReady > 0 };
        StartSending(ready);
        Change(_cluster, _cluster.Pods.SetItem(place, ready));
        await _simulation.Delay(minReady);
        place = PlaceOf(pod);
        if (place < 0 || _cluster.Pods[place].Terminating || _isStopped)
            return;
        if (minReady > 0)
            _cluster = ControlPlane.WithPods(_cluster, _cluster.Pods.SetItem(place, _cluster.Pods[place] with { WaitsToBeAvailable = false }));
        RunControllers(action => action.FollowsPods);
    }

    private static bool Owns(PodController controller, Pod pod) =>
        controller.Meta.Namespace == pod.Meta.Namespace && pod.OwnedBy == $"{controller.Kind}/{controller.Meta.Name}";

    private void RunControllers(Func<EventAction, bool> which)
    {
        foreach ((EventAction action, int number) in _lastActions.Values)
            if (which(action))
                Reconcile(action.ApplyTo(_cluster).Cluster, number);
    }

    // One step of the controllers may go on with several rollouts: the event of the pod's own controller ends it, where there is one.
    private Pod Terminate(Pod pod, int number)
    {
        int cause = _lastEvents.GetValueOrDefault((pod.Meta.Namespace, pod.OwnedBy ?? ""), number);
        Pod terminating = pod with { Terminating = true };
        PodTermination times = PodTermination.Of(pod, _simulation.Now);
        _state.Kills.Set(_roster.NumberOf(pod), new Termination(cause, _simulation.Now, times.KilledAtNs));
        _simulation.Spawn(() => StopAndRemove(terminating, times));
        return terminating;
    }

    private async Task StopAndRemove(Pod pod, PodTermination times)
    {
        await DelayUntil(times.StoppedAtNs);
        int number = _roster.NumberOf(pod);
        _state.Backends[number].Life = BackendLife.Stopping;
        foreach (WorkloadState workload in _state.Workloads)
            if (workload.Spec.From is WorkloadSource.Pods or WorkloadSource.NamedPod)
                workload.Sources.StopSending(number);
        await DelayUntil(Math.Min(_state.Backends[number].LastDeparture, times.KilledAtNs));
        await _simulation.Delay(PodTermination.SandboxRemovalNs);
        _roster.Remove(pod);
        Change(_cluster, _cluster.Pods.RemoveAt(PlaceOf(pod)));
        // Pods that waited for its room or its name may start now.
        RunControllers(_ => true);
    }

    private SimulatedDelay DelayUntil(long at) => _simulation.Delay(Math.Max(0, at - _simulation.Now));

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
            _simulation.Spawn(() => Notify(proxy, version, services, (long)(_network.WatchLatencyNs * _watchStream.NextExponential())));
        _state.UpdateEndpoints(cluster);
        if (_state.Names.FollowsPods)
            _state.Names.Follow(PreparedScenario.DnsOf(cluster, _state.Prepared.Scenario));
        _balancers.Follow(LoadBalancerTable.Compile(numbered, services));
    }

    private async Task Notify(NodeProxy proxy, int version, ServiceTable services, long latency)
    {
        await _simulation.Delay(latency);
        proxy.OnServicesChanged(version, services);
    }

    private int PlaceOf(Pod pod)
    {
        for (int place = 0; place < _cluster.Pods.Length; place++)
            if (_cluster.Pods[place].Meta.Name == pod.Meta.Name && _cluster.Pods[place].Meta.Namespace == pod.Meta.Namespace)
                return place;
        return Topology.None;
    }
}
