using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>When each pod was a ready endpoint of a workload's target, in a run whose pods change.</summary>
/// <param name="ports">Service ports whose endpoints the requests can reach.</param>
/// <param name="topology">Finds a pod by its address.</param>
/// <param name="fromNs">Start of the measured time [ns].</param>
internal sealed class BackendPresence(ImmutableArray<WatchedPort> ports, Topology topology, long fromNs)
{
    private readonly SortedDictionary<int, PodPresence> _pods = [];
    private int[] _ready = [];
    private long _since;

    /// <summary>The endpoints that are published at <paramref name="now"/> [ns].</summary>
    public void Follow(Cluster cluster, long now)
    {
        AddUntil(now);
        _ready = [.. ports.SelectMany(port => port.EndpointsIn(cluster)).Select(endpoint => topology.PodAt(endpoint.Address)).Where(pod => pod >= 0).Distinct()];
    }

    /// <summary>The presence of each pod, by its number.</summary>
    /// <param name="endNs">End of the measured time [ns].</param>
    public IReadOnlyDictionary<int, PodPresence> Until(long endNs)
    {
        AddUntil(endNs);
        double measured = Math.Max(1, endNs - fromNs);
        return _pods.ToDictionary(pod => pod.Key, pod => new PodPresence(pod.Value.Time / measured, pod.Value.Even / measured));
    }

    private void AddUntil(long now)
    {
        double passed = Math.Max(0, now - Math.Max(_since, fromNs));
        foreach (int pod in _ready)
        {
            PodPresence before = _pods.GetValueOrDefault(pod);
            _pods[pod] = new PodPresence(before.Time + passed, before.Even + passed / _ready.Length);
        }
        _since = now;
    }
}

/// <summary>How much of the measured time a pod was a ready endpoint.</summary>
/// <param name="Time">Its share of the time.</param>
/// <param name="Even">The share of requests that it would get if, at every instant, they were spread evenly over the endpoints of that instant.</param>
internal readonly record struct PodPresence(double Time, double Even);
