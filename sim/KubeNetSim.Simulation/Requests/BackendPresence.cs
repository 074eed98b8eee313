using System.Collections.Immutable;

namespace KubeNetSim.Simulation.Requests;

/// <summary>How long each pod was a ready endpoint of a workload's target, in a run whose pods change.</summary>
/// <param name="ports">Service ports whose endpoints the requests can reach.</param>
/// <param name="topology">Knows pods by address.</param>
/// <param name="fromNs">Start of the measured time [ns].</param>
internal sealed class BackendPresence(ImmutableArray<WatchedPort> ports, Topology topology, long fromNs)
{
    private readonly SortedDictionary<int, long> _presentNs = [];
    private readonly Dictionary<int, long> _since = [];

    /// <summary>The endpoints that are published at <paramref name="now"/> [ns].</summary>
    public void Follow(Cluster cluster, long now)
    {
        HashSet<int> ready =
            [.. ports.SelectMany(port => port.EndpointsIn(cluster)).Select(endpoint => topology.PodAt(endpoint.Address)).Where(pod => pod >= 0)];
        foreach (int pod in _since.Keys.Where(pod => !ready.Contains(pod)).ToArray())
        {
            _since.Remove(pod, out long since);
            Add(pod, since, now);
        }
        foreach (int pod in ready)
            _since.TryAdd(pod, now);
    }

    /// <summary>The share of the measured time that each pod was present, by its number.</summary>
    /// <param name="endNs">End of the measured time [ns].</param>
    public IReadOnlyDictionary<int, double> SharesUntil(long endNs)
    {
        foreach ((int pod, long since) in _since)
            Add(pod, since, endNs);
        _since.Clear();
        double measured = Math.Max(1, endNs - fromNs);
        return new SortedDictionary<int, double>(_presentNs.ToDictionary(pod => pod.Key, pod => Math.Min(1, pod.Value / measured)));
    }

    private void Add(int pod, long since, long until) =>
        _presentNs[pod] = _presentNs.GetValueOrDefault(pod) + Math.Max(0, until - Math.Max(since, fromNs));
}
