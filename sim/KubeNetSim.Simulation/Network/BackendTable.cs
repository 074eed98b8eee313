namespace KubeNetSim.Simulation.Network;

/// <summary>
/// All backends of one replication. Numbers below <see cref="FirstOther"/> are pods, in the order in which the cluster
/// got them; those from there on are other addresses (hosts outside, endpoints given by hand), numbered in the order of first use.
/// </summary>
internal sealed class BackendTable(Cluster cluster, ServingTable servings, OutsideNames outsideNames, Topology topology)
{
    /// <summary>Above the number of pods of any cluster.</summary>
    public const int FirstOther = 1 << 28;

    private readonly List<(IpAddress Address, int Node, bool IsProxy)> _others = [];
    private readonly Dictionary<int, int> _proxies = [];
    private readonly Dictionary<IpAddress, int> _numbers = [];
    private BackendState[] _states = new BackendState[cluster.Pods.Length];
    private BackendState[] _otherStates = [];
    private Pod[]? _ownPods;

    /// <summary>
    /// The state of a backend, made when it is first asked for. The reference holds until pods or other backends are added.
    /// </summary>
    public ref BackendState this[int backend]
    {
        get
        {
            if (backend >= FirstOther)
                return ref _otherStates[backend - FirstOther];
            ref BackendState state = ref _states[backend];
            if (!state.Exists)
                state = new BackendState(servings.Of(PodAt(backend)));
            return ref state;
        }
    }

    /// <summary>Fetches a backend into the processor's cache: a request will reach it soon.</summary>
    public void Prefetch(int backend)
    {
        if (backend >= FirstOther)
            return;
        Cache.FetchAll(in _states[backend]);
        topology.PrefetchNodeOf(backend);
    }

    /// <summary>How many pods there are or were.</summary>
    public int PodCount { get; private set; } = cluster.Pods.Length;

    /// <summary>The pod with a number, in its latest or last state.</summary>
    public Pod PodAt(int pod) => _ownPods is null ? cluster.Pods[pod] : _ownPods[pod];

    /// <summary>Gives a number to a pod: the next number, or that of an earlier pod of the same name.</summary>
    public void Put(int number, Pod pod)
    {
        _ownPods ??= [.. cluster.Pods];
        if (number == PodCount)
        {
            PodCount++;
            int room = Math.Max(PodCount, _ownPods.Length * 5 / 4);
            if (number >= _ownPods.Length)
                Array.Resize(ref _ownPods, room);
            if (number >= _states.Length)
                Array.Resize(ref _states, room);
        }
        _ownPods[number] = pod;
    }

    /// <summary>The number of the backend at an address that no pod has.</summary>
    /// <param name="address">The address.</param>
    /// <param name="node">Its node; -1 for a host outside.</param>
    public int NumberOf(IpAddress address, int node)
    {
        if (!_numbers.TryGetValue(address, out int number))
            _numbers.Add(address, number = AddOther(address, node, node < 0 ? servings.Outside : servings.Default));
        return number;
    }

    /// <summary>The number of kube-proxy on a node, which answers health checks.</summary>
    public int NumberOfProxy(int node)
    {
        if (!_proxies.TryGetValue(node, out int number))
            _proxies.Add(node, number = AddOther(cluster.Nodes[node].InternalAddresses[0], node, servings.Proxy, isProxy: true));
        return number;
    }

    /// <summary>Whether a backend is kube-proxy.</summary>
    public bool IsProxy(int backend) => backend >= FirstOther && _others[backend - FirstOther].IsProxy;

    private int AddOther(IpAddress address, int node, Serving serving, bool isProxy = false)
    {
        if (_others.Count == _otherStates.Length)
            Array.Resize(ref _otherStates, Math.Max(4, 2 * _others.Count));
        _otherStates[_others.Count] = new BackendState(serving);
        _others.Add((address, node, isProxy));
        return FirstOther + _others.Count - 1;
    }

    /// <summary>The node that a backend is on; -1 outside.</summary>
    public int NodeOf(int backend) =>
        backend < FirstOther ? topology.NodeOfPod(backend) : _others[backend - FirstOther].Node;

    /// <summary>The address of a backend in a family.</summary>
    public IpAddress AddressOf(int backend, IpFamily family)
    {
        if (backend >= FirstOther)
            return _others[backend - FirstOther].Address;
        Pod pod = PodAt(backend);
        foreach (IpAddress address in pod.Addresses)
            if (address.Family == family)
                return address;
        return pod.Addresses[0];
    }

    /// <summary>How a backend is named in a result.</summary>
    public BackendRecord Record(int backend, long requests)
    {
        int node = NodeOf(backend);
        string nodeName = node < 0 ? "" : cluster.Nodes[node].Meta.Name;
        string zone = node < 0 ? "" : cluster.Nodes[node].Zone;
        string name = backend < FirstOther
            ? PodAt(backend).Meta.FullName
            : IsProxy(backend) ? $"kube-proxy on {nodeName}"
            : outsideNames.NameOf(_others[backend - FirstOther].Address);
        return new BackendRecord(name, nodeName, zone, requests);
    }

    /// <summary>The backends that have received requests, in order.</summary>
    public IEnumerable<int> Reached()
    {
        for (int pod = 0; pod < _states.Length; pod++)
            if (_states[pod].Exists)
                yield return pod;
        for (int other = 0; other < _others.Count; other++)
            yield return FirstOther + other;
    }

    /// <summary>Ends the statistics of all backends.</summary>
    /// <exception cref="SimulationException">Little's law does not hold at one of them.</exception>
    public void Finish()
    {
        foreach (int backend in Reached())
            this[backend].Finish();
    }
}
