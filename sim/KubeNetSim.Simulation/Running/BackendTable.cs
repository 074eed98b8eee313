using KubeNetSim.Engine;
using KubeNetSim.Measurements;
using KubeNetSim.Model;

namespace KubeNetSim.Simulation;

/// <summary>
/// Everything that answers requests in one replication. Numbers below the count of pods are pods; those above are addresses that no
/// pod of the cluster has (hosts outside, endpoints given by hand), numbered as traffic finds them.
/// </summary>
internal sealed class BackendTable(PreparedScenario prepared)
{
    private readonly BackendState?[] _pods = new BackendState?[prepared.Cluster.Pods.Length];
    private readonly List<(IpAddress Address, int Node, BackendState State)> _others = [];
    private readonly Dictionary<IpAddress, int> _numbers = [];

    /// <summary>The state of a backend. Pods that no request ever reaches cost nothing.</summary>
    public BackendState this[int backend] =>
        backend < _pods.Length
            ? _pods[backend] ??= new BackendState(prepared.Servings.Of(backend, prepared.Cluster.Pods[backend]))
            : _others[backend - _pods.Length].State;

    /// <summary>The number of what answers at an address that is no pod's.</summary>
    /// <param name="address">The address.</param>
    /// <param name="node">Its node; -1 for a host outside.</param>
    public int NumberOf(IpAddress address, int node)
    {
        if (!_numbers.TryGetValue(address, out int number))
        {
            number = _pods.Length + _others.Count;
            _numbers.Add(address, number);
            _others.Add((address, node, new BackendState(node < 0 ? prepared.Servings.Outside : prepared.Servings.Default)));
        }
        return number;
    }

    /// <summary>The node that a backend is on; -1 outside.</summary>
    public int NodeOf(int backend) =>
        backend < _pods.Length ? prepared.Topology.NodeOfPod(backend) : _others[backend - _pods.Length].Node;

    /// <summary>The address of a backend in a family.</summary>
    public IpAddress AddressOf(int backend, IpFamily family)
    {
        if (backend >= _pods.Length)
            return _others[backend - _pods.Length].Address;
        foreach (IpAddress address in prepared.Cluster.Pods[backend].Addresses)
            if (address.Family == family)
                return address;
        return prepared.Cluster.Pods[backend].Addresses[0];
    }

    /// <summary>How a backend is named in a result.</summary>
    public BackendRecord Record(int backend, long requests)
    {
        int node = NodeOf(backend);
        string nodeName = node < 0 ? "" : prepared.Cluster.Nodes[node].Meta.Name;
        string zone = node < 0 ? "" : prepared.Cluster.Nodes[node].Zone;
        string name = backend < _pods.Length
            ? prepared.Cluster.Pods[backend].Meta.FullName
            : prepared.NameOfOutside(_others[backend - _pods.Length].Address);
        return new BackendRecord(name, nodeName, zone, requests);
    }

    /// <summary>Closes the books of all backends.</summary>
    /// <exception cref="SimulationException">Little's law does not hold at one of them.</exception>
    public void Finish(long end)
    {
        foreach (BackendState? pod in _pods)
            pod?.Finish(end);
        foreach ((_, _, BackendState state) in _others)
            state.Finish(end);
    }
}
