using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace KubeNetSim.Simulation.Changing;

/// <summary>
/// Numbers for the pods of a run: a pod keeps its number when others go, and one that comes back under the same name (StatefulSet) gets it
/// again. Routers, backends and compiled tables all know pods by it.
/// </summary>
internal sealed class PodRoster
{
    private readonly RunState _state;
    private readonly Dictionary<(string Namespace, string Name), int> _numbers = [];
    private readonly List<Pod> _pods;
    private ImmutableArray<Pod> _all;

    public PodRoster(RunState state)
    {
        _state = state;
        _all = state.Prepared.Cluster.Pods;
        _pods = [.. _all];
        for (int number = 0; number < _pods.Count; number++)
            _numbers.TryAdd(NameOf(_pods[number]), number);
    }

    /// <summary>Every present and past pod, by number.</summary>
    public ImmutableArray<Pod> All
    {
        get
        {
            if (_all.IsDefault)
                _all = ImmutableCollectionsMarshal.AsImmutableArray(_pods.ToArray());
            return _all;
        }
    }

    /// <summary>The number of a present or past pod.</summary>
    public int NumberOf(Pod pod) => _numbers[NameOf(pod)];

    /// <summary>Adds a pod that has its node and address.</summary>
    public void Add(Pod pod)
    {
        if (_numbers.TryGetValue(NameOf(pod), out int number))
        {
            _state.Topology.Remove(number, _pods[number]);
            _pods[number] = pod;
        }
        else
        {
            number = _pods.Count;
            _numbers.Add(NameOf(pod), number);
            _pods.Add(pod);
        }
        _all = default;
        _state.Backends.Put(number, pod);
        _state.Topology.Add(number, pod);
        _state.Kills.Clear(number);
        _state.Backends[number].Life = BackendLife.Serving;
    }

    /// <summary>Removes a pod and its address.</summary>
    public void Remove(Pod pod)
    {
        int number = NumberOf(pod);
        _state.Backends[number].Life = BackendLife.Gone;
        _state.Topology.Remove(number, pod);
    }

    private static (string, string) NameOf(Pod pod) => (pod.Meta.Namespace, pod.Meta.Name);
}
